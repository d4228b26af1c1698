"""For who signs in for a body: the requests addressed to it, and each of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from vicinia.domain.network import queries as network
from vicinia.domain.referrals import queries
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.paging import page_of
from vicinia.interfaces.partner.views import front

partner = needs(Capability.ANSWER_REFERRALS)


def _front(request: HttpRequest, reference: str) -> front.Front:
    return front.Front(request.actor, "partner", reference, home=reverse("partner_referrals"))


@partner
def referrals(request: HttpRequest) -> HttpResponse:
    """What was asked of the body: to answer first, then what goes on, then what has ended."""
    rows = queries.referrals(request.actor).for_the_body()
    context = {"page": page_of(request, rows), "body": network.body_of(request.actor)}
    return render(request, "partner/referrals.html", context)


@partner
def referral(request: HttpRequest, reference: str) -> HttpResponse:
    """One request."""
    return front.show(request, _front(request, reference))


@require_POST
@partner
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept it."""
    return front.accept(request, _front(request, reference))


@require_POST
@partner
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it has begun."""
    return front.start(request, _front(request, reference))


@partner
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline it, saying why."""
    return front.decline(request, _front(request, reference))


@partner
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Report back, or ask for more."""
    return front.write(request, _front(request, reference))


@partner
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it is done, and how it went."""
    return front.finish(request, _front(request, reference))
