"""Who waits without an appointment."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.helpdesk import actions, queries, rules
from vicinia.domain.helpdesk.states import TicketState
from vicinia.domain.helpdesk.views.shared import to_queue
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.accounts.tokens import new_token
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES

TURNS = {"chiama": TicketState.CALLED, "rimetti": TicketState.WAITING, "andato": TicketState.LEFT}
TABLE = "sportello-tavolo"


@needs(Capability.SEE_HELPDESK)
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """The queue of today: give a number, call the next one."""
    by = request.actor
    point = queries.point_coded(by, code)
    context = {
        "point": point,
        "queue": queries.queue_of(point),
        "languages": RESIDENT_LANGUAGES,
        "may_keep": rules.may_keep(by),
        "table": request.session.get(TABLE, ""),
        "once": new_token(),
    }
    return render(request, "helpdesk/queue.html", context)


@require_POST
@needs(Capability.RUN_HELPDESK)
def take(request: HttpRequest, code: str) -> HttpResponse:
    """Give the next number."""
    point = queries.point_coded(request.actor, code)
    asked = request.POST.get("language", "it")
    language = asked if asked in dict(RESIDENT_LANGUAGES) else "it"
    once = request.POST.get("once", "")[:64]
    row = actions.take_number(by=request.actor, point=point, language=language, once=once)
    messages.success(request, _("Numero %(number)s.") % {"number": row.number})
    return go_to(request, to_queue(point))


@require_POST
@needs(Capability.RUN_HELPDESK)
def call_next(request: HttpRequest, code: str) -> HttpResponse:
    """Call who has waited longest, to this table."""
    point = queries.point_coded(request.actor, code)
    table = request.POST.get("table", "")[:20]
    request.session[TABLE] = table
    row = actions.call_next(by=request.actor, point=point, table=table)
    messages.success(request, _("Chiamato il numero %(number)s.") % {"number": row.number})
    return go_to(request, to_queue(point))


@require_POST
@needs(Capability.RUN_HELPDESK)
def turn(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Call this number, put it back, or say that they left."""
    row = queries.ticket_of(request.actor, pk)
    if what not in TURNS:
        raise NotVisible
    table = request.session.get(TABLE, "")
    actions.turn(by=request.actor, ticket=row, state=TURNS[what], table=table)
    return go_to(request, to_queue(row.point))
