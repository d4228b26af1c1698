"""The updates extension: what became of the reports that a key sent, and what its users add to them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from vicinia.domain.listening import actions
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import ReportMove
from vicinia.domain.listening.states import OPEN_STATES, ReportState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.interfaces.api import throttles
from vicinia.interfaces.api.open311.answers import (
    MOST_ROWS,
    Answer,
    Problem,
    as_instant,
    caller,
    moment,
    parameter,
    period,
)
from vicinia.interfaces.api.open311.sending import source_of

REQUIRED = ("service_request_id", "update_id", "updated_datetime", "status", "description")


def updates(request: HttpRequest) -> Answer:
    """Every step of the reports that this key sent, in a period."""
    by = _able(request, Capability.SEE_REPORTS)
    if bool(parameter(request, "start_date")) != bool(parameter(request, "end_date")):
        raise Problem(400, _("start_date e end_date servono insieme."))
    start, end = period(request)
    rows = listening.moves_of_source(by, source_of(by), start, end)[:MOST_ROWS]
    return Answer("service_request_updates", [_update(row) for row in rows], "request_update")


def send_update(request: HttpRequest) -> Answer:
    """A message of the reporter, passed on by the program that they reported with."""
    by = _able(request, Capability.ENTER_REPORTS)
    if not throttles.may_write(request, by):
        raise Problem(429, _("Troppi messaggi: riprova tra un'ora."))
    missing = [name for name in REQUIRED if not parameter(request, name)]
    if missing:
        raise Problem(400, *(_("%(name)s: manca.") % {"name": name} for name in missing))
    update_id, words = parameter(request, "update_id")[:60], parameter(request, "description")
    if len(words) > 4000 or moment(request, "updated_datetime") is None:
        raise Problem(400, _("description: al massimo %(most)d caratteri.") % {"most": 4000})
    report = listening.report_of_source(source_of(by), parameter(request, "service_request_id"))
    if report is None:
        raise NotVisible
    mark = _("(aggiornamento %(number)s)") % {"number": update_id}
    if listening.messages_of(report).filter(text__endswith=mark).exists():
        raise Problem(400, _("update_id: questo aggiornamento c'è già."))
    resident = Actor.resident(report.reference, by.name)
    actions.write_to_unit(by=resident, report=report, text=f"{words}\n{mark}")
    return Answer("service_request_updates", [{"update_id": update_id}], "request_update")


def _able(request: HttpRequest, capability: Capability) -> Actor:
    by = caller(request)
    if not by.can(capability):
        raise Problem(403, _("api_key: questa chiave non lo permette."))
    return by


def _update(row: ReportMove) -> dict[str, Any]:
    return {
        "update_id": str(row.pk),
        "service_request_id": row.row.reference,
        "status": "open" if row.to_state in OPEN_STATES else "closed",
        "updated_datetime": as_instant(row.at),
        "description": str(ReportState(row.to_state).label),
        "media_url": None,
    }
