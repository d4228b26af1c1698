"""The pages of a mediation, as they are used: what is typed is kept, what is refused says why."""

import datetime as dt
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import police_kind, report_in
from vicinia.domain.mediation import actions, papers, queries
from vicinia.domain.mediation.documents import AGREEMENT
from vicinia.domain.mediation.models import MediationFile
from vicinia.domain.mediation.rules import WhoItIs
from vicinia.domain.mediation.states import QUESTIONS
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.models import User
from vicinia.foundation.documents import actions as texts
from vicinia.foundation.documents import queries as documents
from vicinia.foundation.journal.models import Sight
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db


def of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(answer) -> str:
    return answer.content.decode()


def test_the_whole_way_through_the_pages(cast, case):
    anna, marco = of(cast.anna), of(cast.marco)
    new = reverse("mediation_new", args=[case.reference])
    assert "chi segnala" in words(anna.get(new)) and "Maria" not in words(anna.get(new))
    people = list(case.case_people.order_by("id"))
    typed = {
        "mediator": cast.marco.pk,
        "asked": "Vorrebbe dormire",
        "first": people[0].pk,
        "second": people[0].pk,
    }
    refused = anna.post(new, typed)
    assert (
        refused.status_code == 409
        and "stessa persona" in words(refused)
        and "Vorrebbe dormire" in words(refused)
    )
    assert anna.post(new, typed | {"asked": ""}).status_code == 422
    assert anna.post(new, typed | {"second": people[1].pk}).status_code == 303
    file = MediationFile.objects.get()
    where = {"args": [file.reference]}

    def post(name, *more, **values):
        return marco.post(reverse(name, args=[file.reference, *more]), values)

    assert "Vorrebbe dormire" in words(marco.get(reverse("mediations")))
    assert "Accetto" in words(marco.get(reverse("mediation", **where)))
    assert post("mediation_accept").status_code == 303
    assert post("mediation_accept").status_code == 409
    shown = words(post("mediation_contacts", "b"))
    assert "Youssef Benali" in shown and "Maria" not in shown
    assert Sight.objects.filter(purpose="la contatto per una mediazione").count() == 1
    for side in ("a", "b"):
        talk = reverse("mediation_talk", args=[file.reference, side])
        assert marco.get(talk).status_code == 200
        assert marco.post(talk, {"on": ""}).status_code == 422
        assert marco.post(talk, {"on": "2026-03-02", "notes": f"detto da {side}"}).status_code == 303
        answers = {question.code: question.fits.value for question in QUESTIONS}
        assert post("mediation_questions", side, **answers).status_code == 303
    assert "niente dice che non è adatta" in words(marco.get(reverse("mediation", **where)))
    tomorrow = (clock.today() + dt.timedelta(days=1)).isoformat()
    assert post("mediation_next", next_on="2020-01-01").status_code == 409
    assert post("mediation_next", next_on=tomorrow).status_code == 303
    assert post("mediation_bring_together").status_code == 303
    assert post("mediation_session", on="2026-03-04", notes="si parlano").status_code == 303
    assert post("mediation_agree").status_code == 409
    assert (
        post("mediation_term_new", by_whom="b", what="Tappeto in corridoio", by_when="da lunedì").status_code
        == 303
    )
    assert post("mediation_term_new", by_whom="a", what="Da togliere").status_code == 303
    terms = list(queries.terms_of(file))
    assert post("mediation_term_drop", terms[1].pk).status_code == 303
    assert (
        post("mediation_term", terms[0].pk, by_whom="both", what="Tappeto", seen_version=1).status_code == 303
    )
    late = post("mediation_term", terms[0].pk, by_whom="a", what="Altro", seen_version=1)
    assert (
        late.status_code == 409
        and "Com'è adesso" in words(late).replace("&#x27;", "'")
        and "Altro" in words(late)
    )
    assert post("mediation_agree").status_code == 303
    for language, heading in (("it", "Accordo di mediazione"), ("en", "Mediation agreement"), ("xx", "")):
        paper = marco.get(reverse("mediation_paper", **where), {"lingua": language})
        assert paper["Content-Type"] == "application/pdf", heading
        assert "no-store" in paper["Cache-Control"]
    assert post("mediation_sign", signed_on=tomorrow).status_code == 409
    assert post("mediation_sign", signed_on=clock.today().isoformat(), place="in Comune").status_code == 303
    checks = queries.checks_of(cast.actor(cast.marco), file)
    for check in checks:
        assert post("mediation_check", check.pk, kept="yes", notes="tengono").status_code == 303
    assert post("mediation_check", checks[0].pk, kept="yes").status_code == 409
    assert post("mediation_finish", state="not_kept").status_code == 409
    assert post("mediation_finish", state="kept").status_code == 303
    assert file.reference in words(marco.get(reverse("mediations"), {"vista": "finite"}))
    assert post("mediation_contacts", "b").status_code == 409

    panel = words(anna.get(reverse("mediation_on_case", args=[case.reference])))
    assert "accordo rispettato" in panel and "Ho letto" in panel
    read = reverse("mediation_read_end", args=[case.reference, file.reference])
    assert anna.post(read).status_code == 303
    assert "Ho letto" not in words(anna.get(reverse("mediation_on_case", args=[case.reference])))


