"""Events as everybody reads of them, signing up without an account, and the calendars to subscribe to."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from vicinia.domain.outreach import actions, calendar, rules
from vicinia.domain.outreach import queries as outreach
from vicinia.domain.outreach.forms import SignUpForm
from vicinia.domain.outreach.links import event_url
from vicinia.domain.outreach.models import Event
from vicinia.domain.territory import queries as territory
from vicinia.foundation.documents import calendars, qr
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.foundation.kernel.verdict import Verdict
from vicinia.foundation.look.acting import refused_at
from vicinia.interfaces.portal.views import feeds, limits

PAGE_ROWS = 20


@require_GET
def events(request: HttpRequest) -> HttpResponse:
    """What is to come, the soonest first; `?zona=` for one quarter, `?passati=1` for what was."""
    area, past = request.GET.get("zona", ""), bool(request.GET.get("passati"))
    context = {
        "page": page_of(request, outreach.public_events(area, past=past), PAGE_ROWS),
        "areas": territory.reference_areas(),
        "area": area,
        "past": past,
    }
    return render(request, "portal/events.html", context)


@require_GET
def event(request: HttpRequest, reference: str) -> HttpResponse:
    """One event: all that one wants to know before one comes."""
    row = outreach.public_event(reference)
    names = dict(RESIDENT_LANGUAGES)
    context = {
        "event": row,
        "languages": [names.get(code, code) for code in row.languages],
        "may_sign_up": _may_sign_up(row),
    }
    return render(request, "portal/event.html", context)


def _may_sign_up(row: Event) -> Verdict:
    waiting = outreach.seats_of(row).waiting
    return rules.may_sign_up(row, people=1, waiting=waiting, now=clock.now())


@require_GET
def entry(request: HttpRequest, reference: str) -> HttpResponse:
    """One event for one's own calendar."""
    row = outreach.public_event(reference)
    return calendars.as_response(calendar.feed([row]), f"evento-{row.reference}.ics", is_private=False)


@require_GET
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """All events, for calendars that look again by themselves."""
    rows = outreach.for_calendars(request.GET.get("zona", ""))
    content = calendar.feed(rows, name=f"{_('Eventi')} · {settings.TOWN_NAME}")
    return calendars.as_response(content, "eventi.ics", is_private=False)


@require_GET
def feed(request: HttpRequest) -> HttpResponse:
    """The events to come, as Atom."""
    rows = outreach.public_events(request.GET.get("zona", ""))[: feeds.ROWS]
    return feeds.atom(request, title=_("Eventi"), page=reverse("public_events"), entries=map(_entry, rows))


def _entry(row: Event) -> feeds.FeedEntry:
    title = f"{_('Annullato')}: {row.title}" if row.is_cancelled else row.title
    when = f"{row.day:%d/%m/%Y}, {row.from_time:%H:%M}–{row.to_time:%H:%M}, {row.place}"
    text = linebreaks(f"{when}\n\n{row.description}", autoescape=True)
    return feeds.FeedEntry(title, event_url(row), text, row.announced_at, row.edited_at)


# Signing up ---------------------------------------------------------------------------------------------------------


@private_page
@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Sign up: how many, and how to be told what changes. Afterwards the private page opens."""
    row = outreach.public_event(reference)
    initial = {"language": request.LANGUAGE_CODE, "people": 1, "contact": "email"}
    form = SignUpForm(request.POST or None, initial=initial)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        limits.may(request, limits.WRITING).require()
        made: list[actions.SignedUp] = []
        once = form.cleaned_data["once"]
        refused = refused_at(
            form,
            lambda: made.append(actions.sign_up(by=Actor.visitor(), event=row, new=form.new(), once=once)),
        )
        if not refused:
            return redirect("sign_up_page", made[0].token)
        status = refused.verdict.status
    context = {"event": row, "form": form, "may_sign_up": _may_sign_up(row)}
    return render(request, "portal/sign_up.html", context, status=status)


@private_page
@require_GET
def sign_up_page(request: HttpRequest, token: str) -> HttpResponseBase:
    """One's own sign-up: whether there is a place, the code for the door, how to give it back."""
    try:
        row = outreach.sign_up_of_link(token)
    except NotVisible:
        return render(request, "portal/sign_up_over.html", status=404)
    by = Actor.resident(row.link_ref)
    door = reverse("event_door", args=[row.event.reference])
    address = f"{settings.PUBLIC_URL.rstrip('/')}{door}?codice={row.code}"
    context = {
        "sign_up": row,
        "event": row.event,
        "token": token,
        "qr": qr.svg(address),
        "may_withdraw": rules.may_withdraw(by, row, row.event),
        "is_over": row.event.ends_at < clock.now(),
    }
    return render(request, "portal/sign_up_page.html", context)


@private_page
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponseBase:
    """Give one's place back, asked once more."""
    row = outreach.sign_up_of_link(token)
    by = Actor.resident(row.link_ref)
    rules.may_withdraw(by, row, row.event).require()
    if request.method == "GET":
        return render(request, "portal/sign_up_withdraw.html", {"event": row.event, "token": token})
    actions.withdraw(by=by, sign_up=row)
    messages.success(request, _("Iscrizione ritirata. Grazie: il posto va a chi aspetta."))
    return redirect("sign_up_page", token)
