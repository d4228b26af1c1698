"""How a case ends: asked, approved or returned; and what comes back afterwards."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.casework import actions, queries, rules
from vicinia.domain.casework.forms import CloseForm
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import Outcome
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form
from vicinia.foundation.look.forms import ReasonForm


def _waits(by: Actor) -> bool:
    return rules.needs_approval(by, is_required=settings.CLOSING_NEEDS_APPROVAL)


def closing_label(by: Actor) -> str:
    """What the button says: whoever needs an approval asks."""
    return _("Chiedi la chiusura") if _waits(by) else _("Chiudi il caso")


@needs(Capability.WORK_CASES)
def close(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how the case ended: closed at once by who may approve, asked otherwise."""
    by = request.actor
    case = queries.case_named(by, reference)
    facts = queries.progress(case)
    rules.may_ask_to_close(by, case, facts).require()
    gaps = rules.closing_gaps(case, facts, Outcome.SOLVED)
    return one_form(
        request,
        title=closing_label(by),
        form=CloseForm(request.POST or None),
        do=lambda values: actions.ask_to_close(by=by, case=case, **values),
        done=_("Chiusura chiesta: il coordinatore la approva o la restituisce.")
        if _waits(by)
        else _("Caso chiuso: chi ha segnalato riceve l'esito."),
        back=_page(case),
        about=str(case),
        lead=" ".join(str(gap) for gap in gaps),
        label=closing_label(by),
    )


@needs(Capability.SEE_CASES)
def closing(request: HttpRequest, reference: str) -> HttpResponse:
    """The last request to close a case: what it says, what it lacks, who answers it."""
    by = request.actor
    case = queries.case_named(by, reference)
    asked = queries.closing_of(case)
    facts = queries.progress(case)
    context = {
        "case": case,
        "asked": asked,
        "gaps": rules.closing_gaps(case, facts, asked.outcome) if case.is_open else [],
        "may_answer": rules.may_answer_closing(by, asked),
        "may_close": rules.may_close(by, case, facts),
        "may_withdraw": rules.may_withdraw_closing(by, asked),
        "may_read": rules.may_read_return(by, asked),
    }
    return render(request, "casework/closing.html", context)


@require_POST
@needs(Capability.ASSIGN)
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """Approve: the case is closed and whoever reported is told."""
    asked = queries.closing_of(queries.case_named(request.actor, reference))
    actions.approve_closing(by=request.actor, request=asked)
    messages.success(request, _("Caso chiuso: chi ha segnalato riceve l'esito."))
    return go_to(request, reverse("case", args=[reference]))


@needs(Capability.ASSIGN)
def give_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Return the closing, saying what lacks."""
    case = queries.case_named(request.actor, reference)
    asked = queries.closing_of(case)
    rules.may_answer_closing(request.actor, asked).require()

    def do(values: dict[str, Any]) -> object:
        return actions.return_closing(by=request.actor, request=asked, reason=values["reason"])

    return one_form(
        request,
        title=_("Restituisci la chiusura"),
        form=ReasonForm(request.POST or None),
        do=do,
        done=_("Restituita: chi segue il caso lo trova nella sua giornata."),
        back=_page(case),
        about=str(case),
    )


@require_POST
@needs(Capability.WORK_CASES)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the request back."""
    asked = queries.closing_of(queries.case_named(request.actor, reference))
    actions.withdraw_closing(by=request.actor, request=asked)
    messages.success(request, _("Richiesta ritirata: il caso va avanti."))
    return go_to(request, reverse("case", args=[reference]))


@require_POST
@needs(Capability.WORK_CASES)
def read(request: HttpRequest, reference: str) -> HttpResponse:
    """Read why it was returned."""
    asked = queries.closing_of(queries.case_named(request.actor, reference))
    actions.read_return(by=request.actor, request=asked)
    messages.success(request, _("Fatto."))
    return go_to(request, reverse("case", args=[reference]))


@needs(Capability.WORK_CASES)
def came_back(request: HttpRequest, reference: str) -> HttpResponse:
    """The reports that came after closing, to open the case again or to say why not."""
    case = queries.case_named(request.actor, reference)
    page = page_of(request, queries.reports_since_closing(request.actor, case))
    return render(request, "casework/came_back.html", {"case": case, "page": page})


@needs(Capability.WORK_CASES)
def keep_closed(request: HttpRequest, reference: str) -> HttpResponse:
    """It is not the same problem again."""
    case = queries.case_named(request.actor, reference)
    rules.may_keep_closed(request.actor, case, "-").require()
    return one_form(
        request,
        title=_("Il caso resta chiuso"),
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.keep_closed(by=request.actor, case=case, reason=values["reason"]),
        done=_("Fatto."),
        back=_page(case),
        about=str(case),
    )


def _page(case: Case) -> str:
    return reverse("case", args=[case.reference])
