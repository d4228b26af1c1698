"""Who comes when."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.helpdesk import actions, papers, queries, rules
from vicinia.domain.helpdesk.forms import DeskBookForm, MoveForm
from vicinia.domain.helpdesk.models import Appointment
from vicinia.domain.helpdesk.states import AppointmentState
from vicinia.domain.helpdesk.views.shared import to_agenda, to_appointment
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import once_more, one_form, versioned_form

MARKS = {
    "arrivato": AppointmentState.HERE,
    "prenotato": AppointmentState.BOOKED,
    "assente": AppointmentState.MISSED,
}


@needs(Capability.RUN_HELPDESK)
def agenda(request: HttpRequest, code: str) -> HttpResponse:
    """One day at one help desk: who comes, and which times are free."""
    by = request.actor
    rules.may_see_names(by).require()
    point = queries.point_coded(by, code)
    try:
        day = parse_date(request.GET.get("giorno", "")) or clock.today()
    except ValueError:
        day = clock.today()
    rows = list(queries.agenda(by, point, day))
    context = {
        "point": point,
        "day": day,
        "before": day - dt.timedelta(days=1),
        "after": day + dt.timedelta(days=1),
        "rows": rows,
        "hours": queries.hours_on(point, day),
        "out_of_hours": queries.out_of_hours(by, point),
        "is_today": day == clock.today(),
    }
    return render(request, "helpdesk/agenda.html", context)


@needs(Capability.RUN_HELPDESK)
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Write an appointment down for who is there or calls."""
    by = request.actor
    point = queries.point_coded(by, code)
    form = DeskBookForm(request.POST or None, days=queries.slots_at_desk(point), initial={"language": "it"})
    made: list[Appointment] = []

    def do(values: dict[str, Any]) -> None:
        made.append(actions.book(by=by, point=point, new=form.new(), once=values["once"]).row)

    answer = one_form(
        request,
        title=_("Nuovo appuntamento"),
        about=point,
        form=form,
        do=do,
        done=_("Appuntamento preso. Stampa il promemoria, se serve."),
        back=to_agenda(point),
        label=_("Prendi l'appuntamento"),
    )
    return go_to(request, to_appointment(made[0])) if made else answer


@needs(Capability.RUN_HELPDESK)
def appointment(request: HttpRequest, reference: str) -> HttpResponse:
    """One appointment; looking at who it is leaves a line in the access log."""
    by = request.actor
    row = queries.appointment_named(by, reference)
    actions.see_who(by=by, appointment=row)
    now = clock.now()
    context = {
        "appointment": row,
        "may_change": rules.may_change(by, row, now),
        "may_here": rules.may_mark(by, row, AppointmentState.HERE, now),
        "may_miss": rules.may_mark(by, row, AppointmentState.MISSED, now),
        "may_note": rules.may_mark(by, row, AppointmentState.DONE, now),
    }
    return render(request, "helpdesk/appointment.html", context)


@needs(Capability.RUN_HELPDESK)
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Move it to another time."""
    by = request.actor
    row = queries.appointment_named(by, reference)
    rules.may_change(by, row, clock.now()).require()
    days = queries.slots_at_desk(row.point, besides=row)
    form = MoveForm(request.POST or None, days=days, initial={"seen_version": row.version})

    def do(values: dict[str, Any]) -> Appointment:
        return actions.move(
            by=by, appointment=row, starts_at=form.moment(), seen_version=values["seen_version"]
        )

    return versioned_form(
        request,
        row=row,
        title=_("Sposta l'appuntamento"),
        about=row,
        form=form,
        do=do,
        now=lambda: [(_("Quando"), row.starts_at), (_("A che punto è"), row.get_state_display())],
        done=_("Spostato. Chi ha lasciato un recapito è avvisato."),
        back=to_appointment(row),
    )


@needs(Capability.RUN_HELPDESK)
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Call it off, asked once more."""
    by = request.actor
    row = queries.appointment_named(by, reference)
    rules.may_change(by, row, clock.now()).require()
    if request.method == "POST":
        actions.cancel(by=by, appointment=row)
        messages.success(request, _("Appuntamento annullato: l'ora è di nuovo libera."))
        return go_to(request, to_appointment(row))
    return once_more(
        request,
        title=_("Annulli l'appuntamento?"),
        sentence=_("L'ora torna libera per altri. Chi ha lasciato un recapito è avvisato."),
        label=_("Annulla l'appuntamento"),
        back=to_appointment(row),
    )


@require_POST
@needs(Capability.RUN_HELPDESK)
def mark(request: HttpRequest, reference: str, what: str) -> HttpResponse:
    """They are here, they did not come, or that was a slip."""
    row = queries.appointment_named(request.actor, reference)
    if what not in MARKS:
        raise NotVisible
    actions.mark(by=request.actor, appointment=row, state=MARKS[what])
    messages.success(request, _("Segnato."))
    return go_to(request, to_appointment(row))


@require_POST
@needs(Capability.RUN_HELPDESK)
def called(request: HttpRequest, reference: str) -> HttpResponse:
    """They were told by voice."""
    row = queries.appointment_named(request.actor, reference)
    actions.mark_called(by=request.actor, appointment=row)
    messages.success(request, _("Segnato."))
    return go_to(request, reverse("helpdesk"))


@require_POST
@needs(Capability.RUN_HELPDESK)
def slip(request: HttpRequest, reference: str) -> HttpResponse:
    """The slip to take home, with a fresh private link."""
    by = request.actor
    row = queries.appointment_named(by, reference)
    token = actions.renew_link(by=by, appointment=row)
    content = papers.slip(appointment=row, token=token, language=row.language)
    return pdf.as_response(content, f"appuntamento-{row.reference}.pdf")
