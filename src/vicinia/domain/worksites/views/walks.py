"""Site walks: fixed, held, minuted; what is to be fixed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.worksites import actions, papers, queries, rules
from vicinia.domain.worksites.forms import HoldForm, PointForm, ReasonForm, WalkForm
from vicinia.domain.worksites.models import SiteWalk
from vicinia.domain.worksites.views.works import keep, see, to_lot
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import Shown, one_form, versioned_form


def to_walk(row: SiteWalk) -> str:
    """The address of a walk's page."""
    return reverse("site_walk", args=[row.reference])


@keep
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Fix a day for a walk through a lot."""
    by = request.actor
    lot = queries.lot_named(by, reference)
    form = WalkForm(request.POST or None)
    made: list[SiteWalk] = []
    answer = one_form(
        request,
        title=_("Fissa un sopralluogo"),
        about=lot.name,
        form=form,
        do=lambda _values: made.append(actions.plan_walk(by=by, lot=lot, new=form.plan())),
        done=_("Sopralluogo fissato."),
        back=to_lot(lot),
    )
    return go_to(request, to_walk(made[0])) if made else answer


@see
def walk(request: HttpRequest, reference: str) -> HttpResponse:
    """One walk: who, what was seen, what is to be fixed."""
    by = request.actor
    row = queries.walk_named(by, reference)
    context = {
        "walk": row,
        "points": queries.points_of(row),
        "photos": list(attachments.of(row)),
        "may_change": rules.may_change_walk(by, row),
        "may_hold": rules.may_hold_walk(by, row, "x"),
        "may_cancel": rules.may_cancel_walk(by, row, "x"),
        "may_have_points": rules.may_have_points(by, row, has_owner=True),
        "may_keep": rules.may_keep(by),
        "may_print": rules.may_print_walk(row),
    }
    return render(request, "worksites/walk.html", context)


def _shown(row: SiteWalk) -> Shown:
    return [
        (_("Giorno"), row.day),
        (_("Chi viene"), row.participants),
        (_("Che cosa avete visto"), row.minutes),
    ]


@keep
def change(request: HttpRequest, reference: str) -> HttpResponse:
    """Move it, or ask others to come."""
    by = request.actor
    row = queries.walk_named(by, reference)
    rules.may_change_walk(by, row).require()
    form = WalkForm(request.POST or None, initial=WalkForm.values_of(row))
    return versioned_form(
        request,
        row=row,
        title=_("Cambia il sopralluogo"),
        about=row.reference,
        form=form,
        do=lambda values: actions.change_walk(
            by=by, walk=row, new=form.plan(), seen_version=values["seen_version"]
        ),
        now=lambda: _shown(row),
        done=_("Salvato."),
        back=to_walk(row),
    )


@keep
def hold(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the minutes."""
    by = request.actor
    row = queries.walk_named(by, reference)
    rules.may_hold_walk(by, row, "x").require()
    initial = {"participants": row.participants, "minutes": row.minutes, "seen_version": row.version}

    def do(values: dict[str, Any]) -> SiteWalk:
        return actions.hold_walk(by=by, walk=row, files=values.pop("photos"), **values)

    return versioned_form(
        request,
        row=row,
        title=_("Verbale del sopralluogo"),
        about=row.reference,
        form=HoldForm(request.POST or None, request.FILES or None, initial=initial),
        do=do,
        now=lambda: _shown(row),
        done=_("Verbale scritto."),
        back=to_walk(row),
    )


@keep
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """It does not take place."""
    by = request.actor
    row = queries.walk_named(by, reference)
    rules.may_cancel_walk(by, row, "x").require()
    return versioned_form(
        request,
        row=row,
        title=_("Annulla il sopralluogo"),
        about=row.reference,
        form=ReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.cancel_walk(by=by, walk=row, **values),
        now=lambda: _shown(row),
        done=_("Annullato."),
        back=to_walk(row),
        label=_("Annulla il sopralluogo"),
    )


@keep
def add_point(request: HttpRequest, reference: str) -> HttpResponse:
    """Something to be fixed."""
    by = request.actor
    row = queries.walk_named(by, reference)
    rules.may_have_points(by, row, has_owner=True).require()
    form = PointForm(request.POST or None)
    return one_form(
        request,
        title=_("Che cosa va sistemato"),
        about=row.reference,
        form=form,
        do=lambda _values: actions.add_point(by=by, walk=row, new=form.point()),
        done=_("Scritto."),
        back=to_walk(row),
    )


@require_POST
@keep
def point(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """It is fixed, or not fixed after all, or was written by mistake."""
    row = queries.walk_named(request.actor, reference)
    found = queries.point_of(row, pk)
    if request.POST.get("che") == "togli":
        actions.drop_point(by=request.actor, point=found)
    else:
        actions.finish_point(by=request.actor, point=found)
    messages.success(request, _("Fatto."))
    return go_to(request, to_walk(row))


@see
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The minutes as PDF."""
    row = queries.walk_named(request.actor, reference)
    actions.note_print(by=request.actor, walk=row)
    return pdf.as_response(papers.walk(walk=row), f"sopralluogo-{row.reference}.pdf")


@see
def photo(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """A photo of a walk."""
    row = queries.walk_named(request.actor, reference)
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))
