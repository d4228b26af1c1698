"""The pages of an agreement, role by role, from the case to its end; lists, paper, names, two windows."""

import datetime as dt
import html
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from vicinia.domain.agreements import actions, queries
from vicinia.domain.agreements import urls as agreements_urls
from vicinia.domain.agreements.models import BehaviourAgreement
from vicinia.domain.agreements.tests.conftest import WORDS, in_case, party, sign_all
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import body, police_kind, report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Capability
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
TOMORROW = dt.timedelta(days=1)


def of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(response) -> str:
    return html.unescape(response.content.decode())


def text_of(response) -> str:
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def client(cast) -> Client:
    return of(cast.anna)


class Desk:
    """Anna's desk on one agreement."""

    def __init__(self, client: Client, agreement: BehaviourAgreement) -> None:
        self.client, self.reference = client, agreement.reference

    def get(self, name: str, *args) -> str:
        response = self.client.get(self.url(name, *args))
        assert response.status_code == 200, (name, response.status_code)
        return words(response)

    def post(self, name: str, *args, status: int = 303, **values):
        response = self.client.post(self.url(name, *args), values)
        assert response.status_code == status, (name, response.status_code, words(response)[-3000:])
        return response

    def url(self, name: str, *args) -> str:
        return reverse(f"behaviour_agreement{name}", args=[self.reference, *args])