def test_notes_are_corrected_and_two_windows_are_told(cast, ask, heard, marco):
    file = heard(ask())
    meeting = queries.meetings_of(marco, file).first()
    address = reverse("mediation_meeting", args=[file.reference, meeting.pk])
    client = of(cast.marco)
    assert "colloquio a" in words(client.get(address))
    assert client.post(address, {"on": "", "seen_version": 1}).status_code == 422
    assert client.post(address, {"on": "2026-03-02", "notes": "primo", "seen_version": 1}).status_code == 303
    late = client.post(address, {"on": "2026-03-02", "notes": "secondo", "seen_version": 1})
    assert late.status_code == 409
    assert "primo" in words(late) and "secondo" in words(late)
    assert 'name="seen_version" value="2"' in late.content.decode(), "what was shown may be saved"


def test_one_that_does_not_suit_comes_back_with_a_way_out(cast, ask, heard, case):
    file = heard(ask(), fear="yes")
    marco, anna = of(cast.marco), of(cast.anna)
    page = words(marco.get(reverse("mediation", args=[file.reference])))
    assert "violenza, minacce o paura" in page and "dicono che la mediazione non è adatta" in page
    address = reverse("mediation_unsuitable", args=[file.reference])
    assert marco.get(address).status_code == 200
    assert marco.post(address, {"because": "violence"}).status_code == 422
    assert marco.post(address, {"because": "violence", "way_out": "protect"}).status_code == 303
    panel = words(anna.get(reverse("mediation_on_case", args=[case.reference])))
    assert "Senti subito i servizi" in panel and "violenza" not in panel
    assert "Guarda che cosa fare" in words(anna.get(reverse("day")))
    assert "non adatta" in words(anna.get(reverse("case", args=[case.reference])))


@pytest.mark.parametrize("name", ["mediation_refuse", "mediation_give_up"])
def test_an_end_is_asked_once_more(cast, ask, heard, name):
    file = heard(ask())
    address = reverse(name, args=[file.reference])
    assert "Conferma" in words(of(cast.marco).get(address))
    assert of(cast.marco).post(address).status_code == 303
    assert of(cast.marco).get(address).status_code == 409


def test_no_agreement_and_talking_again(cast, ask, agreed):
    file = agreed(ask())
    client = of(cast.marco)
    assert client.post(reverse("mediation_talk_again", args=[file.reference])).status_code == 303
    address = reverse("mediation_end_without", args=[file.reference])
    assert "senza accordo?" in words(client.get(address))
    assert client.post(address).status_code == 303
    assert "finita senza accordo" in words(client.get(reverse("mediation", args=[file.reference])))


def test_a_request_is_declined_with_a_reason_from_the_list(cast, ask, case):
    file = ask()
    address = reverse("mediation_decline", args=[file.reference])
    assert of(cast.marco).get(address).status_code == 200
    assert of(cast.marco).post(address, {"because": "not_neutral"}).status_code == 303
    panel = words(of(cast.anna).get(reverse("mediation_on_case", args=[case.reference])))
    assert "non sarebbe neutrale" in panel and "chiedi una mediazione" in panel
    assert "non sarebbe neutrale" in words(of(cast.marco).get(reverse("mediation", args=[file.reference])))


def test_it_is_withdrawn_from_the_case(cast, ask, case):
    file = ask()
    address = reverse("mediation_withdraw", args=[case.reference, file.reference])
    assert "Ritirare" in words(of(cast.anna).get(address))
    assert of(cast.anna).post(address).status_code == 303
    assert of(cast.anna).get(address).status_code == 409


def test_it_is_passed_on_and_given_to_another(cast, ask, heard, case, sara):
    file = heard(ask())
    client = of(cast.marco)
    address = reverse("mediation_pass", args=[file.reference])
    assert "Sara Bini" in words(client.get(address))
    assert client.post(address, {"to": sara.pk, "notes": "with"}).status_code == 303
    assert client.get(reverse("mediation", args=[file.reference])).status_code == 404
    assert "colloquio a" in words(of(sara).get(reverse("mediation", args=[file.reference])))
    replace = reverse("mediation_replace", args=[case.reference, file.reference])
    assert of(cast.anna).get(replace).status_code == 409
    sara.is_active = False
    sara.save()
    assert "Scegli un altro mediatore" in words(
        of(cast.anna).get(reverse("mediation_on_case", args=[case.reference]))
    )
    assert of(cast.anna).post(replace, {"to": cast.marco.pk}).status_code == 303
    assert client.get(reverse("mediation", args=[file.reference])).status_code == 200


