"""Rounds: the calendar, one round from its plan to what was seen, its sheet on paper."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.presence import actions, queries, rules
from vicinia.domain.presence.forms import FinishForm, ObservationForm, RoundForm, VersionedReasonForm
from vicinia.domain.presence.models import Round
from vicinia.domain.presence.views.shared import seen_version, tabs
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, versioned_form
from vicinia.foundation.look.components import Tab


@needs(Capability.KEEP_PRESENCE)
def rounds(request: HttpRequest) -> HttpResponse:
    """Mine, planned, ended: 50 rows a page."""
    by = request.actor
    visible = queries.rounds(by)
    views = {
        "miei": (_("Miei"), visible.made_by(by).open().soonest_first()),
        "in-programma": (_("In programma"), visible.open().soonest_first()),
        "finiti": (_("Finiti"), visible.ended().newest_first()),
    }
    first = "miei" if views["miei"][1].exists() else "in-programma"
    chosen = request.GET.get("vista", first)
    chosen = chosen if chosen in views else first
    address = reverse("rounds")
    context = {
        "tabs": tabs("rounds"),
        "views": [
            Tab(label, f"{address}?vista={name}", name == chosen) for name, (label, _rows) in views.items()
        ],
        "page": page_of(request, queries.rounds_in_lines(by, views[chosen][1])),
    }
    return page_or_part(request, "presence/rounds.html", "presence/round_rows.html", context)


@needs(Capability.KEEP_PRESENCE)
def new(request: HttpRequest) -> HttpResponse:
    """Put a round on the calendar; its stops are chosen on the next page."""
    by = request.actor
    initial = {
        "planned_on": clock.today(),
        "from_time": dt.time(9),
        "to_time": dt.time(11),
        "people": [by.user_id],
        "areas": list(by.area_ids) if len(by.area_ids) == 1 else [],
    }
    form = RoundForm(request.POST or None, by=by, initial=initial)
    if request.method == "POST" and form.is_valid():
        row = actions.plan_round(by=by, plan=form.plan())
        messages.success(request, _("Giro in programma. Ora scegli dove passa."))
        return go_to(request, reverse("round_stops", args=[row.reference]))
    context = {
        "title": _("Nuovo giro"),
        "about": "",
        "lead": "",
        "form": form,
        "back": reverse("rounds"),
        "label": _("Scegli le tappe"),
    }
    return render(request, "look/act.html", context, status=422 if form.is_bound else 200)


@needs(Capability.KEEP_PRESENCE)
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Change when, where or by whom."""
    by = request.actor
    row = queries.round_named(by, reference)
    rules.may_change_round(by, row, queries.crew_of(by, row)).require()
    form = RoundForm(request.POST or None, by=by, initial=RoundForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Cambia il giro"),
        about=row,
        form=form,
        do=lambda values: actions.change_round(
            by=by, round_=row, plan=form.plan(), seen_version=values["seen_version"]
        ),
        now=lambda: _plan(row),
        done=_("Salvato."),
        back=_to(row),
    )


def _plan(row: Round) -> Shown:
    return [
        (_("Giorno"), row.planned_on),
        (_("Ore"), f"{row.from_time:%H:%M}–{row.to_time:%H:%M}"),
        (_("Zone"), ", ".join(area.name for area in row.areas.all())),
        (_("Chi lo fa"), ", ".join(user.name for user in row.people.all())),
        (_("A che punto è"), row.get_state_display()),
    ]


def _to(row: Round) -> str:
    return reverse("round", args=[row.reference])


def _page(request: HttpRequest, row: Round) -> dict[str, Any]:
    by = request.actor
    crew = queries.crew_of(by, row)
    return {
        "round": row,
        "areas": list(row.areas.all().defer("boundary")),
        "people": list(row.people.all()),
        "stops": queries.stops_of(by, row),
        "observations": queries.observations_of(by, row),
        "may_change": rules.may_change_round(by, row, crew),
        "may_start": rules.may_start(by, row, crew, clock.today()),
        "may_tick": rules.may_tick(by, row, crew),
        "may_observe": rules.may_observe(by, row, crew, clock.now()),
        "may_finish": rules.may_finish(by, row, crew),
        "leads": rules.may_lead(by, crew).allowed,
        "sees_cases": by.can(Capability.SEE_CASES),
    }