def test_from_the_case_to_the_end(client, case, anna):
    today = clock.today()
    panel = reverse("behaviour_agreements_on_case", args=[case.reference])
    assert "proponi un accordo" in words(client.get(panel))
    new = reverse("behaviour_agreement_new", args=[case.reference])
    assert "ragazzo della scala A" in words(client.get(new)) and "Luca" not in words(client.get(new))
    values = {
        "people": [in_case(case, "ragazzo della scala A").person_id],
        "why": WORDS,
        "starts_on": today.isoformat(),
        "ends_on": clock.add_months(today, 6).isoformat(),
        "review_weeks": "4",
        "on": today.isoformat(),
        "way": "in_person",
        "answer_by": (today + TOMORROW).isoformat(),
    }
    assert client.post(new, values | {"people": []}).status_code == 422
    assert client.post(new, values | {"ends_on": today.isoformat()}).status_code == 409
    assert client.post(new, values).status_code == 303
    agreement = BehaviourAgreement.objects.get()
    desk = Desk(client, agreement)
    assert agreement.reference in words(client.get(panel))
    page = desk.get("")
    assert WORDS in page and "Primo invito" in page and "Luca" not in page and "È volontario" in page
    desk.post("_invite_again", status=409)
    desk.post("_refuse", status=409)
    desk.get("_answer")
    desk.post("_answer", answer="no", note="non ora")
    assert "Fai il secondo invito" in desk.get("")
    desk.get("_invite_again")
    desk.post("_invite_again", on=today.isoformat(), way="letter", answer_by=today.isoformat())
    desk.post("_answer", answer="yes")

    luca = party(agreement, "commits")
    desk.get("_age", luca.pk)
    desk.post("_age", luca.pk, born_on="1990-01-01", status=409)
    desk.post("_age", luca.pk, born_on=clock.add_months(today, -12 * 15).isoformat())
    assert "Aggiungi un genitore" in desk.get("")
    assert "sua madre" in desk.get("_guardian", luca.pk)
    desk.post("_guardian", luca.pk, person=in_case(case, "sua madre").pk)
    casa = body()
    desk.get("_body")
    desk.post("_body", body=casa.pk, who="Gino Poli")
    helper = party(agreement, "body")
    desk.post("_party_drop", helper.pk)
    desk.post("_body", body=casa.pk, who="Pina Poli")

    assert "Servono almeno" in desk.get("")
    desk.client.get(desk.url("_sign"))
    for kind in ("will_not", "will", "support"):
        assert 'name="kind"' in desk.get("_term_new")
        desk.post("_term_new", kind=kind, what=f"patto {kind}")
    terms = list(queries.draft_of(agreement).lines.all())
    desk.get("_term", terms[0].pk)
    desk.post("_term", terms[0].pk, kind="will_not", what="niente petardi", party_id=luca.pk, seen_version=1)
    late = desk.post("_term", terms[0].pk, kind="will_not", what="altro", seen_version=1, status=409)
    assert "Com'è adesso" in words(late) and "altro" in words(late) and "niente petardi" in words(late)
    desk.post("_term_new", kind="will", what="da togliere")
    desk.post("_term_drop", queries.draft_of(agreement).lines.last().pk)

    for language, heading in (("it", "Accordo di comportamento"), ("en", "Behaviour agreement"), ("xx", "")):
        paper = client.get(desk.url("_paper"), {"lingua": language})
        text = text_of(paper)
        assert "no-store" in paper["Cache-Control"] and heading in text
        for found in ("Luca Serri", "Marta Serri", "Pina Poli", "niente petardi"):
            assert found in text, (language, found)
    assert (
        "Firmare è una tua scelta" in text
        and "piano di conservazione" in text
        and "Se saltiamo un passo" in text
    )

    form = desk.get("_sign")
    assert "sua madre (genitore o tutore di: altra parte, ragazzo della scala A)" in form
    unit = party(agreement, "unit")
    desk.post("_sign", parties=[unit.pk], signed_on=(today + TOMORROW).isoformat(), status=409)
    desk.post("_sign", parties=[unit.pk], signed_on=today.isoformat())
    desk.post("_term_new", kind="will", what="x", status=409)
    assert "Ricomincia le firme" in desk.get("")
    desk.post("_sign_again")
    desk.post("_sign", parties=[row.pk for row in queries.parties_of(agreement)], signed_on=today.isoformat())
    assert "I patti firmati" in desk.get("")

    review = agreement.reviews.first()
    desk.get("_review", review.pk)
    desk.post("_review", review.pk, held="partly", notes="meglio")
    desk.post("_review", review.pk, held="yes", status=409)
    assert "niente petardi" in desk.get("_breach")
    desk.post("_breach", on=today.isoformat(), term=terms[0].pk, what="un petardo")
    assert "Decidi come rispondere" in desk.get("")
    assert "richiamo a voce" in desk.get("_respond")
    desk.post("_respond", grade="warning", note="x", status=409)
    desk.post("_respond", grade="warning", note="scritto", skipped_why="seconda volta")
    assert "seconda volta" in desk.get("")
    desk.get("_revise")
    ends_on = clock.add_months(today, 7).isoformat()
    desk.post("_revise", why="orari nuovi", ends_on=ends_on)
    assert "Nuovi patti da firmare" in desk.get("")
    desk.post("_draft_drop")
    desk.post("_revise", why="orari nuovi", ends_on=ends_on)
    sign_all(anna, agreement)
    assert "Patti di prima (1)" in desk.get("")
    desk.get("_complete")
    desk.post("_complete", held="yes", status=409)
    desk.post("_complete", held="yes", note="ha cambiato casa, prima del tempo")
    page = desk.get("")
    assert "concluso" in page and "ha cambiato casa" in page
    assert agreement.reference in words(client.get(reverse("behaviour_agreements"), {"vista": "finiti"}))


def test_two_windows_change_the_days(client, propose):
    agreement = propose()
    desk = Desk(client, agreement)
    values = {
        "why": "altro",
        "starts_on": clock.today().isoformat(),
        "ends_on": agreement.ends_on.isoformat(),
        "review_weeks": "13",
        "seen_version": agreement.version,
    }
    assert WORDS in desk.get("_days")
    desk.post("_days", **values)
    late = desk.post("_days", **(values | {"why": "il mio"}), status=409)
    assert "il mio" in words(late) and "altro" in words(late)
    actions.withdraw(by=agreement.case.owner.as_actor(), agreement=agreement, because="we")
    desk.post("_days", **values, status=409)


def test_a_rhythm_of_its_own_stays_on_offer(client, propose):
    assert "ogni 6 settimane" in Desk(client, propose(review_weeks=6)).get("_days")


