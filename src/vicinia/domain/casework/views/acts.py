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
from vicinia.domain.casework.views import suggest
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.people import queries as people
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments.refusals import FileRefused
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.verdict import Sentence, Verdict
from vicinia.foundation.look.acting import refused_at
from vicinia.foundation.look.forms import ReasonForm, Seek


@dataclass(frozen=True)
class Act:
    """Something done in a case that asks for some words."""

    name: str
    label: Sentence
    form: type[forms.Form]
    do: Callable[[Actor, Case, Any], Any]
    done: Sentence
    may: Callable[[Actor, Case], Verdict] = rules.may_work
    seek: Callable[[Actor, Case], Seek] | None = None
    more: Callable[[HttpRequest, Case], dict[str, Any]] = lambda _request, _case: {}

    def form_of(self, request: HttpRequest, case: Case) -> forms.Form:
        """The form as it was sent, or a fresh one."""
        sought: dict[str, Any] = {"seek": self.seek(request.actor, case)} if self.seek else {}
        return self.form(request.POST or None, **sought, **self.more(request, case))


def _propose(by: Actor, case: Case, form: Any) -> Any:
    return actions.propose(by=by, case=case, to=form.cleaned_data["to"], words=form.cleaned_data["words"])


def _reporters(request: HttpRequest, case: Case) -> dict[str, Any]:
    return {"reporters": queries.reporters_to_call(case), "of": request.GET.get("di", "")}


def _contact(by: Actor, case: Case, form: Any) -> Any:
    return actions.contact_in_case(by=by, case=case, new=form.new_contact(), **form.reporter)


def _link(by: Actor, case: Case, form: Any) -> Any:
    report = listening.report_named(by, form.chosen)
    return actions.link_report(by=by, case=case, report=report, why=form.cleaned_data["why"])


def _add_person(by: Actor, case: Case, form: Any) -> Any:
    values = form.cleaned_data
    person = people.person_of(by, form.chosen)
    return actions.add_person(by=by, case=case, person=person, role=values["role"], label=values["label"])


ACTS = {
    act.name: act
    for act in [
        Act(
            "contatto",
            gettext_lazy("Contatto"),
            shapes.ContactForm,
            _contact,
            gettext_lazy("Contatto registrato."),
            more=_reporters,
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
            seek=suggest.seek_to_link,
        ),
        Act(
            "persona",
            gettext_lazy("Aggiungi una persona"),
            shapes.PersonForm,
            _add_person,
            gettext_lazy("Persona aggiunta."),
            seek=suggest.seek_person,
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
            "riapri",
            gettext_lazy("Riapri"),
            ReasonForm,
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
    form = chosen.form_of(request, case)
    if request.method == "POST" and form.is_valid() and _was_done(chosen, by, case, form):
        messages.success(request, str(chosen.done))
        return go_to(request, reverse("case", args=[reference]))
    context = {
        "title": chosen.label,
        "about": case,
        "back": reverse("case", args=[reference]),
        "form": form,
        "is_search": chosen.seek is not None,
    }
    return render(request, "look/act.html", context, status=422 if form.is_bound else 200)


def _was_done(chosen: Act, by: Actor, case: Case, form: forms.Form) -> bool:
    """A number that leads nowhere is a slip of typing: said at the form, which keeps what was typed."""
    try:
        return refused_at(form, lambda: chosen.do(by, case, form)) is None
    except NotVisible:
        form.add_error(None, _("Non c'è niente con questo numero tra ciò che vedi."))
        return False


@needs(Capability.WORK_CASES)
def attach(request: HttpRequest, reference: str) -> HttpResponse:
    """A file into the case."""
    case = queries.case_named(request.actor, reference)
    rules.may_work(request.actor, case).require()
    form = shapes.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_file(by=request.actor, case=case, file=form.cleaned_data["file"])
        except FileRefused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            messages.success(request, _("File aggiunto."))
            return go_to(request, reverse("case", args=[reference]))
    context = {
        "title": _("Allega un file"),
        "about": case,
        "back": reverse("case", args=[reference]),
        "form": form,
    }
    return render(request, "look/act.html", context, status=422 if form.is_bound else 200)


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
        request, "casework/correct.html", {"row": case, "form": form, "conflict": conflict}, status=status
    )


@needs(Capability.WORK_CASES)
def open_on_report(request: HttpRequest, reference: str) -> HttpResponse:
    """Open a case on a report, and on the related one of `?con=`; when that has a case already, link to it."""
    by = request.actor
    report = listening.report_named(by, reference)
    other = listening.report_named(by, request.GET["con"]) if request.GET.get("con") else None
    if other is not None and (known := queries.visible_case_of(by, other)) is not None:
        return go_to(request, f"{reverse('report_link_case', args=[reference])}?caso={known.reference}")
    initial = {"title": report.title, "category": report.category_id, "legal_basis": report.legal_basis}
    form = shapes.OpenCaseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        reports = [report, other] if other else [report]
        case = actions.open_case(by=by, new=form.new_case(), reports=reports)
        if form.cleaned_data["take"]:
            actions.take_charge(by=by, case=case)
        return _back(request, case.reference, _("Caso %(reference)s aperto.") % {"reference": case.reference})
    return _on_report(request, report, _("Apri un caso"), form, lead=str(other or ""))


@needs(Capability.WORK_CASES)
def link_to(request: HttpRequest, reference: str) -> HttpResponse:
    """Link a report to a case: one nearby, or one found by number and words."""
    by = request.actor
    report = listening.report_named(by, reference)
    initial = {"case": request.GET.get("caso", "")}
    form = shapes.ToCaseForm(request.POST or None, initial=initial, seek=suggest.seek_case(by, report))
    if request.method == "POST" and form.is_valid():
        case = queries.cases(by).filter(reference=form.chosen).first()
        if case is not None:
            actions.link_report(by=by, case=case, report=report, why=form.cleaned_data["why"])
            return _back(request, case.reference, _("Segnalazione collegata."))
        form.add_error("case", _("Non c'è un caso con questo numero tra quelli che vedi."))
    return _on_report(request, report, _("Collega a un caso"), form, is_search=True)


@needs(Capability.WORK_CASES)
def contact_on_report(request: HttpRequest, reference: str) -> HttpResponse:
    """A contact with the reporter before there is a case."""
    report = listening.report_named(request.actor, reference)
    form = shapes.ContactForm(request.POST or None)
    case = queries.visible_case_of(request.actor, report)
    back = reverse("case", args=[case.reference]) if case else reverse("report", args=[reference])
    if request.method == "POST" and form.is_valid():
        actions.contact_on_report(by=request.actor, report=report, new=form.new_contact())
        messages.success(request, _("Contatto registrato."))
        return go_to(request, back)
    return _on_report(request, report, _("Contatto"), form)


def _on_report(
    request: HttpRequest,
    report: Report,
    title: str,
    form: forms.Form,
    lead: str = "",
    *,
    is_search: bool = False,
) -> HttpResponse:
    back = reverse("report", args=[report.reference])
    context = {
        "title": title,
        "about": report,
        "back": back,
        "form": form,
        "lead": lead,
        "is_search": is_search,
    }
    return render(request, "look/act.html", context, status=422 if form.is_bound else 200)


def _back(request: HttpRequest, reference: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return go_to(request, reverse("case", args=[reference]))
