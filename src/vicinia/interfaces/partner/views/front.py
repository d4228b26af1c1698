"""What a body sees and does of one request, whichever way it came in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.network import queries as network
from vicinia.domain.referrals import actions, queries, rules
from vicinia.domain.referrals.forms import WordsForm
from vicinia.domain.referrals.models import Referral
from vicinia.domain.referrals.states import ReferralState
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import one_form
from vicinia.foundation.look.forms import ReasonForm


@dataclass(frozen=True)
class Front:
    """One way in: who acts, and the names of its addresses, which all take the reference."""

    by: Actor
    prefix: str
    reference: str
    home: str = ""
    leave: str = ""

    @property
    def row(self) -> Referral:
        """The request, for who may see it (404 otherwise)."""
        return queries.referral_named(self.by, self.reference)

    def _to(self, name: str) -> str:
        return reverse(f"{self.prefix}_{name}", args=[self.reference])

    @property
    def page(self) -> str:
        return self._to("referral")

    @property
    def accept(self) -> str:
        return self._to("accept")

    @property
    def decline(self) -> str:
        return self._to("decline")

    @property
    def start(self) -> str:
        return self._to("start")

    @property
    def write(self) -> str:
        return self._to("write")

    @property
    def finish(self) -> str:
        return self._to("finish")


def show(request: HttpRequest, front: Front) -> HttpResponse:
    """One request: what is asked, what was shared for it, what was said."""
    by, row = front.by, front.row
    body = network.body_of(by)
    context = {
        "front": front,
        "referral": row,
        "shared": [] if row.state == ReferralState.REVOKED else row.shared,
        "notes": queries.notes_of(row),
        "may_answer": rules.may_answer(by, row, body),
        "may_start": rules.may_go_on(by, row, body, ReferralState.IN_PROGRESS),
        "may_finish": rules.may_go_on(by, row, body, ReferralState.DONE),
        "may_write": rules.may_write(by, row, body, "x"),
    }
    return render(request, "partner/referral.html", context)


def accept(request: HttpRequest, front: Front) -> HttpResponse:
    """Accept it."""
    actions.accept(by=front.by, referral=front.row)
    return _back(request, front, _("Accettata."))


def start(request: HttpRequest, front: Front) -> HttpResponse:
    """Say that it has begun."""
    actions.start(by=front.by, referral=front.row)
    return _back(request, front, _("Segnata in corso."))


def decline(request: HttpRequest, front: Front) -> HttpResponse:
    """Decline it, saying why."""
    row = front.row
    rules.may_answer(front.by, row, network.body_of(front.by)).require()
    return _act(
        request,
        front,
        title=_("Non possiamo occuparcene"),
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.decline(by=front.by, referral=row, **values),
    )


def write(request: HttpRequest, front: Front) -> HttpResponse:
    """Report back, or ask for more."""
    row = front.row
    return _act(
        request,
        front,
        title=_("Scrivi al Comune"),
        form=WordsForm(request.POST or None),
        do=lambda values: actions.write(by=front.by, referral=row, **values),
    )


def finish(request: HttpRequest, front: Front) -> HttpResponse:
    """Say that it is done, and how it went."""
    row = front.row
    rules.may_go_on(front.by, row, network.body_of(front.by), ReferralState.DONE).require()
    return _act(
        request,
        front,
        title=_("Com'è andata"),
        form=WordsForm(request.POST or None),
        do=lambda values: actions.finish(by=front.by, referral=row, report=values["text"]),
    )


def _act(
    request: HttpRequest, front: Front, *, title: str, form: forms.Form, do: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    words = {"done": _("Fatto."), "about": front.reference, "label": _("Invia")}
    return one_form(request, title=title, form=form, do=do, back=front.page, **words)


def _back(request: HttpRequest, front: Front, done: str) -> HttpResponse:
    messages.success(request, done)
    return go_to(request, front.page)
