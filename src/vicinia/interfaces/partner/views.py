"""What a body sees and does: the requests addressed to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.network import queries as network
from vicinia.domain.referrals import actions, queries, rules
from vicinia.domain.referrals.forms import WordsForm
from vicinia.domain.referrals.models import Referral
from vicinia.domain.referrals.states import ReferralState
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form
from vicinia.foundation.look.forms import ReasonForm

partner = needs(Capability.ANSWER_REFERRALS)


@partner
def referrals(request: HttpRequest) -> HttpResponse:
    """What was asked of the body: to answer first, then what goes on, then what has ended."""
    rows = queries.referrals(request.actor).for_the_body()
    context = {"page": page_of(request, rows), "body": network.body_of(request.actor)}
    return render(request, "partner/referrals.html", context)


@partner
def referral(request: HttpRequest, reference: str) -> HttpResponse:
    """One request: what is asked, what was shared for it, what was said."""
    by = request.actor
    row = queries.referral_named(by, reference)
    body = network.body_of(by)
    context = {
        "referral": row,
        "shared": [] if row.state == ReferralState.REVOKED else row.shared,
        "notes": queries.notes_of(row),
        "may_answer": rules.may_answer(by, row, body),
        "may_start": rules.may_go_on(by, row, body, ReferralState.IN_PROGRESS),
        "may_finish": rules.may_go_on(by, row, body, ReferralState.DONE),
        "may_write": rules.may_write(by, row, body, "x"),
    }
    return render(request, "partner/referral.html", context)


@require_POST
@partner
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept it."""
    actions.accept(by=request.actor, referral=queries.referral_named(request.actor, reference))
    return _back(request, reference, _("Accettata."))


@require_POST
@partner
def start(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it has begun."""
    actions.start(by=request.actor, referral=queries.referral_named(request.actor, reference))
    return _back(request, reference, _("Segnata in corso."))


@partner
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline it, saying why."""
    row = queries.referral_named(request.actor, reference)
    rules.may_answer(request.actor, row, network.body_of(request.actor)).require()
    return _act(
        request,
        row,
        title=_("Non possiamo occuparcene"),
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.decline(by=request.actor, referral=row, **values),
    )


@partner
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Report back, or ask for more."""
    row = queries.referral_named(request.actor, reference)
    return _act(
        request,
        row,
        title=_("Scrivi al Comune"),
        form=WordsForm(request.POST or None),
        do=lambda values: actions.write(by=request.actor, referral=row, **values),
    )


@partner
def finish(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that it is done, and how it went."""
    row = queries.referral_named(request.actor, reference)
    rules.may_go_on(request.actor, row, network.body_of(request.actor), ReferralState.DONE).require()
    return _act(
        request,
        row,
        title=_("Com'è andata"),
        form=WordsForm(request.POST or None),
        do=lambda values: actions.finish(by=request.actor, referral=row, report=values["text"]),
    )


def _act(
    request: HttpRequest, row: Referral, *, title: str, form: forms.Form, do: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    back = reverse("partner_referral", args=[row.reference])
    words = {"done": _("Fatto."), "about": row.reference, "label": _("Invia")}
    return one_form(request, title=title, form=form, do=do, back=back, **words)


def _back(request: HttpRequest, reference: str, done: str) -> HttpResponse:
    messages.success(request, done)
    return go_to(request, reverse("partner_referral", args=[reference]))
