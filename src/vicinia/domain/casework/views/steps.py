"""The small steps of a case: one row of it, a few words, then the case again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.casework import actions, queries, rules
from vicinia.domain.casework import forms as shapes
from vicinia.domain.casework.states import Stage
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.look.acting import one_form
from vicinia.foundation.look.forms import ReasonForm

# How many reports are linked together at most: as many as one reads through.
LINKED_MOST = 50


@needs(Capability.TAKE_CHARGE)
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline it, saying why."""
    proposal = queries.proposal_to_me(request.actor, reference)
    return _small_form(
        request,
        reference,
        title=_("Non posso seguirlo"),
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.decline(by=request.actor, proposal=proposal, reason=values["reason"]),
        done=_("Risposta inviata."),
        back=reverse("day"),
    )


@require_POST
@needs(Capability.WORK_CASES)
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take back the proposal that nobody has answered yet."""
    proposal = queries.open_proposal(queries.case_named(request.actor, reference))
    if proposal is None:
        raise NotVisible
    actions.withdraw_proposal(by=request.actor, proposal=proposal)
    messages.success(request, _("Proposta ritirata."))
    return go_to(request, reverse("case", args=[reference]))


@needs(Capability.WORK_CASES)
def enter_stage(request: HttpRequest, reference: str, stage: str) -> HttpResponse:
    """Move the case to another stage."""
    by = request.actor
    case = queries.case_named(by, reference)
    if stage not in Stage.values:
        raise NotVisible
    rules.may_enter_stage(by, case, stage, queries.progress(case)).require()
    return _small_form(
        request,
        reference,
        title=_("Passa a: %(stage)s") % {"stage": Stage(stage).label.lower()},
        form=shapes.StageForm(request.POST or None),
        do=lambda values: actions.enter_stage(by=by, case=case, stage=stage, reason=values["reason"]),
        done=_("Fatto."),
    )


@needs(Capability.WORK_CASES)
def end_commitment(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Whether a commitment was kept."""
    row = queries.commitment_of(queries.case_named(request.actor, reference), pk)
    return _small_form(
        request,
        reference,
        title=_("Impegno: %(what)s") % {"what": row.what},
        form=shapes.CommitmentEndForm(request.POST or None, current=row.state, is_told=row.told_to_reporter),
        do=lambda values: actions.end_commitment(by=request.actor, commitment=row, **values),
        done=_("Fatto."),
    )


@needs(Capability.WORK_CASES)
def carry_out(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How an intervention went."""
    row = queries.intervention_of(queries.case_named(request.actor, reference), pk)
    return _small_form(
        request,
        reference,
        title=_("Svolto: %(what)s") % {"what": row.what},
        form=shapes.InterventionDoneForm(request.POST or None),
        do=lambda values: actions.carry_out(by=request.actor, intervention=row, **values),
        done=_("Intervento registrato."),
    )


@needs(Capability.WORK_CASES)
def cancel_intervention(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Cancel a planned intervention."""
    row = queries.intervention_of(queries.case_named(request.actor, reference), pk)
    return _small_form(
        request,
        reference,
        title=_("Annulla: %(what)s") % {"what": row.what},
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.cancel_intervention(
            by=request.actor, intervention=row, reason=values["reason"]
        ),
        done=_("Intervento annullato."),
    )


@require_POST
@needs(Capability.WORK_CASES)
def finish_task(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Done."""
    row = queries.task_of(queries.case_named(request.actor, reference), pk)
    actions.finish_task(by=request.actor, task=row)
    messages.success(request, _("Fatto."))
    return go_to(request, reverse("day") if request.POST.get("back") else reverse("case", args=[reference]))


@needs(Capability.WORK_CASES)
def drop_task(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """No longer needed."""
    row = queries.task_of(queries.case_named(request.actor, reference), pk)
    return _small_form(
        request,
        reference,
        title=_("Non serve più: %(what)s") % {"what": row.what},
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.drop_task(by=request.actor, task=row, reason=values["reason"]),
        done=_("Fatto."),
    )


@needs(Capability.WORK_CASES)
def watch_point(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """How a closed case went on."""
    case = queries.case_named(request.actor, reference)
    row = queries.watch_point_of(case, pk)
    count = queries.new_reports_since_closing(case)
    return _small_form(
        request,
        reference,
        title=_("Com'è andata dopo la chiusura"),
        form=shapes.WatchForm(request.POST or None),
        do=lambda values: actions.note_watch_point(by=request.actor, point=row, note=values["note"]),
        done=_("Fatto."),
        lead=_("Nuove segnalazioni dello stesso tipo nello stesso posto, dopo la chiusura: %(count)s.")
        % {"count": count},
    )


@needs(Capability.WORK_CASES)
def answer_contest(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Answer a contest without reopening."""
    row = queries.contest_of(queries.case_named(request.actor, reference), pk)
    return _small_form(
        request,
        reference,
        title=_("Rispondi a chi contesta"),
        form=shapes.ContestAnswerForm(request.POST or None),
        do=lambda values: actions.handle_contest(by=request.actor, reply=row, answer=values["answer"]),
        done=_("Risposta inviata."),
        lead=row.words,
    )


@needs(Capability.WORK_CASES)
def link_near(request: HttpRequest, reference: str) -> HttpResponse:
    """Link several reports of the same kind from the same place together."""
    case = queries.case_named(request.actor, reference)
    rules.may_work(request.actor, case).require()
    near = queries.reports_near(request.actor, case, LINKED_MOST)
    if not near and request.method != "POST":
        messages.info(request, _("Qui vicino non ci sono altre segnalazioni dello stesso tipo da decidere."))
        return go_to(request, reverse("case", args=[reference]))
    form = shapes.NearForm(request.POST or None, near=near)
    return _small_form(
        request,
        reference,
        title=_("Collega le segnalazioni vicine"),
        form=form,
        do=lambda values: actions.link_reports(
            by=request.actor, case=case, reports=form.chosen, why=values["why"]
        ),
        done=_("Segnalazioni collegate."),
        lead=_("Dello stesso tipo e dello stesso posto, ancora da decidere."),
    )


@needs(Capability.WORK_CASES)
def unlink(request: HttpRequest, reference: str, report_reference: str) -> HttpResponse:
    """Take a report out of the case."""
    case = queries.case_named(request.actor, reference)
    report = queries.report_in(case, report_reference)
    return _small_form(
        request,
        reference,
        title=_("Togli la segnalazione %(reference)s") % {"reference": report_reference},
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.unlink_report(
            by=request.actor, case=case, report=report, reason=values["reason"]
        ),
        done=_("Segnalazione tolta: torna tra quelle in arrivo."),
    )


@needs(Capability.WORK_CASES)
def remove_person(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a person out of the case."""
    row = queries.person_in(queries.case_named(request.actor, reference), pk)
    return _small_form(
        request,
        reference,
        title=_("Togli dal caso: %(role)s") % {"role": row.get_role_display()},
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.remove_person(by=request.actor, row=row, reason=values["reason"]),
        done=_("Persona tolta dal caso."),
        lead=row.label,
    )


def _small_form(
    request: HttpRequest,
    reference: str,
    *,
    title: str,
    form: forms.Form,
    do: Callable[[dict[str, Any]], Any],
    done: str,
    lead: str = "",
    back: str = "",
) -> HttpResponse:
    """A page with a few fields, then the case again."""
    back = back or reverse("case", args=[reference])
    return one_form(request, title=title, form=form, do=do, done=done, back=back, about=reference, lead=lead)
