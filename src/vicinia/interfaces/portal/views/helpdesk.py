"""The help desk for residents: hours, booking, the queue, one's own appointment. No account, no JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vicinia.domain.helpdesk import actions, calendar, papers, queries, rules
from vicinia.domain.helpdesk.forms import BookForm, MoveForm
from vicinia.domain.helpdesk.models import Appointment
from vicinia.foundation.documents import calendars, pdf
from vicinia.foundation.documents.states import RESIDENT_TEXT_LANGUAGES
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.foundation.look.acting import refused_at
from vicinia.interfaces.portal.views import limits


@require_GET
def help_points(request: HttpRequest) -> HttpResponse:
    """The help desks; where there is one only, it is shown at once."""
    points = queries.points_in_use()
    if len(points) == 1:
        return redirect("public_help_point", points[0].code)
    return render(request, "portal/help_points.html", {"points": points})


@require_GET
def help_point(request: HttpRequest, code: str) -> HttpResponse:
    """When it is open, how one gets there, who waits now."""
    point = queries.public_point(code)
    names = dict(RESIDENT_LANGUAGES)
    context = {
        "point": point,
        "window": queries.open_now(point),
        "week": [day for day in queries.week_of(point) if day.openings],
        "days": queries.announced_days(point),
        "queue": queries.queue_of(point),
        "languages": [names.get(one, one) for one in point.languages],
        "papers": [(one, names.get(one, one)) for one in RESIDENT_TEXT_LANGUAGES],
    }
    return render(request, "portal/help_point.html", context)


@require_GET
def queue(request: HttpRequest, code: str) -> HttpResponse:
    """The screen of the waiting room, and of who waits outside: numbers only. It loads again by itself."""
    point = queries.public_point(code)
    response = render(request, "portal/help_queue.html", {"point": point, "queue": queries.queue_of(point)})
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """The hours as PDF, in the language asked for."""
    point = queries.public_point(code)
    asked = request.GET.get("lingua", "") or get_language() or ""
    language = asked if asked in RESIDENT_TEXT_LANGUAGES else "it"
    return pdf.as_response(papers.hours(point=point, language=language), f"orari-{point.code}-{language}.pdf")


@private_page
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, code: str) -> HttpResponseBase:
    """Make an appointment; afterwards its private page opens."""
    point = queries.public_point(code)
    days = queries.slots_for_residents(point)
    form = BookForm(request.POST or None, days=days, initial={"language": request.LANGUAGE_CODE})
    status = 422 if form.is_bound else 200
    if request.method == "POST" and queries.sent_before(request.POST.get("once", "")[:64]):
        form.fields["starts_at"].choices = [
            (request.POST.get("starts_at", ""), "")
        ]  # it holds that time itself
    if request.method == "POST" and form.is_valid():
        limits.may(request, limits.SENDING).require()
        made: list[actions.Booked] = []
        new, once = form.new(), form.cleaned_data["once"]
        refused = refused_at(
            form, lambda: made.append(actions.book(by=Actor.visitor(), point=point, new=new, once=once))
        )
        if not refused:
            return redirect("appointment_page", made[0].token)
        status = refused.verdict.status
    has_slots = any(day.free for day in queries.slots_for_residents(point))
    context = {"point": point, "form": form, "has_slots": has_slots}
    return render(request, "portal/help_book.html", context, status=status)


# One's own ----------------------------------------------------------------------------------------------------------


def _owner(row: Appointment) -> Actor:
    return Actor.resident(row.reference, _("Chi ha l'appuntamento"))


@private_page
@require_GET
def appointment(request: HttpRequest, token: str) -> HttpResponseBase:
    """One's own appointment: when, where, the code, how to move it."""
    try:
        row = queries.appointment_of_link(token)
    except NotVisible:
        return render(request, "portal/appointment_over.html", status=404)
    context = {
        "appointment": row,
        "point": row.point,
        "token": token,
        "may_change": rules.may_change(_owner(row), row, clock.now()),
    }
    return render(request, "portal/appointment_page.html", context)


@private_page
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, token: str) -> HttpResponseBase:
    """Another time."""
    row = queries.appointment_of_link(token)
    by = _owner(row)
    rules.may_change(by, row, clock.now()).require()
    days = queries.slots_for_residents(row.point, besides=row)
    form = MoveForm(request.POST or None, days=days)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        limits.may(request, limits.WRITING).require()
        moment = form.moment()
        refused = refused_at(form, lambda: actions.move(by=by, appointment=row, starts_at=moment))
        if not refused:
            messages.success(request, _("Spostato. Se avevi messo la vecchia ora nel calendario, cambiala."))
            return redirect("appointment_page", token)
        status = refused.verdict.status
    context = {"appointment": row, "form": form, "token": token}
    return render(request, "portal/appointment_move.html", context, status=status)


@private_page
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, token: str) -> HttpResponseBase:
    """Call it off, asked once more."""
    row = queries.appointment_of_link(token)
    by = _owner(row)
    rules.may_change(by, row, clock.now()).require()
    if request.method == "GET":
        return render(request, "portal/appointment_cancel.html", {"appointment": row, "token": token})
    actions.cancel(by=by, appointment=row)
    messages.success(request, _("Annullato. Grazie: quell'ora va a un'altra persona."))
    return redirect("appointment_page", token)


@private_page
@require_GET
def entry(request: HttpRequest, token: str) -> HttpResponseBase:
    """For one's own calendar."""
    row = queries.appointment_of_link(token)
    return calendars.as_response(calendar.entry(row), f"appuntamento-{row.reference}.ics", is_private=True)


@private_page
@require_GET
def paper(request: HttpRequest, token: str) -> HttpResponseBase:
    """The slip, in the language of who comes."""
    row = queries.appointment_of_link(token)
    content = papers.slip(appointment=row, token=token, language=row.language)
    return pdf.as_response(content, f"appuntamento-{row.reference}.pdf")
