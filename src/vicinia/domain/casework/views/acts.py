"""The acts of a case: each a small form, its rule, its action."""

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
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vicinia.domain.casework import actions, queries, rules
from vicinia.domain.casework import forms as shapes
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import Stage
from vicinia.domain.listening import queries as listening
from vicinia.domain.people import queries as people
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.verdict import Sentence, Verdict


@dataclass(frozen=True)
class Act:
    """Something done in a case that asks for some words."""

    name: str
    label: Sentence
    form: type[forms.Form]
    do: Callable[[Actor, Case, Any], Any]
    done: Sentence
    may: Callable[[Actor, Case], Verdict] = rules.may_work


def _propose(by: Actor, case: Case, form: Any) -> Any:
    return actions.propose(by=by, case=case, to=form.cleaned_data["to"], words=form.cleaned_data["words"])


def _link(by: Actor, case: Case, form: Any) -> Any:
    report = listening.report_named(by, form.cleaned_data["report"].strip())
    return actions.link_report(by=by, case=case, report=report, why=form.cleaned_data["why"])


def _add_person(by: Actor, case: Case, form: Any) -> Any:
    values = form.cleaned_data
    person = people.person_of(by, values["person"].strip())
    return actions.add_person(by=by, case=case, person=person, role=values["role"], label=values["label"])


ACTS = {
    act.name: act
    for act in [
        Act(
            "contatto",
            gettext_lazy("Contatto"),
            shapes.ContactForm,
            lambda by, case, form: actions.contact_in_case(by=by, case=case, new=form.new_contact()),
            gettext_lazy("Contatto registrato."),
        ),
        Act(
            "impegno",
            gettext_lazy("Impegno"),
            shapes.CommitmentForm,
            lambda by, case, form: actions.add_commitment(by=by, case=case, new=form.new_commitment()),
            gettext_lazy("Impegno registrato."),
        ),
        Act(
            "intervento",
            gettext_lazy("Intervento"),
            shapes.InterventionForm,
            lambda by, case, form: actions.plan_intervention(by=by, case=case, new=form.new_intervention()),
            gettext_lazy("Intervento previsto."),
        ),
        Act(
            "da-fare",
            gettext_lazy("Da fare"),
            shapes.TaskForm,
            lambda by, case, form: actions.add_task(by=by, case=case, **form.cleaned_data),
            gettext_lazy("Aggiunto alle cose da fare."),
        ),
        Act(
            "collega",
            gettext_lazy("Collega una segnalazione"),
            shapes.LinkForm,
            _link,
            gettext_lazy("Segnalazione collegata."),
        ),
        Act(
            "persona",
            gettext_lazy("Aggiungi una persona"),
            shapes.PersonForm,
            _add_person,
            gettext_lazy("Persona aggiunta."),
        ),
        Act(
            "proponi",
            gettext_lazy("Proponi a un collega"),
            shapes.ProposeForm,
            _propose,
            gettext_lazy("Proposta inviata: finché non accetta non cambia nulla."),
            may=lambda by, case: rules.may_propose(by, case, queries.open_proposal(case)),
        ),
        Act(
            "chiudi",
            gettext_lazy("Chiudi"),
            shapes.CloseForm,
            lambda by, case, form: actions.close(by=by, case=case, **form.cleaned_data),
            gettext_lazy("Caso chiuso: chi ha segnalato riceve l'esito."),
            may=lambda by, case: rules.may_close(by, case, queries.progress(case)),
        ),
        Act(
            "riapri",
            gettext_lazy("Riapri"),
            shapes.ReasonForm,
            lambda by, case, form: actions.reopen(by=by, case=case, reason=form.cleaned_data["reason"]),
            gettext_lazy("Caso riaperto."),
            may=lambda by, case: rules.may_reopen(by, case, "-"),
        ),
    ]
}


