"""Spaces with their hours and closures; bookings at the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from vicinia.domain.commons.actions import booking as booking_actions
from vicinia.domain.commons.actions import spaces as actions
from vicinia.domain.commons.actions.telling import booking_link
from vicinia.domain.commons.forms.spaces import (
    ClosureForm,
    DecideForm,
    DeskBookingForm,
    GiveBackForm,
    HoursForm,
    SpaceForm,
)
from vicinia.domain.commons.models import Booking, Space
from vicinia.domain.commons.queries import spaces as queries
from vicinia.domain.commons.rules import may_run
from vicinia.domain.commons.rules import spaces as rules
from vicinia.domain.commons.states import BookingState, Channel
from vicinia.domain.commons.views.bodies import RUN, SEE
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.documents import qr
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.foundation.look.acting import one_form, versioned_form


def to_space(row: Space) -> str:
    """The address of a space's page."""
    return reverse("space", args=[row.code])


def to_booking(row: Booking) -> str:
    """The address of a booking's page."""
    return reverse("booking", args=[row.reference])


@needs(SEE)
def spaces(request: HttpRequest) -> HttpResponse:
    """All spaces, and the bookings that wait for a yes."""
    by = request.actor
    context = {
        "page": page_of(request, queries.in_lines(queries.spaces(by).by_name())),
        "asked": queries.asked(by)[:20],
        "may_run": may_run(by),
    }
    return render(request, "commons/spaces.html", context)


@needs(RUN)
def new(request: HttpRequest) -> HttpResponse:
    """Put a space at everybody's disposal."""
    by = request.actor
    form = SpaceForm(request.POST or None, by=by)
    made: list[Space] = []
    answer = one_form(
        request,
        title=_("Nuovo spazio"),
        form=form,
        do=lambda _values: made.append(actions.open_space(by=by, new=form.card())),
        done=_("Ora scrivi gli orari: senza, nessuno lo può prenotare."),
        back=reverse("spaces"),
    )
    return go_to(request, to_space(made[0])) if made else answer


@needs(SEE)
def space(request: HttpRequest, code: str) -> HttpResponse:
    """One space: hours, what is free, who has it."""
    by = request.actor
    row = queries.space_named(by, code)
    context = {
        "space": row,
        "hours": queries.hours_of(row),
        "closures": queries.closures_of(row),
        "days": queries.days_of(row, clock.today(), 7),
        "page": page_of(request, queries.bookings_of(by, row)),
        "is_run": bool(may_run(by)),
    }
    return render(request, "commons/space.html", context)


@needs(RUN)
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is said of it."""
    by = request.actor
    row = queries.space_named(by, code)
    form = SpaceForm(request.POST or None, by=by, initial=SpaceForm.values_of(row))

    def do(values: dict[str, Any]) -> Space:
        return actions.change_space(by=by, space=row, new=form.card(), seen_version=values["seen_version"])

    return versioned_form(
        request,
        row=row,
        title=_("Cambia lo spazio"),
        about=row.name,
        form=form,
        do=do,
        now=lambda: [(_("Come si chiama"), row.name), (_("Regole della casa"), row.house_rules)],
        done=_("Salvato."),
        back=to_space(row),
    )


@needs(RUN)
def add_hours(request: HttpRequest, code: str) -> HttpResponse:
    """Open it on one day of the week."""
    by = request.actor
    row = queries.space_named(by, code)
    return one_form(
        request,
        title=_("Nuovo orario"),
        about=row.name,
        form=HoursForm(request.POST or None),
        do=lambda values: actions.add_hours(by=by, space=row, **values),
        done=_("Orario aggiunto."),
        back=to_space(row),
    )


@require_POST
@needs(RUN)
def drop_hours(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """No longer open it then."""
    row = queries.space_named(request.actor, code)
    actions.drop_hours(by=request.actor, hours=queries.hours_named(row, pk))
    return go_to(request, to_space(row))


@needs(RUN)
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close it for some days."""
    by = request.actor
    row = queries.space_named(by, code)
    lost: list[Booking] = []
    answer = one_form(
        request,
        title=_("Chiudi per alcuni giorni"),
        about=row.name,
        lead=_("Chi ha già prenotato in quei giorni perde lo spazio, e riceve il motivo."),
        form=ClosureForm(request.POST or None),
        do=lambda values: lost.extend(actions.close(by=by, space=row, **values)),
        done=_("Chiuso."),
        back=to_space(row),
    )
    if lost:
        words = ngettext("%(n)s prenotazione disdetta.", "%(n)s prenotazioni disdette.", len(lost))
        messages.info(request, words % {"n": len(lost)})
    return answer


