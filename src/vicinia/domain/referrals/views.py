"""What staff see and do of referrals, from the case."""

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

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.states import CaseKind
from vicinia.domain.network import queries as network
from vicinia.domain.referrals import actions, queries, rules
from vicinia.domain.referrals.forms import ReferralForm, WordsForm
from vicinia.domain.referrals.models import Referral
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.look.acting import one_form
from vicinia.foundation.look.forms import ReasonForm


@needs(Capability.SEE_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: what was asked of whom, and how it stands."""
    case = casework.case_named(request.actor, reference)
    context = {
        "case": case,
        "referrals": queries.referrals_of(case),
        "may_ask": rules.may_ask(request.actor, case),
    }
    return page_or_part(request, "referrals/on_case_page.html", "referrals/on_case.html", context)


@needs(Capability.WORK_CASES)
def new(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask a body: first what it will see is shown as it will see it, then it is sent."""
    by = request.actor
    case = casework.case_named(by, reference)
    rules.may_ask(by, case).require()
    soon = clock.add_working_days(clock.today(), 5)
    form = ReferralForm(
        request.POST or None,
        things=queries.shareable(case),
        initial={
            "answer_by": soon,
            "share": ["kind", "place"],
            "told_to_reporter": case.kind == CaseKind.PLACE,
        },
    )
    preview: list[list[str]] | None = None
    seal = ""
    if request.method == "POST" and form.is_valid():
        asked = form.new_referral()
        _require_sendable(request, case, asked)
        preview = queries.as_seen(by, case, list(asked.share), _("Anteprima di una richiesta"))
        seal = queries.seal_of(asked.body, preview)
        # What is sent is what was looked at: if the case has changed since, it is shown again.
        if request.POST.get("send") and request.POST.get("seal") == seal:
            sent = actions.send(by=by, case=case, new=asked)
            messages.success(request, _("Richiesta inviata a %(body)s.") % {"body": sent.body.name})
            return go_to(request, reverse("referral", args=[sent.reference]))
    context = {
        "case": case,
        "form": form,
        "preview": preview,
        "is_previewed": preview is not None,
        "seal": seal,
    }
    return render(request, "referrals/new.html", context, status=422 if form.errors else 200)


def _require_sendable(request: HttpRequest, case: Any, asked: actions.NewReferral) -> None:
    """Nobody's data are read for something that could not be sent."""
    rules.may_send(request.actor, case, asked.body).require()
    categories = {thing.category for thing in asked.share}
    rules.may_share(asked.basis, asked.basis_note, categories, network.agreement_with(asked.body)).require()


@needs(Capability.SEE_CASES)
def referral(request: HttpRequest, reference: str) -> HttpResponse:
    """One referral: what was asked and shared, what was said, and what can be done."""
    row = queries.referral_named(request.actor, reference)
    link = queries.link_of(row)
    context = {
        "referral": row,
        "notes": queries.notes_of(row),
        "may_write": rules.may_write(request.actor, row, None, "x"),
        "may_revoke": rules.may_revoke(request.actor, row),
        "may_read_words": rules.may_read_words(request.actor, is_waiting=queries.has_words_to_read(row)),
        "may_read_end": rules.may_read_end(request.actor, row),
        "link": link,
        "may_send_link": rules.may_send_link(request.actor, row, has_account=network.has_account(row.body)),
        "may_revoke_link": rules.may_revoke_link(request.actor, is_live=link is not None),
    }
    return render(request, "referrals/referral.html", context)


@needs(Capability.WORK_CASES)
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """A word to the body."""
    row = queries.referral_named(request.actor, reference)
    return _act(
        request,
        row,
        title=_("Scrivi a %(body)s") % {"body": row.body.name},
        form=WordsForm(request.POST or None),
        do=lambda values: actions.write(by=request.actor, referral=row, **values),
    )


@needs(Capability.WORK_CASES)
def revoke(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the request back."""
    row = queries.referral_named(request.actor, reference)
    rules.may_revoke(request.actor, row).require()
    return _act(
        request,
        row,
        title=_("Revoca la richiesta a %(body)s") % {"body": row.body.name},
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.revoke(by=request.actor, referral=row, **values),
    )


@require_POST
@needs(Capability.WORK_CASES)
def read_words(request: HttpRequest, reference: str) -> HttpResponse:
    """Read what the body wrote."""
    row = queries.referral_named(request.actor, reference)
    actions.read_words(by=request.actor, referral=row)
    messages.success(request, _("Fatto."))
    return go_to(request, reverse("case", args=[row.case.reference]))


@require_POST
@needs(Capability.WORK_CASES)
def read_end(request: HttpRequest, reference: str) -> HttpResponse:
    """Read how it ended."""
    row = queries.referral_named(request.actor, reference)
    actions.read_end(by=request.actor, referral=row)
    messages.success(request, _("Fatto."))
    return go_to(request, reverse("case", args=[row.case.reference]))


@require_POST
@needs(Capability.WORK_CASES)
def send_link(request: HttpRequest, reference: str) -> HttpResponse:
    """Write to a body without accounts anew, with another link."""
    row = actions.send_link(by=request.actor, referral=queries.referral_named(request.actor, reference))
    messages.success(request, _("Collegamento mandato a %(body)s.") % {"body": row.body.name})
    return go_to(request, reverse("referral", args=[reference]))


@require_POST
@needs(Capability.WORK_CASES)
def revoke_link(request: HttpRequest, reference: str) -> HttpResponse:
    """Close the link."""
    actions.revoke_link(by=request.actor, referral=queries.referral_named(request.actor, reference))
    messages.success(request, _("Collegamento chiuso."))
    return go_to(request, reverse("referral", args=[reference]))


def _act(
    request: HttpRequest, row: Referral, *, title: str, form: forms.Form, do: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    back = reverse("referral", args=[row.reference])
    words = {"done": _("Fatto."), "about": row.reference, "label": _("Invia")}
    return one_form(request, title=title, form=form, do=do, back=back, **words)
