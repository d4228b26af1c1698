"""Every door of the town: each address about each row, and the acts that give something to read.

An argument of an address is known by the word that stands before it. One that is not known stops the test.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.leaks.readers import Reader
from tests.permissions.leaks.town import REGIMES, Town
from vicinia.foundation.attachments.models import Attachment

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

    def values(self, known: dict[str, list[str]]) -> list[str]:
        for key in (f"{self.top} {self.before}", self.before, self.name):
            if key in known:
                return known[key]
        raise AssertionError(
            f"Nobody knows what <{self.name}> after “{self.before}” is: say in leaks/doors.py which rows it asks for."
        )


def arguments(route: str) -> list[Argument]:
    """The arguments of an address, first to last."""
    words = [word for word in re.split(r"[/^]", route[: _first(route)]) if word]
    top = words[0] if words else ""
    found = []
    for match in _ARGUMENT.finditer(route):
        before = re.split(r"[/^\-]", route[: match.start()].rstrip("/\\."))[-1]
        found.append(Argument(match[1] or match[2], top, before))
    return found


def _first(route: str) -> int:
    match = _ARGUMENT.search(route)
    return match.start() if match else len(route)


def _filled(route: str, values: tuple[str, ...]) -> str:
    rest = iter(values)
    return "/" + re.sub(r"[\^$\\]", "", _ARGUMENT.sub(lambda match: next(rest), route))


def addresses(town: Town, reader: Reader) -> Iterator[str]:
    """Every address about every row that was planted, as this reader could ask for it."""
    known = values(town) | {name: reader.tokens for name in ("segui", "collegamento", "tokens")}
    for route in routes():
        asked = arguments(route)
        given = [argument.values(known) for argument in asked]
        if len(asked) > 0 and route.count("/") > 1 and asked[0].before == "in-arrivo" and not _is_last(route, asked):
            given[0] = known["sample of reports"]
        for one in product(*given):
            yield _filled(route, one)


def _is_last(route: str, asked: list[Argument]) -> bool:
    return len(asked) == 1 and route.endswith(">")


def values(town: Town) -> dict[str, list[str]]:
    """The rows that an argument may ask for, by the word before it. One of each corner where there are many."""
    reports = town.reports
    known = {
        "casi": [case.reference for case in (*town.cases.values(), *town.closed.values())],
        "in-arrivo": [report.reference for report in reports.values()],
        "sample of reports": [reports[f"{regime} {key}"].reference for regime in REGIMES for key in SAMPLE],
        "segnalazioni": [town.reports[f"{regime} linked"].reference for regime in REGIMES],
        "persone": _all("people.Person", "reference"),
        "casi persone": _each("casework.CasePerson"),
        "enti persone": _each("network.BodyPerson"),
        "impegni": _each("casework.Commitment"),
        "interventi": _each("casework.Intervention"),
        "da-fare": _each("casework.Task"),
        "verifiche": _each("casework.WatchPoint"),
        "contestazioni": _each("casework.OutcomeReply"),
        "cause": _each("problems.Cause"),
        "scheda-sara": ["scanning", "analysis"],
        "sara": ["scanning", "analysis"],
        "fase": ["response", "assessment"],
        "richieste": _all("referrals.Referral", "reference"),
        "rete": _all("referrals.Referral", "reference"),
        "richiesta-per-voi": _all("referrals.Referral", "reference"),
        "atti": _all("enforcement.AdministrativeAct", "reference"),
        "tipi": _each("enforcement.ActKind", "code")[:1],
        "giri": _all("presence.Round", "reference"),
        "tappe": _each("presence.RoundStop"),
        "rilevazioni": _all("presence.Observation", "uuid"),
        "testimoni": _all("presence.KeyContact", "reference"),
        "mediazioni": _all("mediation.MediationFile", "reference"),
        "appunti": _each("mediation.Meeting"),
        "patti": _each("mediation.Term"),
        "mediazioni verifiche": _each("mediation.Check"),
        "side": ["a", "b"],
        "tavoli": _all("meetings.Meeting", "reference"),
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
        "luoghi": ["x"],
        "dati": ["2026"],
        "accesso chiavi": ["1"],
        "foto": ["x"],
        "file": _all("attachments.Attachment", "name"),
        "rilevazioni foto": _all("attachments.Attachment", "name", about__startswith="observation"),
        "invito": ["x"],
        "uidb36": ["1"],
        "key": ["x"],
        "form": ["json", "xml"],
        "services": ["rumore", "spaccio"],
        "requests": [town.reports[f"{regime} {key}"].reference for regime in REGIMES for key in SAMPLE],
        "reports": [town.reports[f"{regime} {key}"].reference for regime in REGIMES for key in SAMPLE],
        "cases": [case.reference for case in town.cases.values()],
        "rounds": _each("presence.Round", "reference"),
        "stops": _each("presence.RoundStop"),
        "key-contacts": _each("presence.KeyContact", "reference"),
    }
    return known


def _all(label: str, column: str, **only: str) -> list[str]:
    rows = apps.get_model(label)._default_manager.filter(**only).order_by("pk")
    return [str(value) for value in rows.values_list(column, flat=True)]


def _each(label: str, column: str = "pk") -> list[str]:
    """The first, the last and one between: corners are planted one after another."""
    found = _all(label, column)
    return list(dict.fromkeys([*found[:1], *found[len(found) // 2 :][:1], *found[-1:]]))
