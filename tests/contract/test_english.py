"""Who chooses English reads English: no Italian sentence of ours is left on a page, in a message or on paper."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape

import polib
import pytest
from django.test import Client
from django.utils.translation import override

from tests.cast import Cast
from tools.messages import CATALOGUE
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import CommitmentState, InterventionKind, Outcome, OutcomeVerdict
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.tests.factories import body, kind, received_in, report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.journal import queries as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db

# Words that no English sentence has. What people write in these tests is English, so each of them would be ours.
TELLTALE = frozenset(
    [
        "aggiungi",
        "ancora",
        "apri",
        "arrivo",
        "caso",
        "casi",
        "che",
        "chi",
        "chiudi",
        "cerca",
        "collegamento",
        "con",
        "cosa",
        "dei",
        "del",
        "della",
        "delle",
        "di",
        "domani",
        "dove",
        "è",
        "entro",
        "fatto",
        "foto",
        "gli",
        "giorno",
        "giorni",
        "hai",
        "il",
        "indietro",
        "impegno",
        "impegni",
        "intervento",
        "lingua",
        "la",
        "le",
        "lo",
        "luogo",
        "messaggio",
        "motivo",
        "nessun",
        "nessuna",
        "niente",
        "nome",
        "non",
        "nuova",
        "nuove",
        "numero",
        "oggi",
        "ogni",
        "ora",
        "parole",
        "perché",
        "persona",
        "persone",
        "piano",
        "più",
        "prendi",
        "presa",
        "privata",
        "puoi",
        "qui",
        "quando",
        "quartiere",
        "questa",
        "questo",
        "questi",
        "ricevuta",
        "salva",
        "scegli",
        "scrivi",
        "se",
        "segnala",
        "segnalazione",
        "segnalazioni",
        "segui",
        "senza",
        "sono",
        "stato",
        "strada",
        "telefono",
        "ti",
        "torna",
        "trovi",
        "tua",
        "tuo",
        "tutte",
        "tutti",
        "tutto",
        "un",
        "una",
        "vai",
        "vedi",
        "via",
        "zona",
        "zone",
        "ieri",
        "esito",
        "fase",
        "referente",
        "invia",
        "avanti",
    ]
)
_SILENT = re.compile(r"(?is)<(script|style|svg)\b.*?</\1>|<!--.*?-->")
_SAID = re.compile(r'(?is)\b(?:aria-label|placeholder|title|alt|data-[a-z-]*(?:label|text|words?))="([^"]*)"')
_LANGUAGES = re.compile(
    r'(?is)<(\w+)\b[^>]*\blang="it"[^>]*>.*?</\1>|<option[^>]*value="it"[^>]*>.*?</option>'
)


def said(page: str) -> list[str]:
    """What a page says to eyes and screen readers, piece by piece."""
    page = _LANGUAGES.sub(" ", _SILENT.sub(" ", page))
    pieces = [*_SAID.findall(page), *re.split(r"(?s)<[^>]*>", page)]
    return [" ".join(unescape(piece).split()) for piece in pieces if piece.strip()]


@cache
def italian_sentences() -> frozenset[str]:
    """Message ids whose English is other: whole, they may not be on an English page."""
    return frozenset(
        text
        for entry in polib.pofile(str(CATALOGUE))
        for text, english in ((entry.msgid, entry.msgstr), (entry.msgid_plural, entry.msgstr_plural.get(1)))
        if text and english and text != english and "%" not in text
    )


def italian_in(page: str) -> list[str]:
    """The pieces of a page that are not English."""
    ours = italian_sentences()
    return [
        piece
        for piece in said(page)
        if piece in ours
        or TELLTALE & set(re.findall(r"(?<![/\w.@?=&-])[a-zàèéìòù]+(?![/\w.@=-])", piece.lower()))
    ]


@dataclass(frozen=True)
class Town:
    """A quarter at work: a report of each fate, a case in full swing and a closed one that is contested."""

    cast: Cast
    report: Report
    case: Case
    closed: Case
    token: str
    closed_token: str
    code: str


@pytest.fixture(autouse=True)
def _english_town(settings) -> Iterator[None]:
    settings.SECOND_FACTOR = False
    settings.TOWN_NAME, settings.UNIT_NAME = "Testford", "Neighbourhood Unit"
    settings.HELP_PHONE, settings.HELP_HOURS = "059 000000", "Monday to Friday"
    # Whoever acts does so in Italian, whatever an earlier request has left behind.
    with override("it"):
        yield


def noise() -> Category:
    row = kind("noise", name="Noise", is_public=True)
    Category.objects.filter(pk=row.parent_id).update(name="Living together")
    return Category.objects.get(pk=row.pk)


def english(title: str, **fields: object) -> dict[str, object]:
    grace = PersonDetails(
        name="Grace Mensah",
        phone="059 123456",
        email="grace@post.example",
        language="en",
        contact_way="phone",
    )
    words = {"title": title, "description": "Nobody sleeps.", "reporter": grace, "language": "en"}
    return {"category": noise(), **words, **fields}


def work_on(case: Case, *, by: Actor) -> None:
    """One of everything that a case holds, open and ended."""
    tomorrow = clock.today() + dt.timedelta(days=1)
    promise = casework.NewCommitment(what="Talk to the neighbours", due_on=tomorrow, told_to_reporter=True)
    kept = casework.add_commitment(by=by, case=case, new=promise)
    casework.end_commitment(by=by, commitment=kept, state=CommitmentState.KEPT)
    casework.add_commitment(by=by, case=case, new=promise)
    deed = casework.NewIntervention(kind=InterventionKind.SOCIAL, what="Meeting", planned_on=tomorrow)
    done = casework.plan_intervention(by=by, case=case, new=deed)
    casework.carry_out(by=by, intervention=done, result="Well attended")
    casework.plan_intervention(by=by, case=case, new=deed)
    casework.add_task(by=by, case=case, what="Ring the caretaker", due_on=tomorrow)
    casework.contact_in_case(by=by, case=case, new=casework.NewContact(summary="She told me all of it."))


def closed_case(by: Actor, report: Report) -> Case:
    """A case solved in our words, which the reporter contests."""
    casework.contact_on_report(by=by, report=report, new=casework.NewContact(summary="We talked."))
    case = case_of(by, Report.objects.get(pk=report.pk))
    promise = casework.NewCommitment(what="Listen", due_on=clock.today())
    kept = casework.add_commitment(by=by, case=case, new=promise)
    casework.end_commitment(by=by, commitment=kept, state=CommitmentState.KEPT)
    closed = close_case(by, case, outcome=Outcome.SOLVED, note="Quiet now.", consultation="Happy.")
    resident, row = Actor.resident(report.reference), Report.objects.get(pk=report.pk)
    casework.reply_outcome(by=resident, report=row, verdict=OutcomeVerdict.CONTESTED, words="Loud again.")
    return closed


@pytest.fixture
def town(cast: Cast) -> Town:
    anna = cast.actor(cast.anna)
    first = received_in(cast.crocetta, **english("Loud music at night"))
    case = case_of(anna, first.report)
    work_on(case, by=anna)
    second = received_in(cast.crocetta, **english("Drums in the afternoon"))
    closed = closed_case(anna, second.report)
    report = report_in(cast.crocetta, **english("Shouting in the yard"))
    aside = report_in(cast.crocetta, **english("Bells"))
    listening.set_aside(by=anna, report=aside, reason="The same as another.")
    passed = report_in(cast.crocetta, **english("Lift out of order"))
    housing = body(name="Housing company", email="desk@housing.example")
    listening.redirect(by=anna, report=passed, body=housing, words="Please look.")
    code = report.reporter.reference if report.reporter else ""
    return Town(cast, report, case, closed, first.token, second.token, code)


def english_client() -> Client:
    return Client(headers={"accept-language": "en"})


PUBLIC = (
    "/", "/segnala", "/segui", "/segui/{token}", "/segui/{closed_token}", "/segui/{token}/scrivi", "/segui/{token}/episodio",
    "/segui/{token}/collegamento", "/segui/wrong", "/segnalazioni", "/servizio", "/privacy", "/accessibilita", "/note-legali",
    "/accesso", "/accesso/password/dimenticata", "/numeri", "/nowhere",
)  # fmt: skip
STAFF = (
    ("anna", "/oggi"), ("anna", "/io"), ("anna", "/accesso/secondo-fattore"), ("anna", "/accesso/password/scegli"), ("anna", "/mappa"),
    ("anna", "/in-arrivo?vista=tutte"), ("anna", "/in-arrivo?vista=mie"), ("anna", "/in-arrivo?vista=scadono"),
    ("anna", "/in-arrivo/{report}"), ("anna", "/in-arrivo/{report}/correggi"), ("anna", "/in-arrivo/{report}/rispondi"),
    ("anna", "/in-arrivo/{report}/passa"), ("anna", "/in-arrivo/{report}/metti-da-parte"), ("anna", "/in-arrivo/{report}/unisci"),
    ("anna", "/in-arrivo/{report}/contatto"), ("anna", "/in-arrivo/{report}/caso/apri"), ("anna", "/in-arrivo/{report}/chiama"),
    ("anna", "/in-arrivo/{linked}"), ("anna", "/segnalazione-nuova"), ("anna", "/niente-dimenticato"),
    ("anna", "/casi?vista=aperti"), ("anna", "/casi?vista=chiusi"), ("anna", "/casi/{case}"), ("anna", "/casi/{closed}"),
    ("anna", "/casi/{case}/contatto"), ("anna", "/casi/{case}/impegno"), ("anna", "/casi/{case}/intervento"),
    ("anna", "/casi/{case}/proponi"), ("anna", "/casi/{case}/chiudi"), ("anna", "/casi/{case}/collega"), ("anna", "/casi/{case}/persona"),
    ("anna", "/casi/{case}/da-fare"), ("anna", "/casi/{case}/correggi"), ("anna", "/casi/{case}/allega"), ("anna", "/casi/{closed}/riapri"),
    ("anna", "/cerca"), ("anna", "/cerca?q=music"), ("anna", "/cerca?q=xyzzy"), ("anna", "/persone/{code}"), ("anna", "/statistiche"),
    ("anna", "/territorio"), ("anna", "/territorio/luoghi"), ("anna", "/utenti"), ("carla", "/persone/{code}/unisci"),
    ("carla", "/persone/{code}/cancella"), ("carla", "/statistiche"), ("carla", "/territorio/luoghi/nuovo"), ("carla", "/consegne"),
    ("carla", "/importazioni"), ("carla", "/territorio/qualita"), ("vera", "/statistiche"), ("dario", "/registro-accessi"), ("ada", "/utenti"),
    ("ada", "/utenti/invita"), ("ada", "/gruppi"), ("ada", "/gruppi/nuovo"), ("ada", "/chiavi"), ("ada", "/chiavi/nuova"), ("carla", "/oggi"),
)  # fmt: skip


def path_in(town: Town, path: str) -> str:
    linked = town.case.report_links.get().report.reference
    rows = {"report": town.report.reference, "case": town.case.reference, "closed": town.closed.reference}
    return path.format(
        token=town.token, closed_token=town.closed_token, code=town.code, linked=linked, **rows
    )


@pytest.mark.parametrize("path", PUBLIC)
def test_a_resident_who_reads_english_meets_no_italian(town: Town, path: str) -> None:
    answer = english_client().get(path_in(town, path))
    assert answer.status_code in (200, 404, 410)
    page = answer.content.decode()
    assert '<html lang="en"' in page and italian_in(page) == []


@pytest.mark.parametrize(("who", "path"), STAFF)
def test_staff_who_read_english_meet_no_italian(town: Town, who: str, path: str) -> None:
    client = english_client()
    client.force_login(getattr(town.cast, who))
    answer = client.get(path_in(town, path))
    assert answer.status_code in (200, 403, 409)
    page = answer.content.decode()
    assert '<html lang="en"' in page and italian_in(page) == []


def test_the_steps_of_a_report_are_english(cast: Cast) -> None:
    category = noise()
    client = english_client()
    assert italian_in(client.post("/segnala", {}).content.decode()) == []
    client.post("/segnala", {"privacy": "on"})
    assert italian_in(client.get("/segnala/dati").content.decode()) == []
    assert italian_in(client.post("/segnala/dati", {"next": "1"}).content.decode()) == []
    filled = {"place_words": "behind the school", "kind": category.code, "title": "Noise", "next": "1"}
    anonymous = {"description": "Every night.", "identity": "anonymous"}
    answer = client.post("/segnala/dati", filled | anonymous)
    assert answer.headers.get("Location") == "/segnala/riepilogo", italian_in(answer.content.decode())
    assert italian_in(client.get("/segnala/riepilogo").content.decode()) == []
    assert client.post("/segnala/riepilogo").headers["Location"] == "/segnala/conferma"
    assert italian_in(client.get("/segnala/conferma").content.decode()) == []


def test_a_choice_made_on_the_page_wins_over_the_browser(cast: Cast) -> None:
    client = Client(headers={"accept-language": "it"})
    assert '<html lang="it"' in client.get("/").content.decode()
    client.post("/lingua", {"language": "en", "next": "/"})
    page = client.get("/").content.decode()
    assert '<html lang="en"' in page and italian_in(page) == []


def test_messages_to_a_reporter_who_reads_english_are_english(town: Town) -> None:
    """Anna works in Italian: even the outcome she chose reaches Grace in English."""
    messages = OutboxMessage.objects.filter(language="en")
    told = set(messages.values_list("template", flat=True))
    assert told == {"report_received", "report_taken", "case_closed", "report_set_aside", "report_redirected"}
    for message in messages:
        words = re.sub(r"https?://\S+", "", f"{message.subject}\n{message.body}")
        assert italian_in(words) == [], message.template
    assert "Outcome: solved." in messages.get(template="case_closed").body


def test_messages_to_others_stay_italian(cast: Cast) -> None:
    with override("en"):
        report_in(cast.crocetta)
    assert "abbiamo ricevuto la tua segnalazione" in OutboxMessage.objects.get().body


def test_a_line_written_in_one_language_is_read_in_the_other(cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    with override("en"):
        case = case_of(anna, report_in(cast.crocetta))
        work_on(case, by=anna)
    lines = [line.sentence for line in journal.timeline([f"case:{case.reference}"])]
    assert "Intervento svolto (sociale): Meeting." in lines
    with override("en"):
        lines = [line.sentence for line in journal.timeline([f"case:{case.reference}"])]
    assert "Intervention carried out (social): Meeting." in lines


def test_an_italian_page_is_caught() -> None:
    page = '<p>Hello</p><button aria-label="Prendi in carico">x</button><p>Qui non ci sono segnalazioni</p>'
    assert italian_in(page) == ["Prendi in carico", "Qui non ci sono segnalazioni"]
    assert italian_in('<p>Say it by Friday</p><option value="it">Italiano</option>') == []