def test_a_police_case_says_why_there_is_no_mediation(cast, anna):
    police = case_of(anna, report_in(cast.crocetta, category=police_kind()))
    panel = words(of(cast.anna).get(reverse("mediation_on_case", args=[police.reference])))
    assert "pubblica sicurezza" in panel
    assert of(cast.anna).get(reverse("mediation_new", args=[police.reference])).status_code == 409


def test_a_mediator_arrives_at_the_mediations_and_nowhere_else(cast):
    client = of(cast.marco)
    assert client.get(reverse("day"))["Location"] == reverse("mediations")
    assert "Nessuna mediazione aperta" in words(client.get(reverse("mediations")))
    assert "Nessuna mediazione finita" in words(client.get(reverse("mediations"), {"vista": "finite"}))
    for name in ("cases", "inbox", "bodies", "map", "statistics", "people_suggestions"):
        assert client.get(reverse(name)).status_code == 403, name


def test_fifty_mediations_cost_as_much_as_one(cast, ask, anna, marco):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("mediations")).status_code == 200
        return len(asked)

    client = of(cast.marco)
    other = {"first": WhoItIs(words="uno"), "second": WhoItIs(words="due")}
    ask()
    cost()
    one = cost()
    for _number in range(49):
        ask(on=case_of(anna, report_in(cast.crocetta)), **other)
    assert cost() == one


def test_a_long_file_costs_as_much_as_a_short_one(cast, ask, heard, marco):
    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("mediation", args=[file.reference])).status_code == 200
        return len(asked)

    client, file = of(cast.marco), heard(ask())
    cost()
    one = cost()
    party = file.parties.first()
    for _number in range(49):
        actions.write_meeting(
            by=marco, file=file, party=party, noted=actions.Noted(on=clock.today(), notes="x")
        )
    assert cost() == one


def test_the_own_copy_is_a_paper(cast, ask, heard):
    file = heard(ask())
    answer = of(cast.marco).post(reverse("mediation_copy", args=[file.reference, "b"]))
    assert answer["Content-Type"] == "application/pdf"
    assert of(cast.marco).get(reverse("mediation_paper", args=[file.reference])).status_code == 409


def test_two_who_reported_each_other_are_proposed_as_the_parties(cast, anna, case):
    gino = PersonDetails(name="Gino Verdi", phone="059 111222")
    casework.link_report(by=anna, case=case, report=report_in(cast.crocetta, reporter=gino))
    maria, youssef, other = case.case_people.order_by("id")
    new = reverse("mediation_new", args=[case.reference])

    def proposed():
        form = of(cast.anna).get(new).context["form"]
        return [form[name].value() for name in ("first", "second")]

    assert proposed() == [str(maria.pk), str(youssef.pk)]
    casework.remove_person(by=anna, row=youssef, reason="un errore")
    assert proposed() == [str(maria.pk), str(other.pk)]


def test_a_signed_agreement_is_printed_with_the_words_that_were_signed(cast, ask, agreed, signed, marco):
    def printed(file, language="it"):
        content = papers.agreement(by=cast.actor(cast.marco), file=file, language=language)
        return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())

    file = signed(ask())
    assert "Ci siamo incontrati di nostra volontà" in printed(file)
    ada = cast.actor(cast.ada)
    for language in ("it", "fr"):
        ours = documents.our_text(AGREEMENT, language).source.replace("## ", "## Nuovo ")
        text = texts.save_draft(by=ada, key=AGREEMENT, language=language, source=ours)
        texts.publish(by=ada, text=text)
    assert "Nuovo" not in printed(file)
    assert "Nuovo" not in printed(file, "fr")
    assert "Nous nous sommes rencontrés librement" in printed(file, "fr")
    MediationFile.objects.update(text_digests={})  # as if signed before texts were kept
    file.refresh_from_db()
    assert "Nuovo I nostri patti" in printed(file)


def test_the_page_offers_every_language_of_the_agreement(cast, ask, agreed, marco):
    file = agreed(ask())
    page = words(of(cast.marco).get(reverse("mediation", args=[file.reference])))
    assert "?lingua=ar" in page and "traduzione non ancora riletta" in page
    paper = of(cast.marco).get(reverse("mediation_paper", args=[file.reference]), {"lingua": "ar"})
    assert PdfReader(BytesIO(paper.content)).trailer["/Root"]["/Lang"] == "ar"
