"""Where a round passes: proposed stops, stops in own words, and their order."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.presence import actions, queries, rules
from vicinia.domain.presence.forms import ProposedStopsForm, StopForm
from vicinia.domain.presence.models import Round, RoundStop
from vicinia.domain.presence.queries.proposals import proposals
from vicinia.domain.presence.views.shared import seen_version
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.errors import Conflict
from vicinia.foundation.kernel.htmx import go_to

MOVES = {"up": -1, "down": 1}


@needs(Capability.KEEP_PRESENCE)
def stops(request: HttpRequest, reference: str) -> HttpResponse:
    """The stops of a round and what may be added: `proposed` and `own` are two forms of the page."""
    by = request.actor
    row = queries.round_named(by, reference)
    rules.may_change_round(by, row, queries.crew_of(by, row)).require()
    taken = queries.stops_of(by, row)
    proposed = proposals(by, list(row.areas.values_list("pk", flat=True)), taken)
    initial = {"seen_version": row.version}
    is_own = "own" in request.POST
    posted = request.POST if request.method == "POST" else None
    choose = ProposedStopsForm(None if is_own else posted, proposals=proposed, initial=initial)
    own = StopForm(posted if is_own else None, initial=initial)
    form = own if is_own else choose
    conflict = None
    if posted is not None and form.is_valid():
        added = [own.stop()] if is_own else choose.stops()
        try:
            _change(request, row, [stop.pk for stop in taken], added, form.cleaned_data["seen_version"])
        except Conflict as happened:
            conflict = happened
            row.refresh_from_db()
        else:
            messages.success(request, _("Tappe aggiunte."))
            return go_to(request, reverse("round_stops", args=[reference]))
    context = {
        "round": row,
        "stops": taken,
        "choose": choose,
        "own": own,
        "has_proposals": bool(proposed),
        "conflict": conflict,
    }
    status = 409 if conflict else 422 if posted is not None else 200
    return render(request, "presence/stops.html", context, status=status)


@require_POST
@needs(Capability.KEEP_PRESENCE)
def move(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Move a stop up or down, or take it off."""
    by = request.actor
    row = queries.round_named(by, reference)
    stop = queries.stop_of(by, row, pk)
    order = _moved(queries.stops_of(by, row), stop, request.POST.get("act", ""))
    _change(request, row, order, (), seen_version(request))
    return go_to(request, reverse("round_stops", args=[reference]))


def _moved(stops: list[RoundStop], stop: RoundStop, act: str) -> list[int]:
    order = [one.pk for one in stops]
    place = order.index(stop.pk)
    order.pop(place)
    if act in MOVES:
        order.insert(max(place + MOVES[act], 0), stop.pk)
    return order


def _change(
    request: HttpRequest, row: Round, keep: Sequence[int], add: Sequence[actions.NewStop], seen: int | None
) -> None:
    actions.change_stops(by=request.actor, round_=row, keep=keep, add=add, seen_version=seen)
