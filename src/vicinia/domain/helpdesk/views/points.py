"""Where the help desks are and when they are open."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.helpdesk import actions, queries, rules
from vicinia.domain.helpdesk.forms import DayForm, HoursForm, PointForm
from vicinia.domain.helpdesk.models import HelpPoint
from vicinia.domain.helpdesk.views.shared import tabs, to_point
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.look.acting import one_form, versioned_form

CODE_LENGTH = 34


@needs(Capability.SEE_HELPDESK)
def points(request: HttpRequest) -> HttpResponse:
    """The help desks, also those out of use."""
    by = request.actor
    context = {
        "tabs": tabs(by, "help_points"),
        "points": list(queries.points(by)),
        "may_keep": rules.may_keep(by),
    }
    return render(request, "helpdesk/points.html", context)


@needs(Capability.SEE_HELPDESK)
def point(request: HttpRequest, code: str) -> HttpResponse:
    """One help desk: where, its week, days that are unlike others."""
    by = request.actor
    row = queries.point_coded(by, code)
    names = dict(RESIDENT_LANGUAGES)
    context = {
        "point": row,
        "week": queries.week_of(row),
        "days": list(queries.special_days_of(row)),
        "languages": [names.get(language, language) for language in row.languages],
        "out_of_hours": queries.out_of_hours(by, row),
        "may_keep": rules.may_keep(by),
    }
    return render(request, "helpdesk/point.html", context)


@needs(Capability.RUN_HELPDESK)
def new(request: HttpRequest) -> HttpResponse:
    """Open a help desk."""
    by = request.actor
    form = PointForm(request.POST or None)
    made: list[HelpPoint] = []

    def do(values: dict[str, Any]) -> None:
        code = _free_code(by, values["name"])
        made.append(actions.add_point(by=by, code=code, details=form.details()))

    answer = one_form(
        request,
        title=_("Nuovo sportello"),
        form=form,
        do=do,
        done=_("Ora scrivi gli orari."),
        back=reverse("help_points"),
        label=_("Vai agli orari"),
    )
    return go_to(request, to_point(made[0])) if made else answer


def _free_code(by: Any, name: str) -> str:
    """How addresses call it: its name, with a number if that is taken."""
    base = slugify(name)[:CODE_LENGTH] or "sportello"
    taken = set(queries.points(by).filter(code__startswith=base).values_list("code", flat=True))
    code, number = base, 2
    while code in taken:
        code, number = f"{base}-{number}", number + 1
    return code


@needs(Capability.RUN_HELPDESK)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Say where it is now, or take it out of use."""
    by = request.actor
    row = queries.point_coded(by, code)
    form = PointForm(request.POST or None, initial=PointForm.values_of(row))

    def do(values: dict[str, Any]) -> HelpPoint:
        return actions.change_point(
            by=by, point=row, details=form.details(), seen_version=values["seen_version"]
        )

    return versioned_form(
        request,
        row=row,
        title=_("Cambia lo sportello"),
        about=row,
        form=form,
        do=do,
        now=lambda: [(_("Nome"), row.name), (_("Indirizzo"), row.address), (_("Telefono"), row.phone)],
        done=_("Salvato."),
        back=to_point(row),
    )


@needs(Capability.RUN_HELPDESK)
def add_hours(request: HttpRequest, code: str) -> HttpResponse:
    """Add hours to a weekday."""
    by = request.actor
    row = queries.point_coded(by, code)
    form = HoursForm(request.POST or None)
    return one_form(
        request,
        title=_("Aggiungi un orario"),
        about=row,
        form=form,
        do=lambda _values: actions.add_hours(by=by, point=row, hours=form.hours()),
        done=_("Orario aggiunto."),
        back=to_point(row),
    )


@require_POST
@needs(Capability.RUN_HELPDESK)
def drop_hours(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take hours away from a weekday."""
    row = queries.point_coded(request.actor, code)
    actions.drop_hours(by=request.actor, opening=queries.opening_of(row, pk))
    messages.success(request, _("Orario tolto."))
    return go_to(request, to_point(row))


@needs(Capability.RUN_HELPDESK)
def set_day(request: HttpRequest, code: str) -> HttpResponse:
    """Close a day, or open it in hours of its own."""
    by = request.actor
    row = queries.point_coded(by, code)
    form = DayForm(request.POST or None)
    return one_form(
        request,
        title=_("Un giorno diverso"),
        about=row,
        lead=_("Le feste nazionali e il patrono sono già chiusi: scrivili solo se quel giorno si apre."),
        form=form,
        do=lambda _values: actions.set_day(by=by, point=row, plan=form.plan()),
        done=_("Salvato: lo leggono tutti nella pagina dello sportello."),
        back=to_point(row),
    )


@require_POST
@needs(Capability.RUN_HELPDESK)
def drop_day(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Let a day be like its weekday again."""
    row = queries.point_coded(request.actor, code)
    actions.drop_day(by=request.actor, special=queries.special_day_of(row, pk))
    messages.success(request, _("Quel giorno torna come gli altri."))
    return go_to(request, to_point(row))
