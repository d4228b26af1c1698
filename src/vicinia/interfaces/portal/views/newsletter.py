"""Asking to be written to, confirming it from one's mailbox, ending it at one touch. A GET never changes anything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from vicinia.domain.outreach import actions
from vicinia.domain.outreach import queries as outreach
from vicinia.domain.outreach.forms import SubscribeForm
from vicinia.domain.outreach.states import SubscriptionState
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.private_pages import private_page
from vicinia.interfaces.portal.views import limits


@private_page
@require_http_methods(["GET", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask for it. The answer is the same whether we know the address or not."""
    form = SubscribeForm(request.POST or None, initial={"language": request.LANGUAGE_CODE})
    if request.method == "GET" or not form.is_valid():
        return render(request, "portal/newsletter.html", {"form": form}, status=422 if form.is_bound else 200)
    limits.may(request, limits.LOST_LINKS).require()
    actions.ask_subscription(by=Actor.visitor(), new=form.new())
    return render(request, "portal/newsletter_asked.html", {"email": form.cleaned_data["email"]})


@private_page
@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponseBase:
    """The page that the confirmation leads to; its button confirms."""
    try:
        row = outreach.subscription_of_link(token)
    except NotVisible:
        return render(request, "portal/newsletter_over.html", status=404)
    if request.method == "POST":
        row = actions.confirm_subscription(
            by=Actor.resident(f"subscription:{row.reference}"), subscription=row
        )
    is_active = row.state == SubscriptionState.ACTIVE
    return render(request, "portal/newsletter_confirm.html", {"is_active": is_active})


@csrf_exempt
@private_page
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, token: str) -> HttpResponseBase:
    """End it: by the button of the page, or by the mail program itself (RFC 8058), which has no session with us.

    The token in the address is what allows it, so a forged request could do no more than the link itself.
    """
    row = outreach.subscription_to_leave(token)
    if request.method == "POST":
        row = actions.leave(by=Actor.resident(f"subscription:{row.reference}"), subscription=row)
    is_ended = row.state == SubscriptionState.ENDED
    return render(request, "portal/newsletter_leave.html", {"is_ended": is_ended})