@needs(Capability.WORK_CASES)
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """One act: the form, then the case again."""
    by = request.actor
    case = queries.case_named(by, reference)
    chosen = ACTS[name]
    chosen.may(by, case).require()
    initial = {"report": request.GET.get("segnalazione", "")}
    form = chosen.form(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen.do(by, case, form)
        messages.success(request, str(chosen.done))
        return go_to(request, reverse("case", args=[reference]))
    context = {"title": chosen.label, "about": case, "back": reverse("case", args=[reference]), "form": form}
    return render(request, "casework/act.html", context, status=422 if form.is_bound else 200)


@needs(Capability.WORK_CASES)
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """A file into the case."""
    case = queries.case_named(request.actor, reference)
    rules.may_work(request.actor, case).require()
    form = shapes.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_file(by=request.actor, case=case, file=form.cleaned_data["file"])
        except forms.ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            messages.success(request, _("File aggiunto."))
            return go_to(request, reverse("case", args=[reference]))
    context = {
        "title": _("Allega un file"),
        "about": case,
        "back": reverse("case", args=[reference]),
        "form": form,
    }
    return render(
        request, "casework/act.html", context | {"has_files": True}, status=422 if form.is_bound else 200
    )


@require_POST
@needs(Capability.TAKE_CHARGE)
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the case in charge."""
    actions.take_charge(by=request.actor, case=queries.case_named(request.actor, reference))
    return _back(request, reference, _("Lo segui tu."))


@require_POST
@needs(Capability.TAKE_CHARGE)
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept the case that is proposed to me."""
    actions.accept(by=request.actor, proposal=queries.proposal_to_me(request.actor, reference))
    return _back(request, reference, _("Lo segui tu."))


@needs(Capability.TAKE_CHARGE)
def decline(request: HttpRequest, reference: str) -> HttpResponse:
    """Decline it, saying why."""
    proposal = queries.proposal_to_me(request.actor, reference)
    return _small_form(
        request,
        reference,
        title=_("Non posso seguirlo"),
        form=shapes.ReasonForm(request.POST or None),
        do=lambda values: actions.decline(by=request.actor, proposal=proposal, reason=values["reason"]),
        done=_("Risposta inviata."),
        back=reverse("day"),
    )


@needs(Capability.WORK_CASES)
def enter_stage(request: HttpRequest, reference: str, stage: str) -> HttpResponse:
    """Move the case to another stage."""
    by = request.actor
    case = queries.case_named(by, reference)
    rules.may_enter_stage(by, case, stage, queries.progress(case)).require()
    return _small_form(
        request,
        reference,
        title=_("Passa a %(stage)s") % {"stage": Stage(stage).label.lower()},
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
        form=shapes.CommitmentEndForm(request.POST or None),
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
        form=shapes.ReasonForm(request.POST or None),
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
        form=shapes.ReasonForm(request.POST or None),
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
def unlink(request: HttpRequest, reference: str, report_reference: str) -> HttpResponse:
    """Take a report out of the case."""
    case = queries.case_named(request.actor, reference)
    report = queries.reports_in(case).get(reference=report_reference)
    return _small_form(
        request,
        reference,
        title=_("Togli la segnalazione %(reference)s") % {"reference": report_reference},
        form=shapes.ReasonForm(request.POST or None),
        do=lambda values: actions.unlink_report(
            by=request.actor, case=case, report=report, reason=values["reason"]
        ),
        done=_("Segnalazione tolta: torna tra quelle in arrivo."),
    )


@needs(Capability.WORK_CASES)
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Put right words, kind, place or regime. When someone else did meanwhile, both versions are shown."""
    by = request.actor
    case = queries.case_named(by, reference)
    rules.may_work(by, case).require()
    names = (
        "title",
        "kind",
        "category",
        "legal_basis",
        "summary",
        "address",
        "civic_number_id",
        "lat",
        "lon",
        "place_words",
    )
    initial = {name: getattr(case, name) for name in names} | {"seen_version": case.version}
    form = shapes.CorrectForm(request.POST or None, initial=initial)
    conflict = None
    if request.method == "POST" and form.is_valid():
        try:
            seen = form.cleaned_data["seen_version"]
            actions.correct(by=by, case=case, correction=form.correction(), seen_version=seen)
        except Conflict as happened:
            conflict = happened
        else:
            return _back(request, reference, _("Salvato."))
    status = 409 if conflict else 422 if form.is_bound else 200
    return render(
        request, "casework/correct.html", {"case": case, "form": form, "conflict": conflict}, status=status
    )


@needs(Capability.WORK_CASES)
def open_on_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a case on a report."""
    by = request.actor
    report = listening.report_named(by, reference)
    initial = {"title": report.title, "category": report.category_id, "legal_basis": report.legal_basis}
    form = shapes.OpenCaseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        case = actions.open_case(by=by, new=form.new_case(), reports=[report])
        if form.cleaned_data["take"]:
            actions.take_charge(by=by, case=case)
        return _back(request, case.reference, _("Caso %(reference)s aperto.") % {"reference": case.reference})
    back = reverse("report", args=[reference])
    context = {"title": _("Apri un caso"), "about": report, "back": back, "form": form}
    return render(request, "casework/act.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs(Capability.WORK_CASES)
def link_to(request: HttpRequest, reference: str) -> HttpResponse:
    """Link a report to the case whose number is given."""
    by = request.actor
    report = listening.report_named(by, reference)
    case = queries.case_named(by, request.POST.get("case", "").strip())
    actions.link_report(by=by, case=case, report=report, why=request.POST.get("why", "")[:200])
    return _back(request, case.reference, _("Segnalazione collegata."))


@needs(Capability.WORK_CASES)
def contact_on_report(request: HttpRequest, reference: str) -> HttpResponse:
    """A contact with the reporter before there is a case."""
    report = listening.report_named(request.actor, reference)
    form = shapes.ContactForm(request.POST or None)
    back = reverse("report", args=[reference])
    if request.method == "POST" and form.is_valid():
        actions.contact_on_report(by=request.actor, report=report, new=form.new_contact())
        messages.success(request, _("Contatto registrato."))
        return go_to(request, back)
    context = {"title": _("Contatto"), "about": report, "back": back, "form": form}
    return render(request, "casework/act.html", context, status=422 if form.is_bound else 200)


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
    if request.method == "POST" and form.is_valid():
        do(form.cleaned_data)
        messages.success(request, done)
        return go_to(request, back)
    context = {"title": title, "about": reference, "back": back, "form": form, "lead": lead}
    return render(request, "casework/act.html", context, status=422 if form.is_bound else 200)


def _back(request: HttpRequest, reference: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return go_to(request, reverse("case", args=[reference]))
