"""What is common: spaces to be booked, bodies of tenants, pacts. No account, no JavaScript."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vicinia.domain.commons import papers
from vicinia.domain.commons.actions import booking as booking_actions
from vicinia.domain.commons.actions import pacts as pact_actions
from vicinia.domain.commons.actions.telling import booking_link
from vicinia.domain.commons.models import Booking
from vicinia.domain.commons.queries import bodies, pacts, spaces
from vicinia.domain.commons.rules import spaces as rules
from vicinia.domain.commons.states import Channel
from vicinia.foundation.documents import calendars, pdf, qr
from vicinia.foundation.documents.states import RESIDENT_TEXT_LANGUAGES
from vicinia.foundation.documents.wording import markdown
from vicinia.foundation.kernel import clock, languages
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.foundation.look.acting import refused_at
from vicinia.interfaces.portal.forms.commons import BookForm, ProposePactForm
from vicinia.interfaces.portal.views import limits

DAYS_SHOWN = 14
PAPER_LANGUAGES = [one for one in languages.WRITTEN_LANGUAGES if one[0] in RESIDENT_TEXT_LANGUAGES]


# Spaces -----------------------------------------------------------------------------------------------------------


@require_GET
def public_spaces(request: HttpRequest) -> HttpResponse:
    """The spaces that one may ask for."""
    return render(request, "portal/spaces.html", {"page": page_of(request, spaces.shown_spaces())})


@require_GET
def public_space(request: HttpRequest, code: str) -> HttpResponse:
    """One space: what it is like, its rules, which hours are free."""
    row = spaces.shown_space(code)
    first = _day_asked(request.GET.get("dal", ""))
    context = {
        "space": row,
        "days": spaces.days_of(row, first, DAYS_SHOWN),
        "following": first + dt.timedelta(days=DAYS_SHOWN),
        "is_first": first <= clock.today(),
    }
    return render(request, "portal/space.html", context)


def _day_asked(words: str) -> dt.date:
    """The day that was asked for, from today on and not for ever."""
    today = clock.today()
    try:
        day = dt.date.fromisoformat(words)
    except ValueError:
        return today
    return min(max(day, today), today + dt.timedelta(days=730))


@private_page
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, code: str) -> HttpResponseBase:
    """Book it; afterwards the private page opens."""
    row = spaces.shown_space(code)
    initial = {"day": _day_asked(request.GET.get("giorno", "")) if request.GET.get("giorno") else ""}
    form = BookForm(request.POST or None, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        limits.may(request, limits.WRITING).require()
        made: list[booking_actions.Booked] = []
        new = form.booking(channel=Channel.PORTAL, language=get_language() or "it")
        refused = refused_at(
            form, lambda: made.append(booking_actions.book(by=Actor.visitor(), space=row, new=new))
        )
        if not refused:
            return _booked(request, made[0])
        status = refused.verdict.status
    return render(request, "portal/book.html", {"space": row, "form": form}, status=status)


def _booked(request: HttpRequest, made: booking_actions.Booked) -> HttpResponse:
    if made.token:
        return redirect("booking_mine", made.token)
    messages.info(request, _("La tua prenotazione è già arrivata: grazie."))
    return redirect("public_space", made.booking.space.code)


@private_page
@require_GET
def mine(request: HttpRequest, token: str) -> HttpResponseBase:
    """One's own booking: whether it holds, and how to give it back."""
    row = spaces.booking_of_link(token)
    link = booking_link(token)
    context = {
        "booking": row,
        "token": token,
        "link": link,
        "qr": qr.svg(link),
        "may_cancel": rules.may_cancel(_holder(row), row, now=clock.now()),
    }
    return render(request, "portal/booking_mine.html", context)


def _holder(row: Booking) -> Actor:
    return Actor.resident(row.reference)


@private_page
@require_http_methods(["GET", "POST"])
def give_back(request: HttpRequest, token: str) -> HttpResponseBase:
    """Give it back, asked once more."""
    row = spaces.booking_of_link(token)
    rules.may_cancel(_holder(row), row, now=clock.now()).require()
    if request.method == "GET":
        return render(request, "portal/booking_give_back.html", {"booking": row, "token": token})
    booking_actions.cancel(by=_holder(row), booking=row)
    messages.success(request, _("Disdetta. Grazie: adesso lo può usare qualcun altro."))
    return redirect("booking_mine", token)