def test_withdrawn_and_refused_say_so(client, propose, anna):
    agreement = propose()
    desk = Desk(client, agreement)
    assert "può cambiare idea" in desk.get("_withdraw")
    desk.post("_withdraw", note="", status=422)
    desk.post("_withdraw", because="they", note="trasloca")
    assert "chi l'ha firmato non vuole più" in desk.get("").lower()
    other = propose()
    actions.answer_invitation(by=anna, agreement=other, answer="no")
    today = clock.today()
    actions.invite_again(by=anna, agreement=other, invited=actions.Invited(today, "letter", today))
    actions.answer_invitation(by=anna, agreement=other, answer="no")
    desk = Desk(client, other)
    assert "non segue niente" in desk.get("_refuse")
    desk.post("_refuse", note="non se la sente")
    assert "rifiutato" in desk.get("") and "deve firmare" not in desk.get("")


def test_what_is_passed_on_says_to_whom(client, breached):
    desk = Desk(client, breached())
    desk.post("_respond", grade="escalation", note="x", skipped_why="minacce", passed_to="services")
    assert "Va avanti il servizio sociale" in desk.get("")


def test_names_are_asked_for_and_logged(client, case, anna, propose):
    agreement = propose()
    actions.add_body(by=anna, agreement=agreement, body=body(), who="Gino Poli")
    desk = Desk(client, agreement)
    assert client.get(desk.url("_names")).status_code == 405
    answer = desk.post("_names", status=200)
    assert "Luca Serri" in words(answer) and "Gino Poli" in words(answer)
    assert Sight.objects.filter(purpose="accordo di comportamento").count() == 1


def test_the_paper_says_for_how_long_words_are_kept(client, written, settings):
    settings.BEHAVIOUR_KEPT_MONTHS = 18
    desk = Desk(client, written())
    assert "18 mesi dopo la fine" in text_of(client.get(desk.url("_paper")))


def test_a_paper_without_terms_is_not_printed(client, propose):
    assert client.get(Desk(client, propose()).url("_paper")).status_code == 409


def test_the_paper_of_a_child_is_signed_by_the_parent_alone(client, case, anna, written):
    agreement = written()
    child = party(agreement, "commits")
    actions.say_age(by=anna, party=child, born_on=clock.add_months(clock.today(), -12 * 7))
    actions.add_guardian(by=anna, child=child, person=in_case(case, "sua madre"))
    line = actions.Line("will", "mettono in ordine", party(agreement, "commits").pk)
    actions.add_term(by=anna, agreement=agreement, line=line)
    text = text_of(client.get(Desk(client, agreement).url("_paper")))
    assert "Marta Serri (genitore o tutore di Luca Serri)" in text
    assert text.count("Luca Serri") == 3, "as who commits, whose term, whose child; never as who signs"
    assert "non firma" in Desk(client, agreement).get("")


# Who sees and does what ------------------------------------------------------------------------------------------

SEES = {"own": {"anna", "carla", "lucia"}, "other": {"bruno", "carla"}, "police": {"anna", "carla"}}
EVERYBODY = ("anna", "bruno", "carla", "lucia", "marco", "paolo", "vera", "dario", "ada")
POSTED = {"party_drop", "term_drop", "sign_again", "draft_drop", "names"}


@pytest.fixture
def of_each_sort(cast, propose):
    """An agreement on a case of Anna's quarter, of Bruno's, and of the police regime."""
    carla, made = cast.actor(cast.carla), {}
    for row, area, more in (
        ("own", cast.crocetta, {}),
        ("other", cast.stazione, {}),
        ("police", cast.crocetta, {"category": police_kind()}),
    ):
        maria = PersonDetails(name=f"Maria {row}")
        made_case = case_of(carla, report_in(area, title=f"Caso{row}", reporter=maria, **more))
        made[row] = propose(by=carla, on=made_case, people=[made_case.case_people.get().person_id])
    return made


