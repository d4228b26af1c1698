"""Every door of the town: each address about each row, and the acts that give something to read.

An argument of an address is known by the word that stands before it. One that is not known stops the test.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.apps import apps
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver

from tests.permissions.leaks.readers import Reader
from tests.permissions.leaks.town import REGIMES, Town
from vicinia.domain.presence.models import Observation
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.kernel import clock

_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")
SAMPLE = ("waiting", "case")


def routes(found: list[Any] | None = None, before: str = "") -> Iterator[str]:
    """Every address of the town as it is declared."""
    for one in get_resolver().url_patterns if found is None else found:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, route)
        elif isinstance(one, URLPattern) and ".*" not in route:
            yield route


@dataclass(frozen=True)
class Argument:
    """One argument of an address and where it stands."""

    name: str
    top: str  # the first word of the address
    before: str  # the word before it
    is_inner: bool  # the address is of something inside the row, not of the row itself

    def values(self, known: dict[str, list[str]]) -> list[str]:
        """The rows to ask for; who asks for two at once (a row in a row) asks for some of each corner."""
        for key in (f"{self.top} {self.before}", self.before, self.name):
            if key in known:
                return known[f"some {key}"] if self.is_inner and f"some {key}" in known else known[key]
        raise AssertionError(
            f"Nobody knows what <{self.name}> after “{self.before}” is: say in leaks/doors.py which rows it asks for."
        )


def arguments(route: str) -> list[Argument]:
    """The arguments of an address, first to last."""
    words = [word for word in re.split(r"[/^]", _ARGUMENT.sub("", route)) if word]
    is_inner = not re.fullmatch(r"[^<]*<[^>]*>", route)
    found = []
    for match in _ARGUMENT.finditer(route):
        before = re.split(r"[/^]", route[: match.start()].rstrip("/\\.-^"))[-1]
        found.append(Argument(match[1] or match[2], words[0] if words else "", before, is_inner))
    return found


def _filled(route: str, values: tuple[str, ...]) -> str:
    rest = iter(values)
    return "/" + re.sub(r"[\^$\\]", "", _ARGUMENT.sub(lambda match: next(rest), route))


def values(town: Town) -> dict[str, list[str]]:
    """The rows that an argument may ask for, by the word before it. One of each corner where there are many."""
    reports = town.reports
    regimes = [regime for regime in REGIMES if regime in town.cases]
    return {
        "casi": [case.reference for case in (*town.cases.values(), *town.closed.values())],
        "some casi": [case.reference for case in town.cases.values()],
        "in-arrivo": [report.reference for report in reports.values()],
        "some in-arrivo": [reports[f"{regime} {key}"].reference for regime in regimes for key in SAMPLE],
        "segnalazioni": [town.reports[f"{regime} linked"].reference for regime in regimes],
        "persone": _people(town),
        "casi persone": _each("casework.CasePerson"),
        "enti persone": _each("network.BodyPerson"),
        "impegni": _each("casework.Commitment"),
        "interventi": _each("casework.Intervention"),
        "da-fare": _each("casework.Task"),
        "verifiche": _each("casework.WatchPoint"),
        "contestazioni": _each("casework.OutcomeReply"),
        "cause": _each("problems.Cause"),
        "scheda-sara": ["scanning", "analysis"],
        "mediazione": _all("mediation.MediationFile", "reference"),
        "opinione": [town.reports[f"{regime} closed"].reference for regime in regimes],
        "fase": ["response", "assessment"],
        "avvisi": _all("outreach.Notice", "reference"),
        "laboratorio testi": ["it", "en"],
        "laboratorio consegne": _each("outreach.Delivery"),
        "laboratorio foto": _files(town, "delivery:", "idea:", "complaint:", "sitewalk:"),
        "cantieri": _all("worksites.Worksite", "reference"),
        "rete cantieri": _all("worksites.Complaint", "reference"),
        "rete foto": _files(town, "complaint:"),
        "lotti": _all("worksites.Lot", "reference"),
        "disagi": _all("worksites.Disruption", "reference"),
        "segnalazioni-cantiere": _all("worksites.Complaint", "reference"),
        "sopralluoghi": _all("worksites.SiteWalk", "reference"),
        "laboratorio alloggi": [*_each("worksites.Intervention"), *_each("mobility.Unit")],
        "segnalazione": ["x"],
        "cantieri foto": _files(town, "complaint:"),
        "programmi": _all("programme.Programme", "reference"),
        "avanzamento": _all("programme.Programme", "reference"),
        "laboratorio assi": _each("programme.Axis"),
        "convenzioni": _each("programme.Convention"),
        "comitato": _each("programme.Member"),
        "laboratorio schede": _each("programme.ActionSheet"),
        "tappe-delle-schede": _each("programme.Milestone"),
        "laboratorio voci": [*_each("programme.BudgetLine"), *_each("commons.AccountLine"), "A", "B"],
        "laboratorio spese": [*_each("programme.Cost"), *_all("mobility.Expense", "reference")],
        **_mobility(town),
        "laboratorio indicatori": _each("programme.Indicator"),
        "laboratorio attivita": _each("programme.Activity"),
        "laboratorio rendiconti": _all("programme.FunderReport", "reference"),
        "laboratorio richieste": _each("programme.FunderQuery"),
        "edizioni": ["1"],
        "forma": ["pdf", "odt", "xlsx"],
        "eventi": _all("outreach.Event", "reference"),
        "iscritti": _each("outreach.SignUp"),
        "laboratorio piano": _each("outreach.PlanLine"),
        "iscrizione": ["x"],
        "conferma": ["x"],
        "esci": ["x"],
        "notices": _all("outreach.Notice", "reference"),
        "events": _all("outreach.Event", "reference"),
        "assemblee": _all("assemblies.Assembly", "reference"),
        "laboratorio punti": [*_each("assemblies.Point"), *_each("worksites.WalkPoint")],
        "laboratorio persone": _each("assemblies.Seat"),
        "correzioni": _each("assemblies.Amendment"),
        "laboratorio versioni": ["1", "2", "3"],
        "regole": ["assembly"],
        "decisioni": _all("assemblies.Resolution", "reference"),
        "assemblies": _all("assemblies.Assembly", "reference"),
        "laboratorio contatti": _each("helpdesk.HelpContact"),
        "agenda": _all("helpdesk.HelpPoint", "code"),
        "coda": _all("helpdesk.HelpPoint", "code"),
        "orari": _all("helpdesk.HelpPoint", "code"),
        "sportello": _all("helpdesk.HelpPoint", "code"),
        "appuntamenti": _all("helpdesk.Appointment", "reference"),
        "segna": ["arrivato", "chiama"],
        "numeri": [*_each("helpdesk.Ticket"), "activities", "hours"],
        "pratiche": _all("helpdesk.HelpFile", "reference"),
        "settimana": _each("helpdesk.Opening"),
        "giorni": _each("helpdesk.SpecialDay"),
        "appuntamento": ["x"],
        "laboratorio file": _files(town, "helpfile:", "convention:", "cost:"),
        "processi": _all("participation.Process", "reference"),
        "fasi": [*_each("participation.Phase"), *_each("worksites.Phase")],
        "proposte": _all("participation.Idea", "reference"),
        "laboratorio tappe": _each("participation.Milestone"),
        "partecipa foto": _files(town, "idea:"),
        "proposals": _all("participation.Idea", "reference"),
        "programmes": _all("programme.Programme", "reference"),
        "worksites": _all("worksites.Worksite", "reference"),
        "help-points": _all("helpdesk.HelpPoint", "code"),
        "votazioni": _all("elections.Poll", "reference"),
        "elenco": ["1", "7", "8"],
        "estrazioni": _all("elections.Draw", "reference"),
        "votes": _all("elections.Poll", "reference"),
        "draws": _all("elections.Draw", "reference"),
        "bozza": ["x"],
        "autogestioni": _all("commons.TenantsBody", "reference"),
        "firma": ["request", "acceptance"],
        "laboratorio firme": [*_each("commons.Signature"), *_each("commons.PactParty")],
        "incarichi": _each("commons.Mandate"),
        "rendiconti": list(dict.fromkeys(_all("commons.TenantsAccount", "year"))),
        "passo": ["cessa", "valuta", "chiudi"],
        "avanti": ["pubblica", "pronto"],
        "laboratorio impegni": _each("commons.PactPromise"),
        "spazi": _all("commons.Space", "code"),
        "spaces": _all("commons.Space", "code"),
        "pacts": _all("commons.Pact", "reference"),
        "laboratorio orari": _each("commons.SpaceHours"),
        "chiusure": _each("commons.SpaceClosure"),
        "prenotazioni": _all("commons.Booking", "reference"),
        "laboratorio patti": _all("commons.Pact", "reference"),
        "partecipa patti": _all("commons.Pact", "reference"),
        "prenotazione": ["x"],
        "mia": ["x"],
        "richieste": _all("referrals.Referral", "reference"),
        "rete": _all("referrals.Referral", "reference"),
        "richiesta-per-voi": _all("referrals.Referral", "reference"),
        "atti": _all("enforcement.AdministrativeAct", "reference"),
        "tipi": _each("enforcement.ActKind", "code")[:1],
        "giri": _all("presence.Round", "reference"),
        "tappe": _each("presence.RoundStop"),
        "rilevazioni": _all("presence.Observation", "uuid"),
        "some rilevazioni": _photographed(town),
        "testimoni": _all("presence.KeyContact", "reference"),
        "mediazioni": _all("mediation.MediationFile", "reference"),
        "appunti": _each("mediation.Meeting"),
        "patti": _each("mediation.Term"),
        "mediazioni verifiche": _each("mediation.Check"),
        "side": ["a", "b"],
        "tavoli": _all("meetings.Meeting", "reference"),
        "some tavoli": _each("meetings.Meeting", "reference"),
        "invitati": _each("meetings.Invited"),
        "punti": _each("meetings.AgendaItem"),
        "azioni": _each("meetings.MeetingAction"),
        "estratti": _each("meetings.Extract"),
        "riesami": _all("reviews.Review", "reference"),
        "riesame": _all("reviews.Review", "reference"),
        "raccomandazioni": _each("reviews.Recommendation"),
        "kind": ["answer", "receipt", "decision", "invitation"],
        "importazioni": _all("listening.ImportBatch", "pk"),
        "utenti": _all("accounts.User", "pk"),
        "squadra": _all("accounts.User", "pk"),
        "gruppi": _all("accounts.Team", "pk"),
        "chiavi": _all("accounts.ApiKey", "pk"),
        "consegne": _each("notifications.OutboxMessage"),
        "tipi-di-problema": _all("listening.Category", "code"),
        "enti": [body.code for body in town.bodies.values()],
        "accordi": _each("network.Agreement"),
        "accordi accordi": _all("agreements.BehaviourAgreement", "reference"),
        "accordi persone": _each("agreements.AgreementParty"),
        "accordi patti": _each("agreements.Term"),
        "accordi riesami": _each("agreements.AgreementReview"),
        "lettere": _all("letters.Letter", "pk"),
        "nuova": ["news", "body_free"],
        "piano": _each("casework.CasePerson"),
        "testi": ["letters.case_plan", "letters.news"],
        "language": ["it"],
        "versioni": ["1"],
        "edifici": _all("territory.Building", "code"),
        "scale": _all("territory.Stair", "pk"),
        "alloggi": _all("territory.Dwelling", "pk"),
        "nuclei": _all("people.Household", "number"),
        "componenti": _all("people.HouseholdMember", "pk"),
        "buildings": _all("territory.Building", "code"),
        "luoghi": ["piazza"],
        "dati": ["2026"],
        "accesso chiavi": ["1"],
        "foto": ["x"],
        "file": _files(town, "report:", "case:"),
        "segui file": _files(town, "report:"),
        "rilevazioni foto": _files(town, "observation:"),
        "invito": ["x"],
        "uidb36": ["1"],
        "key": ["x"],
        "form": ["json", "xml"],
        "services": ["rumore", "spaccio"],
        "requests": [town.reports[f"{regime} {key}"].reference for regime in regimes for key in SAMPLE],
        "reports": [town.reports[f"{regime} {key}"].reference for regime in regimes for key in SAMPLE],
        "cases": [case.reference for case in town.cases.values()],
        "rounds": _each("presence.Round", "reference"),
        "stops": _each("presence.RoundStop"),
        "allerte": _all("foresight.Alert", "reference"),
        "ricerche": _all("foresight.Run", "pk"),
        "allerte tipi": _all("foresight.KindGroup", "pk"),
        "alerts": _all("foresight.Alert", "reference"),
        "key-contacts": _each("presence.KeyContact", "reference"),
    }


def _mobility(town: Town) -> dict[str, list[str]]:
    """Rows of the two relocations by turns, so that what is asked for together belongs together."""
    return {
        "mobilita": _all("mobility.Relocation", "reference"),
        "relocations": _all("mobility.Relocation", "reference"),
        "di": _all("mobility.Relocation", "reference"),
        "tabelle": _all("mobility.AdequacyTable", "code"),
        "del-caso": [reference for reference in _turns("RehousingFile", "case__reference") if reference],
        "del-nucleo": _turns("RehousingFile", "household__number"),
        "della-persona": _people(town),
        "laboratorio nuclei": _turns("RehousingFile", "household__number"),
        "periodi": _all("mobility.Spell", "pk"),
        "chi-accompagna": _turns("Companion"),
        "colloqui": _turns("Interview"),
        "vicini": _turns("NearWish"),
        "non-vanno": _turns("Refusal"),
        "messaggi": _turns("FamilyMessage"),
        "vincoli": _turns("Lock"),
        "piani": ["1", "2", "3"],
        "plans": ["1", "2", "3"],
        "e-se": ["spare"],
        "rimedi": ["0"],
        "confronta": ["1"],
        "offerte": _all("mobility.Offer", "reference"),
        "laboratorio accordi": _all("mobility.Accord", "reference"),
        "traslochi": _all("mobility.Removal", "reference"),
        "giorno": [(clock.today() + dt.timedelta(days=3)).isoformat()],
        "passi": _each("mobility.RemovalStep"),
        "firmato": _files(town, "accord:"),
        "ricevuta": _files(town, "expense:"),
    }


def _turns(model: str, column: str = "pk") -> list[str]:
    """One of the first relocation, one of the second, and so on."""
    found = _all(f"mobility.{model}", column)
    half = len(found) // 2
    return [one for pair in zip(found[:half], found[half:], strict=True) for one in pair]


def _people(town: Town) -> list[str]:
    """One person of each compartment that has people."""
    found: dict[str, str] = {}
    for row in apps.get_model("people.Person")._default_manager.order_by("pk"):
        for word in town.canaries.found_in(row.name):
            found.setdefault(town.canaries.compartment_of[word], row.reference)
    return list(found.values())


def _photographed(town: Town) -> list[str]:
    """The observations that have those photos."""
    names = _files(town, "observation:")
    abouts = Attachment.objects.filter(name__in=names).order_by("pk").values_list("about", flat=True)
    rows = Observation.objects.filter(pk__in=[about.removeprefix("observation:") for about in abouts])
    return [str(uuid) for uuid in rows.order_by("pk").values_list("uuid", flat=True)]


def _files(town: Town, *abouts: str) -> list[str]:
    """One file of each compartment that has files about these things."""
    found: dict[str, str] = {}
    for row in Attachment.objects.order_by("pk"):
        if row.about.startswith(abouts):
            for word in town.canaries.found_in(row.file_name):
                found.setdefault(town.canaries.compartment_of[word], row.name)
    return list(found.values())


def _all(label: str, column: str) -> list[str]:
    rows = apps.get_model(label)._default_manager.order_by("pk")
    return [str(value) for value in rows.values_list(column, flat=True)]


def _each(label: str, column: str = "pk") -> list[str]:
    """The first, the last and one between: corners are planted one after another."""
    found = _all(label, column)
    return list(dict.fromkeys([*found[:1], *found[len(found) // 2 :][:1], *found[-1:]]))


@dataclass(frozen=True)
class Answer:
    """What came through a door."""

    door: str
    status: int
    words: str
    location: str
    title: str
    picture: bytes


# What an act may want to hear before it gives something to read.
ASKED = {
    "nomi": "1",
    "purpose": "contact",
    "formato": "json",
    "completo": "1",
    "motivo": "richiesta",
    "scopo": "contact",
}
# Pages that show something else when they are sent.
ALSO_ACTS = ("/scarica", "/estratto", "/codice", "/presenze", "/file")
PAGES_OF_A_ROW = (
    "in-arrivo",
    "casi",
    "persone",
    "richieste",
    "rete",
    "atti",
    "giri",
    "testimoni",
    "mediazioni",
    "tavoli",
    "riesami",
    "enti",
    "accordi",
    "avvisi",
    "eventi",
    "assemblee",
    "decisioni",
    "appuntamenti",
    "pratiche",
    "processi",
    "proposte",
    "autogestioni",
    "prenotazioni",
    "programmi",
    "rendiconti",
    "edifici",
    "nuclei",
)
REFUSED_ENOUGH = 2
FILES = ("file", "foto", "firmato", "ricevuta")
OF_THE_READER = ("segui", "collegamento", "trasferimento", "tokens")  # private links: who has none knows none
_FILE = re.compile(
    r"/(file|foto|firmato|ricevuta)/[^/]+$"
)  # as it is, not in the form of a picture for a list
_TITLE = re.compile(r"<title>(.*?)</title>", re.S)


def read_through(town: Town, reader: Reader) -> Iterator[Answer]:
    """What this reader gets at every address about every row, by looking and by acting. Whatever is written is undone."""
    known = values(town) | dict.fromkeys(OF_THE_READER, reader.tokens)
    for route in routes():
        if reader.headers and not route.startswith(("api", "open311")):
            continue
        asked = arguments(route)
        refused, acts_only = 0, False
        for one in _together(asked, [argument.values(known) for argument in asked]):
            address = _filled(route, one)
            if not acts_only:
                answer = ask(reader, "get", address)
                acts_only = answer.status == 405
                yield answer
            if acts_only or address.endswith(ALSO_ACTS):
                answer = ask(reader, "post", address)
                yield answer
            refused += answer.status in (302, 401, 403)
            if refused == REFUSED_ENOUGH:  # whoever the row is about: the role may not open this door
                break


def _together(asked: list[Argument], given: list[list[str]]) -> Iterator[tuple[str, ...]]:
    """Each row in its own place, and each in the place of the next, where it does not belong. Files, in every place."""
    if len(given) < 2 or asked[-1].before in FILES:
        yield from product(*given)
        return
    turns = range(max(map(len, given)))
    for shift in (0, 1):
        for turn in turns:
            yield tuple(some[(turn + shift * place) % len(some)] for place, some in enumerate(given))


def ask(reader: Reader, method: str, address: str, asked: dict[str, str] | None = None) -> Answer:
    """One request, undone: what it wrote and, in the browser, what it signed out of."""
    data: Any = ({} if _FILE.search(address) else ASKED) if asked is None else asked
    more: dict[str, Any] = {"headers": reader.headers}
    if method == "post" and address.startswith("/api/"):
        more["content_type"] = "application/json"
    cookies = deepcopy(reader.client.cookies)
    with transaction.atomic():
        sent = getattr(reader.client, method)(address, data, **more)
        content = b"".join(sent.streaming_content) if sent.streaming else sent.content
        transaction.set_rollback(True)
    reader.client.cookies = cookies
    is_picture = sent.get("Content-Type", "").startswith("image/")
    words = "" if is_picture else content.decode("utf8", "replace")
    title = _TITLE.search(words)
    return Answer(
        door=f"{method.upper()} {address}",
        status=sent.status_code,
        words=words,
        location=sent.get("Location", ""),
        title=title[1] if title else "",
        picture=content if is_picture else b"",
    )