@private_page
@require_GET
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """One's own booking for one's own calendar."""
    row = spaces.booking_of_link(token)
    entry = calendars.Entry(
        uid=f"booking-{row.pk}",
        sequence=row.version,
        changed_at=row.updated_at,
        starts_at=timezone.localtime(row.starts_at),
        ends_at=timezone.localtime(row.ends_at),
        title=row.space.name,
        place=row.space.place,
        url=booking_link(token),
        is_cancelled=not row.is_holding,
    )
    content = calendars.calendar_of([entry])
    return calendars.as_response(content, f"prenotazione-{row.reference}.ics", is_private=True)


# Bodies of tenants ------------------------------------------------------------------------------------------------


@require_GET
def public_bodies(request: HttpRequest) -> HttpResponse:
    """Committees and self-managed houses."""
    return render(request, "portal/bodies.html", {"page": page_of(request, bodies.shown_bodies())})


@require_GET
def public_body(request: HttpRequest, reference: str) -> HttpResponse:
    """One: what it looks after, who stands for it if they want to be named, its accounts."""
    row = bodies.shown_body(reference)
    context = {
        "body": row,
        "unit": bodies.unit_words(row),
        "mandates": [one for one in bodies.mandates_in_force(row) if one.is_shown],
        "convention": markdown(row.convention, top=3) if row.convention else "",
        "accounts": bodies.shown_accounts(row),
    }
    return render(request, "portal/body.html", context)


@require_GET
def account_paper(request: HttpRequest, reference: str, year: int) -> HttpResponse:
    """An approved account as PDF."""
    row = bodies.shown_body(reference)
    found = next((one for one, _sums in bodies.shown_accounts(row) if one.year == year), None)
    if found is None:
        raise NotVisible
    found.body = row
    return pdf.as_response(papers.account(account=found), f"rendiconto-{found.reference}.pdf")


# Pacts ------------------------------------------------------------------------------------------------------------


@require_GET
def public_pacts(request: HttpRequest) -> HttpResponse:
    """Published pacts, newest first. 50 rows a page."""
    rows = pacts.in_lines(pacts.shown_pacts().newest_first())
    return render(request, "portal/pacts.html", {"page": page_of(request, rows)})


@require_GET
def public_pact(request: HttpRequest, reference: str) -> HttpResponse:
    """One pact: what both sides promise, and what came of it."""
    row = pacts.shown_pact(reference)
    names, unnamed = pacts.credits_of(row)
    context = {
        "pact": row,
        "names": names,
        "unnamed": unnamed,
        "promises": pacts.promises_of(row),
        "reports": pacts.reports_of(row),
        "languages": PAPER_LANGUAGES,
    }
    return render(request, "portal/pact.html", context)


@require_GET
def pact_sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """One pact as PDF, in the language that is asked for."""
    row = pacts.shown_pact(reference)
    asked = request.GET.get("lingua", "") or get_language() or ""
    language = asked if asked in dict(PAPER_LANGUAGES) else papers.LANGUAGE
    name = f"patto-{row.reference}-{language}.pdf"
    return pdf.as_response(papers.pact(pact=row, language=language), name)


@require_http_methods(["GET", "POST"])
def propose_pact(request: HttpRequest) -> HttpResponse:
    """Propose a pact."""
    form = ProposePactForm(request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        limits.may(request, limits.SENDING).require()
        once = form.cleaned_data["once"]
        refused = refused_at(
            form,
            lambda: pact_actions.propose_pact(
                by=Actor.visitor(), new=form.draft(), party=form.party(), once=once
            ),
        )
        if not refused:
            messages.success(
                request, _("Grazie: la proposta è arrivata. Una persona la legge e la pubblica.")
            )
            return redirect("public_pacts")
        status = refused.verdict.status
    return render(request, "portal/propose_pact.html", {"form": form}, status=status)