def test_every_page_is_hidden_with_its_case(cast, of_each_sort):
    """403 for who lacks the capability, 404 for who does not see the case; else the page or the rule of the moment answers."""
    names = [str(pattern.name) for pattern in agreements_urls.urlpatterns]
    assert len(names) == len(agreements_urls.urlpatterns) > 20
    for who in EVERYBODY:
        user, client = getattr(cast, who), of(getattr(cast, who))
        for name in names:
            if name == "behaviour_agreements":
                continue
            short = name.removeprefix("behaviour_agreement").removeprefix("_")
            reads = name in ("behaviour_agreement", "behaviour_agreements_on_case")
            needed = Capability.SEE_CASES if reads else Capability.WORK_CASES
            needed = Capability.REVEAL_PEOPLE if short == "names" else needed
            for row, agreement in of_each_sort.items():
                of_case = name in ("behaviour_agreements_on_case", "behaviour_agreement_new")
                about = [agreement.case.reference if of_case else agreement.reference]
                if "<int:pk>" in str(pattern_of(name)):
                    about.append(party(agreement, "commits").pk)
                ask = client.post if short in POSTED else client.get
                status = ask(reverse(name, args=about)).status_code
                if needed not in ROLE_CAPABILITIES[user.role]:
                    assert status == 403, (who, name, row, status)
                elif who not in SEES[row]:
                    assert status == 404, (who, name, row, status)
                else:
                    assert status in (200, 303, 404, 409), (who, name, row, status)


def pattern_of(name: str) -> str:
    return next(str(one.pattern) for one in agreements_urls.urlpatterns if one.name == name)


def test_the_list_shows_only_what_one_sees_and_no_words(cast, of_each_sort):
    for who in EVERYBODY:
        answer = of(getattr(cast, who)).get(reverse("behaviour_agreements"), {"vista": "proposti"})
        if Capability.SEE_CASES not in ROLE_CAPABILITIES[getattr(cast, who).role]:
            assert answer.status_code == 403, who
            continue
        shown = {row for row in SEES if f"Caso{row}" in words(answer)}
        assert shown == {row for row in SEES if who in SEES[row]}, who
        assert "Maria" not in words(answer) and WORDS not in words(answer)


def test_no_search_finds_an_agreement_or_who_is_in_it(client, propose):
    agreement = propose()
    for asked in (agreement.reference, "petardi", WORDS):
        found = words(client.get(reverse("search"), {"q": asked}))
        assert reverse("behaviour_agreement", args=[agreement.reference]) not in found


def test_the_views_of_the_list(client, anna, propose, in_force):
    running, proposed = in_force(), propose()
    first = running.reviews.first()

    def shown(view: str) -> set[str]:
        text = words(client.get(reverse("behaviour_agreements"), {"vista": view}))
        return {name for name, row in (("running", running), ("proposed", proposed)) if row.reference in text}

    assert shown("in-vigore") == shown("boh") == {"running"}
    assert shown("proposti") == {"proposed"}
    assert shown("da-fare") == shown("in-ritardo") == shown("finiti") == set()
    assert "Nessun accordo qui" in words(client.get(reverse("behaviour_agreements"), {"vista": "finiti"}))
    with clock.at(clock.start_of(first.due_on) + dt.timedelta(hours=9)):
        assert "running" in shown("da-fare") and "running" not in shown("in-ritardo")
    with clock.at(clock.start_of(first.due_on) + dt.timedelta(days=7, hours=9)):
        assert "running" in shown("in-ritardo")


def test_the_day_leads_to_the_review_in_one_tap(client, in_force):
    agreement = in_force()
    review = agreement.reviews.first()
    with clock.at(clock.start_of(review.due_on) + dt.timedelta(hours=9)):
        day = words(client.get(reverse("day")))
    assert "riesame con chi l'ha firmato" in day
    assert reverse("behaviour_agreement_review", args=[agreement.reference, review.pk]) in day


def test_fifty_agreements_cost_as_much_as_one(client, propose, case):
    addresses = [
        reverse("behaviour_agreements") + "?vista=proposti",
        reverse("behaviour_agreements_on_case", args=[case.reference]),
    ]

    def cost() -> list[int]:
        found = []
        for address in addresses:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            found.append(len(asked))
        return found

    propose()
    cost()
    one = cost()
    for _number in range(49):
        propose()
    assert cost() == one


def test_a_long_agreement_costs_as_much_as_a_short_one(client, anna, breached):
    agreement = breached()

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("behaviour_agreement", args=[agreement.reference])).status_code == 200
        return len(asked)

    cost()
    one = cost()
    for _number in range(30):
        actions.note_breach(by=anna, agreement=agreement, on=clock.today(), what="x")
        actions.respond(by=anna, agreement=agreement, answered=actions.Answered("talk", "x"))
    actions.note_breach(by=anna, agreement=agreement, on=clock.today(), what="x")
    assert cost() <= one
