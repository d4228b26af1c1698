"""For a body without accounts: a link shows a page without data, a code by mail opens one request for an hour.

A GET never changes anything: a scanner of e-mails burns nothing. The session remembers the link, and asks each time
whether it still opens.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from vicinia.domain.referrals import actions, queries
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.actions import CodeAnswer
from vicinia.foundation.accounts.addresses import limited_address
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.allowance import Allowance
from vicinia.foundation.kernel.errors import NotVisible, Refused
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.foundation.kernel.verdict import no
from vicinia.interfaces.partner.forms import CodeForm
from vicinia.interfaces.partner.views import front

KEY = "linked_referral"
OPEN_SECONDS = 3600
HOUR = 3600.0
# Of one client, whatever the link: a link by itself is limited in its own table too.
CODES = Allowance(count=20, seconds=HOUR)
TRIES = Allowance(count=60, seconds=HOUR)
RIGHTS = frozenset({Capability.ANSWER_REFERRALS})
LinkedView = Callable[[HttpRequest, front.Front], HttpResponse]


def _within(request: HttpRequest, allowance: Allowance) -> None:
    if not allowance.take(limited_address(request)):
        sentence = _("Da questo collegamento a internet sono arrivate troppe richieste.")
        raise Refused(no(sentence, _("Riprovate tra un'ora, oppure chiamateci.")))


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def gate(request: HttpRequest, token: str) -> HttpResponse:
    """The page that a link opens: one button, which sends the code. Nothing of the request stands here."""
    try:
        link = accounts.live_link(token, LinkPurpose.REFERRAL)
    except NotVisible:
        return render(request, "partner/link_over.html", status=404)
    if request.method != "POST":
        return render(request, "partner/gate.html", {"token": token})
    _within(request, CODES)
    actions.send_code(by=Actor.visitor(), link=link)
    messages.success(request, _("Codice mandato all'e-mail del vostro ente."))
    return redirect(reverse("linked_code", args=[token]))


@private_page
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest, token: str) -> HttpResponse:
    """Type the code that came by mail."""
    try:
        link = accounts.live_link(token, LinkPurpose.REFERRAL)
    except NotVisible:
        return render(request, "partner/link_over.html", status=404)
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _within(request, TRIES)
        answer = actions.enter_code(by=Actor.visitor(), link=link, code=form.cleaned_data["code"])
        if answer == CodeAnswer.RIGHT:
            _open(request, link.pk)
            return redirect(reverse("linked_referral", args=[link.about]))
        wrong = _("Il codice non è giusto: controllate l'ultimo messaggio.")
        over = _("Questo codice non vale più: fatevene mandare un altro.")
        form.add_error("code", over if answer == CodeAnswer.OVER else wrong)
    context = {"token": token, "form": form}
    return render(request, "partner/code.html", context, status=422 if form.is_bound else 200)


def _open(request: HttpRequest, link_id: int) -> None:
    """A session of another name than before: nobody can have prepared it."""
    request.session.cycle_key()
    request.session[KEY] = {"link": link_id, "until": time.time() + OPEN_SECONDS}


def _front(request: HttpRequest, reference: str) -> front.Front:
    """The way in, as long as the hour is not over and the link still opens; only the request that it is for."""
    kept: dict[str, Any] = request.session.get(KEY) or {}
    if not kept or kept["until"] < time.time():
        raise NotVisible
    link = accounts.live_link_with_id(kept["link"], LinkPurpose.REFERRAL)
    row = queries.referral_of_link(link)
    by = Actor.body(
        row.body_id,
        _("%(body)s, con un codice") % {"body": row.body.name},
        only=row.reference,
        capabilities=RIGHTS,
    )
    return front.Front(by, "linked", reference, leave=reverse("linked_leave"))


def linked(view: LinkedView) -> Callable[[HttpRequest, str], HttpResponse]:
    """Let in who has typed a code in the last hour; everybody else reads how one comes in."""

    @private_page
    @wraps(view)
    def shown(request: HttpRequest, reference: str) -> HttpResponse:
        try:
            way = _front(request, reference)
        except NotVisible:
            return render(request, "partner/link_over.html", {"was_open": KEY in request.session}, status=404)
        return view(request, way)

    return shown  # type: ignore[return-value]  # a wrapper that keeps the shape


referral = linked(front.show)
accept = require_POST(linked(front.accept))
start = require_POST(linked(front.start))
decline = linked(front.decline)
write = linked(front.write)
finish = linked(front.finish)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Close the request on this device, as on a shared one."""
    request.session.pop(KEY, None)
    return render(request, "partner/left.html")
