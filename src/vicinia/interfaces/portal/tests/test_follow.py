"""The page behind a private link: what its holder sees and does, and nobody else."""

from __future__ import annotations

import datetime as dt
import html
import io

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from tests.cast import Cast
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case, OutcomeReply
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.actions import Received
from vicinia.domain.listening.models import Message, Report
from vicinia.domain.listening.tests.factories import body, received_in
from vicinia.domain.outcomes.models import Opinion
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.accounts.models import PrivateLink
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications.models import OutboxMessage
from vicinia.interfaces.portal.tests.test_report import XSS, picture

pytestmark = pytest.mark.django_db
# A Wednesday: two working days later it is Friday 20 November.
NOW = dt.datetime(2026, 11, 18, 10, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _frozen() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def mine(cast: Cast) -> Received:
    return received_in(cast.crocetta)


def page_of(received: Received, tail: str = "") -> str:
    answer = Client().get(f"/segui/{received.token}{tail}")
    assert answer.status_code == 200
    return answer.content.decode()


def closed(anna: Actor, report: Report) -> Case:
    case = case_of(anna, report)
    casework.contact_in_case(by=anna, case=case, new=casework.NewContact(summary="segreto d'ufficio"))
    return close_case(anna, case, outcome="solved", note="Ora è tranquillo.", consultation="Sì")


def test_before_anyone_takes_it_the_unit_promises_a_day(mine: Received) -> None:
    page = page_of(mine)
    assert "Una persona del Nucleo di prossimità ti chiama entro" in page or "ti chiama entro venerdì" in page
    assert "venerdì 20 novembre" in page and "Abbiamo ricevuto la segnalazione." in page


def test_who_takes_it_is_named_and_found_late(mine: Received, cast: Cast) -> None:
    listening.take(by=cast.actor(cast.anna), report=mine.report)
    assert "Anna ti chiama entro venerdì 20 novembre." in page_of(mine)
    assert "Scrivi ad Anna" in page_of(mine) and "Ferri" not in page_of(mine)
    with time_machine.travel(NOW + dt.timedelta(days=7), tick=False):
        assert "Siamo in ritardo" in page_of(mine)


def test_in_a_case_the_next_contact_and_what_was_agreed_are_told(mine: Received, cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    case = case_of(anna, mine.report)
    when = dt.date(2026, 11, 27)
    casework.contact_in_case(
        by=anna, case=case, new=casework.NewContact(summary="riservato", next_contact_on=when)
    )
    told = casework.NewCommitment(what="annoti le notti", due_on=dt.date(2026, 11, 30), by_whom="reporter")
    casework.add_commitment(by=anna, case=case, new=told)
    hidden = casework.NewCommitment(what="sentire i servizi", due_on=when, told_to_reporter=False)
    casework.add_commitment(by=anna, case=case, new=hidden)
    page = page_of(mine)
    assert "Anna ti richiama entro venerdì 27 novembre." in page and "dal 18 novembre" in page
    assert "Tu: annoti le notti" in page and "entro lunedì 30 novembre" in page
    assert "sentire i servizi" not in page and "riservato" not in page


def test_other_reporters_of_the_same_case_stay_apart(mine: Received, cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    youssef = PersonDetails(name="Youssef Benali", phone="059 654321")
    other = received_in(cast.crocetta, title="Urla dal terzo piano", reporter=youssef)
    case = case_of(anna, mine.report)
    casework.link_report(by=anna, case=case, report=other.report)
    listening.write_to_unit(
        by=Actor.resident(other.report.reference), report=other.report, text="parole dell'altro"
    )
    casework.contact_in_case(by=anna, case=case, report=other.report, new=casework.NewContact(summary="x"))
    page = page_of(mine)
    assert "parole dell" not in page and "Urla dal terzo piano" not in page
    assert "Abbiamo parlato con te." not in page and "Abbiamo parlato con te." in page_of(other)
    assert other.report.reference not in page


def test_what_a_reporter_undertook_is_read_by_them_alone(mine: Received, cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    case = case_of(anna, mine.report)
    day = dt.date(2026, 11, 30)
    for by_whom, what in (("reporter", "annoti le notti"), ("unit", "sentire l'amministratore")):
        new = casework.NewCommitment(what=what, due_on=day, by_whom=by_whom)
        casework.add_commitment(by=anna, case=case, new=new)
    assert "Tu: annoti le notti" in page_of(mine)
    other = received_in(cast.crocetta, title="Urla dal terzo piano")
    casework.link_report(by=anna, case=case, report=other.report)
    for page in (page_of(mine), page_of(other)):
        assert "annoti le notti" not in page and "sentire l&#x27;amministratore" in page


def test_a_missed_call_to_somebody_else_is_not_told(mine: Received, cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    case = case_of(anna, mine.report)
    missed = casework.NewContact(reached=False, with_whom="vicina del piano di sopra")
    casework.contact_in_case(by=anna, case=case, new=missed)
    assert "senza trovarti" not in page_of(mine)
    casework.contact_in_case(by=anna, case=case, new=casework.NewContact(reached=False))
    assert "senza trovarti" in page_of(mine)


def test_every_end_says_what_happened_and_what_can_be_done(cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    answered, passed, aside, double, kept = (received_in(cast.crocetta) for _each in range(5))
    listening.answer(by=anna, report=answered.report, words="Il locale chiude alle 24.")
    listening.redirect(by=anna, report=passed.report, body=body(), words="Chiedere a loro.")
    listening.set_aside(by=anna, report=aside.report, reason="È fuori dal Comune.")
    listening.merge(by=anna, report=double.report, into=kept.report)
    assert "Ti abbiamo risposto oggi." in page_of(answered) and "chiude alle 24" in page_of(answered)
    assert "Se ne occupa Azienda casa." in page_of(passed)
    assert "È fuori dal Comune." in page_of(aside)
    page = page_of(double)
    assert "unita a un&#x27;altra" in page or "unita a un'altra" in page
    assert kept.report.reference not in page and "Scrivici" not in page


def test_a_question_is_shown_and_answering_lets_the_clock_run(mine: Received, cast: Cast) -> None:
    listening.take(by=cast.actor(cast.anna), report=mine.report)
    listening.ask_reporter(by=cast.actor(cast.anna), report=mine.report, question="A che ora succede?")
    page = page_of(mine)
    assert "Aspettiamo la tua risposta." in page and "A che ora succede?" in page
    client = Client()
    answer = client.post(f"/segui/{mine.token}/scrivi", {"text": "Verso le due.", "files": picture()})
    assert answer.headers["Location"] == f"/segui/{mine.token}"
    mine.report.refresh_from_db()
    assert mine.report.state == "taken" and Message.objects.filter(from_resident=True).count() == 1
    assert "Verso le due." in page_of(mine) and "cortile" not in page_of(mine)


def key_in(page: str) -> str:
    return page.split('name="once" value="')[1].split('"')[0]


def test_a_double_tap_writes_once_and_other_words_are_heard(mine: Received) -> None:
    url = f"/segui/{mine.token}/scrivi"
    once = key_in(Client().get(url).content.decode())
    assert once != key_in(Client().get(url).content.decode())
    for _tap in range(2):
        with picture() as file:
            answer = Client().post(url, {"text": "Ci sono ancora.", "once": once, "files": file})
        assert answer.headers["Location"] == f"/segui/{mine.token}"
    assert mine.report.messages.count() == 1 and Attachment.objects.count() == 1
    assert Entry.objects.filter(event="report.resident_wrote").count() == 1
    Client().post(url, {"text": "E anche altro.", "once": once})
    assert mine.report.messages.count() == 2


def test_a_double_tap_adds_one_episode(mine: Received) -> None:
    url = f"/segui/{mine.token}/episodio"
    once = key_in(Client().get(url).content.decode())
    episode = {"day": "2026-11-17", "time": "23:30", "text": "Di nuovo musica.", "once": once}
    for _tap in range(2):
        Client().post(url, episode)
    assert mine.report.episodes.count() == 1
    Client().post(url, episode | {"time": "23:50"})
    assert mine.report.episodes.count() == 2


def test_an_empty_message_is_refused_beside_the_field(mine: Received) -> None:
    answer = Client().post(f"/segui/{mine.token}/scrivi", {"text": " "})
    assert answer.status_code == 422 and not Message.objects.exists()


def test_an_episode_has_its_day_in_the_past(mine: Received) -> None:
    url = f"/segui/{mine.token}/episodio"
    tomorrow = Client().post(url, {"day": "2026-11-19", "text": "x"})
    assert tomorrow.status_code == 422 and "deve ancora venire" in tomorrow.content.decode()
    Client().post(url, {"day": "2026-11-17", "time": "02:10", "text": "Di nuovo."})
    assert "ieri, 2:10" in page_of(mine) and "Di nuovo." in page_of(mine)


def test_the_outcome_is_confirmed_or_contested_once_and_by_post_only(mine: Received, cast: Cast) -> None:
    closed(cast.actor(cast.anna), mine.report)
    url = f"/segui/{mine.token}/esito"
    assert "È così?" in page_of(mine) and "segreto" not in page_of(mine)
    assert "Abbiamo chiuso il caso: risolto." in page_of(mine, "/esito")
    silent = Client().post(url, {"verdict": "contested", "words": ""})
    assert silent.status_code == 422 and not OutcomeReply.objects.exists()
    Client().post(url, {"verdict": "contested", "words": "Continua."})
    assert Client().post(url, {"verdict": "confirmed"}).status_code == 409
    assert OutcomeReply.objects.get().words == "Continua."
    assert "Anna riguarda il caso e ti risponde" in page_of(mine)


def test_who_confirms_is_asked_five_questions_once(mine: Received, cast: Cast) -> None:
    closed(cast.actor(cast.anna), mine.report)
    url = f"/segui/{mine.token}/opinione"
    assert "Dicci com'è andata con noi" not in html.unescape(page_of(mine))
    answer = Client().post(f"/segui/{mine.token}/esito", {"verdict": "confirmed"})
    assert answer.headers["Location"] == url
    assert "Dicci com'è andata con noi" in html.unescape(page_of(mine))
    good = {"satisfied": 5, "serious": 4, "informed": 3, "known": 5, "again": 4}
    assert Client().post(url, good | {"again": 9}).status_code == 422
    assert Client().post(url, good).headers["Location"] == f"/segui/{mine.token}"
    assert Client().post(url, good | {"satisfied": 1}).status_code == 302
    assert Opinion.objects.get().satisfied == 5
    assert "Dicci com'è andata con noi" not in html.unescape(page_of(mine))
    assert Client().get("/segui/abc/opinione").status_code == 404


def test_no_outcome_is_replied_to_while_the_case_is_open(mine: Received, cast: Cast) -> None:
    case_of(cast.actor(cast.anna), mine.report)
    assert Client().post(f"/segui/{mine.token}/esito", {"verdict": "confirmed"}).status_code == 409


PATHS = ["", "/scrivi", "/episodio", "/esito", "/opinione", "/contatti", "/collegamento", "/ricevuta.pdf"]


def test_opening_pages_changes_nothing(mine: Received) -> None:
    before = Entry.objects.count(), PrivateLink.objects.live().count()
    for path in PATHS:
        Client().get(f"/segui/{mine.token}{path}")
        Client().head(f"/segui/{mine.token}{path}")
    assert (Entry.objects.count(), PrivateLink.objects.live().count()) == before
    mine.report.refresh_from_db()
    assert mine.report.version == 1


@pytest.mark.parametrize("path", PATHS)
def test_pages_behind_the_link_are_kept_nowhere(mine: Received, path: str) -> None:
    answer = Client().get(f"/segui/{mine.token}{path}")
    assert "no-store" in answer.headers["Cache-Control"] and "noindex" in answer.headers["X-Robots-Tag"]
    assert answer.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("token", ["sbagliato", "2026-00001", "%3Cscript%3Ealert(1)"])
def test_a_wrong_link_opens_nothing_and_says_how_to_get_another(
    mine: Received, path: str, token: str
) -> None:
    answer = Client().get(f"/segui/{token}{path}")
    assert answer.status_code == 404 and "Musica alta" not in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()
    if not path:
        assert "Mandami il collegamento" in answer.content.decode()


def test_an_expired_link_opens_nothing(mine: Received) -> None:
    with time_machine.travel(NOW + dt.timedelta(days=500), tick=False):
        assert Client().get(f"/segui/{mine.token}").status_code == 404


def test_the_link_is_renewed_and_closed_by_its_holder(mine: Received) -> None:
    url = f"/segui/{mine.token}/collegamento"
    fresh = Client().post(url, {"act": "renew"}).headers["Location"]
    assert Client().get(f"/segui/{mine.token}").status_code == 404
    assert Client().get(fresh).status_code == 200
    assert fresh in OutboxMessage.objects.get(template="link_renewed").body
    assert (
        "I collegamenti sono chiusi"
        in Client().post(f"{fresh}/collegamento", {"act": "close"}).content.decode()
    )
    assert Client().get(fresh).status_code == 404


def test_a_lost_link_is_mailed_and_the_answer_is_the_same_for_everyone(mine: Received) -> None:
    known = {"reference": mine.report.reference, "email": "maria@posta.example"}
    tries = [known, known | {"email": "altro@posta.example"}, known | {"reference": "2026-99999"}]
    pages = {
        Client().post("/segui", one).content.decode().replace(one["email"], "…").split("<main")[1]
        for one in tries
    }
    assert len(pages) == 1
    message = OutboxMessage.objects.get(template="link_again")
    assert message.to == "maria@posta.example" and "/segui/" in message.body


def test_lost_links_are_asked_for_a_few_times_only(mine: Received) -> None:
    one = {"reference": "2026-99999", "email": "x@posta.example"}
    statuses = [Client().post("/segui", one).status_code for _each in range(12)]
    assert statuses[:10] == [200] * 10 and statuses[-1] == 409


def test_who_was_anonymous_may_leave_contacts_once(cast: Cast) -> None:
    received = received_in(cast.crocetta, reporter=None)
    assert "ti chiama" not in page_of(received) and "Lascia i tuoi contatti" in page_of(received)
    url = f"/segui/{received.token}/contatti"
    assert Client().post(url, {"name": "Ugo Neri"}).status_code == 422
    Client().post(url, {"name": "Ugo Neri", "phone": "059 765432", "contact_way": "phone", "language": "it"})
    received.report.refresh_from_db()
    assert received.report.reporter is not None and "ti chiama" in page_of(received)
    again = {"name": "Altro", "phone": "059 111111"}
    assert Client().post(url, again).status_code == 409


def test_own_files_are_shown_and_those_of_staff_are_not(mine: Received, cast: Cast) -> None:
    own = attachments.attach(by=Actor.visitor(), about=mine.report, file=picture())
    theirs = attachments.attach(by=cast.actor(cast.anna), about=mine.report, file=picture("x.jpg"))
    assert own.name in page_of(mine) and theirs.name not in page_of(mine)
    assert Client().get(f"/segui/{mine.token}/file/{own.name}?formato=thumb").status_code == 200
    assert Client().get(f"/segui/{mine.token}/file/{theirs.name}").status_code == 404
    other = received_in(cast.crocetta)
    assert Client().get(f"/segui/{other.token}/file/{own.name}").status_code == 404


def test_the_receipt_is_a_pdf_with_number_and_days(mine: Received) -> None:
    answer = Client().get(f"/segui/{mine.token}/ricevuta.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    words = " ".join(PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().split())
    assert mine.report.reference in words and "20 novembre 2026" in words
    assert "Bassi" not in words


def test_the_receipt_comes_in_the_language_of_who_reported(mine: Received) -> None:
    def receipt() -> str:
        content = Client().get(f"/segui/{mine.token}/ricevuta.pdf").content
        return " ".join(PdfReader(io.BytesIO(content)).pages[0].extract_text().split())

    Report.objects.filter(pk=mine.report.pk).update(language="ro")
    assert "Confirmarea sesizării" in receipt() and "Numero" in receipt()
    Report.objects.filter(pk=mine.report.pk).update(language="bn")  # no text in it
    assert "Ricevuta della segnalazione" in receipt()


def test_what_residents_wrote_is_never_markup(cast: Cast) -> None:
    received = received_in(cast.crocetta, title=XSS[:140], description=XSS)
    Client().post(f"/segui/{received.token}/scrivi", {"text": XSS})
    Client().post(f"/segui/{received.token}/episodio", {"day": "2026-11-17", "text": XSS})
    page = page_of(received)
    assert "<script>alert" not in page and "<img src=x" not in page


def test_a_file_that_is_no_recording_is_refused(mine: Received) -> None:
    wrong = SimpleUploadedFile("nota.mp3", b"MZ" + b"0" * 500, "audio/mpeg")
    answer = Client().post(
        f"/segui/{mine.token}/episodio", {"day": "2026-11-17", "text": "x", "files": wrong}
    )
    assert answer.status_code == 422 and "nota.mp3" in answer.content.decode()


def statements(received: Received) -> int:
    with CaptureQueriesContext(connection) as queries:
        page_of(received)
    return len(queries)


def test_a_long_story_costs_as_many_statements_as_a_short_one(mine: Received, cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    case = case_of(anna, mine.report)

    def go_on(times: int) -> None:
        for number in range(times):
            new = casework.NewCommitment(what=f"cosa {number}", due_on=clock.today())
            casework.add_commitment(by=anna, case=case, new=new)
            listening.write_to_reporter(by=anna, report=mine.report, text=f"parole {number}")
            resident = Actor.resident(mine.report.reference)
            listening.add_episode(by=resident, report=mine.report, happened_at=clock.now(), text="di nuovo")

    go_on(1)
    short = statements(mine)
    go_on(10)
    assert statements(mine) == short <= 16