@needs(Capability.KEEP_PRESENCE)
def round_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One round: where it passes, what was seen, and the next thing to tap."""
    row = queries.round_named(request.actor, reference)
    return render(request, "presence/round.html", _page(request, row))


@require_POST
@needs(Capability.KEEP_PRESENCE)
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin to walk, on top of the version that the page showed."""
    row = queries.round_named(request.actor, reference)
    actions.start_round(by=request.actor, round_=row, seen_version=seen_version(request))
    messages.success(request, _("Giro cominciato."))
    return go_to(request, _to(row))


@require_POST
@needs(Capability.KEEP_PRESENCE)
def tick(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """A stop was seen, or was not after all."""
    row = queries.round_named(request.actor, reference)
    stop = queries.stop_of(request.actor, row, pk)
    actions.tick_stop(by=request.actor, stop=stop, seen=request.POST.get("seen", "1") == "1")
    return go_to(request, f"{_to(row)}#tappa-{stop.pk}")


@needs(Capability.KEEP_PRESENCE)
def observe(request: HttpRequest, reference: str) -> HttpResponse:
    """What is seen, with its photos. The same key sent twice is one observation."""
    by = request.actor
    row = queries.round_named(by, reference)
    if request.method != "POST":  # a retry of what was kept already is answered also after the end
        rules.may_observe(by, row, queries.crew_of(by, row), clock.now()).require()
    stops = queries.stops_of(by, row)
    form = ObservationForm(
        request.POST or None, request.FILES or None, stops=stops, initial={"stop": request.GET.get("tappa")}
    )
    if request.method == "POST" and form.is_valid():
        actions.observe(by=by, round_=row, new=form.observation())
        messages.success(request, _("Rilevazione registrata."))
        return go_to(request, _to(row))
    return render(
        request, "presence/observe.html", {"round": row, "form": form}, status=422 if form.is_bound else 200
    )


@needs(Capability.KEEP_PRESENCE)
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """End the round, with some words on how it went."""
    by = request.actor
    row = queries.round_named(by, reference)
    rules.may_finish(by, row, queries.crew_of(by, row)).require()
    return versioned_form(
        request,
        row=row,
        title=_("Concludi il giro"),
        about=row,
        form=FinishForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.finish_round(by=by, round_=row, **values),
        now=lambda: _plan(row),
        done=_("Giro concluso."),
        back=_to(row),
        label=_("Concludi"),
    )


@needs(Capability.KEEP_PRESENCE)
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Call the round off."""
    by = request.actor
    row = queries.round_named(by, reference)
    rules.may_change_round(by, row, queries.crew_of(by, row)).require()
    return versioned_form(
        request,
        row=row,
        title=_("Annulla il giro"),
        about=row,
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.cancel_round(by=by, round_=row, **values),
        now=lambda: _plan(row),
        done=_("Giro annullato."),
        back=_to(row),
        label=_("Annulla il giro"),
    )


@needs(Capability.KEEP_PRESENCE)
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet of a round: where it passes and what to look at, with room to write. It names nobody but who walks."""
    row = queries.round_named(request.actor, reference)
    content = pdf.render("presence/paper.html", _page(request, row))
    actions.note_print(by=request.actor, round_=row)
    return pdf.as_response(content, f"giro-{reference}.pdf")


@needs(Capability.KEEP_PRESENCE)
def file(request: HttpRequest, uuid: UUID, name: str) -> HttpResponseBase:
    """A photo of an observation, for who may see the observation."""
    row = queries.observation_of(request.actor, uuid)
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))