@require_POST
@needs(RUN)
def reopen(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a closure away."""
    row = queries.space_named(request.actor, code)
    actions.reopen(by=request.actor, closure=queries.closure_of(row, pk))
    return go_to(request, to_space(row))


# Bookings ---------------------------------------------------------------------------------------------------------


@needs(RUN)
def book(request: HttpRequest, code: str) -> HttpResponse:
    """Book for somebody, once or again and again."""
    by = request.actor
    row = queries.space_named(by, code)
    form = DeskBookingForm(request.POST or None, initial={"day": request.GET.get("giorno", "")})
    made: list[Booking] = []

    def do(values: dict[str, Any]) -> None:
        new = form.booking(channel=Channel(values["channel"]), language="it")
        if not values["weeks"]:
            made.append(booking_actions.book(by=by, space=row, new=new).booking)
            return
        more = {name: values[name] for name in ("weeks", "until", "skips_taken")}
        made.extend(booking_actions.book_again_and_again(by=by, space=row, new=new, **more).bookings)

    answer = one_form(
        request, title=_("Prenota per qualcuno"), about=row.name, lead=row.house_rules, form=form, do=do,
        done=_("Prenotato."), back=to_space(row), label=_("Prenota"),
    )  # fmt: skip
    return go_to(request, to_booking(made[0])) if made else answer


@needs(RUN)
def booking(request: HttpRequest, reference: str) -> HttpResponse:
    """One booking: who, when, for what."""
    by = request.actor
    row = queries.booking_named(by, reference)
    context = {
        "booking": row,
        "others": queries.others_in_series(row),
        "may_decide": rules.may_decide(by, row, BookingState.CONFIRMED, ""),
        "may_cancel": rules.may_cancel(by, row, now=clock.now(), reason="x"),
    }
    return render(request, "commons/booking.html", context)


@needs(RUN)
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Say yes or no."""
    by = request.actor
    row = queries.booking_named(by, reference)
    rules.may_decide(by, row, BookingState.CONFIRMED, "").require()

    def do(values: dict[str, Any]) -> Booking:
        state = BookingState(values["state"])
        return booking_actions.decide(by=by, booking=row, state=state, reason=values["reason"])

    return one_form(
        request, title=_("Rispondi alla richiesta"), about=row.reference,
        form=DecideForm(request.POST or None), do=do, done=_("Fatto."), back=to_booking(row),
    )  # fmt: skip


@needs(RUN)
def cancel(request: HttpRequest, reference: str) -> HttpResponse:
    """Give the space back."""
    by = request.actor
    row = queries.booking_named(by, reference)
    rules.may_cancel(by, row, now=clock.now(), reason="x").require()
    form = GiveBackForm(request.POST or None)
    if not queries.others_in_series(row):
        del form.fields["whole"]

    def do(values: dict[str, Any]) -> None:
        act = booking_actions.cancel_series if values.get("whole") else booking_actions.cancel
        act(by=by, booking=row, reason=values["reason"])

    return one_form(
        request, title=_("Disdici la prenotazione"), about=row.reference, form=form, do=do,
        lead=_("Chi ha prenotato riceve il motivo, se ha lasciato un'e-mail."),
        done=_("Disdetta."), back=to_booking(row), label=_("Disdici"),
    )  # fmt: skip


@require_POST
@needs(RUN)
@private_page
def link(request: HttpRequest, reference: str) -> HttpResponse:
    """A fresh private link for who booked, shown once."""
    row = queries.booking_named(request.actor, reference)
    address = booking_link(booking_actions.renew_booking_link(by=request.actor, booking=row))
    context = {"booking": row, "link": address, "qr": qr.svg(address)}
    return render(request, "commons/booking_link.html", context)
