"""Who signed up, at the desk and at the door."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.outreach import actions, papers, queries, rules
from vicinia.domain.outreach.forms import CheckInForm, SignUpForm
from vicinia.domain.outreach.models import Event
from vicinia.domain.outreach.states import Contact, SignUpState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.verdict import Verdict
from vicinia.foundation.look.acting import one_form, refused_at


def _to_sign_ups(row: Event) -> str:
    return reverse("sign_ups", args=[row.reference])


@needs(Capability.KEEP_OUTREACH)
def sign_ups(request: HttpRequest, reference: str) -> HttpResponse:
    """Who signed up, by initials; names and numbers with `?nomi=1`, which the access log keeps."""
    by = request.actor
    row = queries.event_named(by, reference)
    rules.may_see_names(by).require()
    with_names = bool(request.GET.get("nomi"))
    if with_names:
        actions.see_names(by=by, event=row)
    context = {
        "event": row,
        "seats": queries.seats_of(row),
        "page": page_of(request, queries.sign_ups_of(by, row)),
        "with_names": with_names,
        "may_withdraw": row.state == "promoted",
    }
    return render(request, "outreach/sign_ups.html", context)


@needs(Capability.KEEP_OUTREACH)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Somebody signs up at the desk or by telephone."""
    by = request.actor
    row = queries.event_named(by, reference)
    seats = queries.seats_of(row)
    rules.may_sign_up(row, people=1, waiting=seats.waiting, now=clock.now()).require()
    form = SignUpForm(request.POST or None, initial={"contact": Contact.PHONE, "language": "it"})

    def do(values: dict[str, Any]) -> None:
        made = actions.sign_up(by=by, event=row, new=form.new(), once=values["once"]).row
        is_in = made.state == SignUpState.CONFIRMED
        told = _("Posto confermato, codice %(code)s.") if is_in else _("In lista d'attesa, codice %(code)s.")
        messages.success(request, told % {"code": made.code})

    return one_form(
        request,
        title=_("Iscrivi qualcuno"),
        about=row,
        form=form,
        do=do,
        done=_("Iscrizione presa."),
        back=_to_sign_ups(row),
        label=_("Iscrivi"),
    )


@require_POST
@needs(Capability.KEEP_OUTREACH)
def withdraw(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """They do not come: who waits gets the place."""
    row = queries.event_named(request.actor, reference)
    actions.withdraw(by=request.actor, sign_up=queries.sign_up_of(request.actor, row, pk))
    messages.success(request, _("Iscrizione ritirata."))
    return go_to(request, _to_sign_ups(row))


@require_POST
@needs(Capability.KEEP_OUTREACH)
def called(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """They were told by voice."""
    row = queries.event_named(request.actor, reference)
    actions.mark_called(by=request.actor, sign_up=queries.sign_up_of(request.actor, row, pk))
    messages.success(request, _("Segnato."))
    return go_to(request, _to_sign_ups(row))


@needs(Capability.KEEP_OUTREACH)
def door(request: HttpRequest, reference: str) -> HttpResponse:
    """At the door: the code is typed, or its QR is photographed and opens this page."""
    by = request.actor
    row = queries.event_named(by, reference)
    rules.may_see_names(by).require()
    data = request.POST if request.method == "POST" else (request.GET or None)
    form = CheckInForm(data)
    found = None
    status = 200
    if form.is_valid() and form.cleaned_data["codice"]:
        found = queries.sign_up_with_code(by, row, form.cleaned_data["codice"])
        if found is None:
            form.add_error("codice", _("Nessuna iscrizione a questo evento ha questo codice."))
            status = 422
        elif request.method == "POST":
            number = form.cleaned_data["came"]
            refused = refused_at(form, lambda: actions.check_in(by=by, event=row, sign_up=found, came=number))
            if not refused:
                messages.success(request, _("Benvenuti: segnati %(n)s.") % {"n": number or found.people})
                return go_to(request, reverse("event_door", args=[row.reference]))
            status = refused.verdict.status
    may: Verdict | None = None
    if found is not None:
        may = rules.may_check_in(by, found, row, clock.today(), came=found.people)
    context = {"event": row, "form": form, "found": found, "may": may, "seats": queries.seats_of(row)}
    return render(request, "outreach/door.html", context, status=status)


@needs(Capability.KEEP_OUTREACH)
def sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet for the door, on paper."""
    by = request.actor
    row = queries.event_named(by, reference)
    rules.may_see_names(by).require()
    content = papers.attendance_sheet(by=by, event=row)
    actions.note_sheet(by=by, event=row)
    return pdf.as_response(content, f"presenze-{row.reference}.pdf")
