"""The page of one report, and what is decided there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from vicinia.domain.listening import actions, queries, rules
from vicinia.domain.listening.forms import (
    CorrectForm,
    MergeForm,
    QuestionForm,
    ReasonForm,
    RedirectForm,
    WordsForm,
)
from vicinia.domain.listening.forms.seeking import seek_to_merge
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.queries import me_too
from vicinia.domain.listening.queries.similar import related_reports
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.journal import queries as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.registries import panels_at
from vicinia.foundation.kernel.verdict import Sentence, Verdict
from vicinia.foundation.look.forms import Seek


@dataclass(frozen=True)
class Act:
    """A decision about a report that asks for some words: its form, its rule, its action."""

    name: str
    label: Sentence
    form: type[forms.Form]
    may: Callable[[Actor, Report], Verdict]
    do: Callable[[Actor, Report, Any], Any]
    done: Sentence
    undoable: bool = True
    seek: Callable[[Actor, Report], Seek] | None = None

    def form_of(self, request: HttpRequest, report: Report) -> forms.Form:
        """The form as it was sent, or a fresh one; a number in the address is filled in already."""
        sought: dict[str, Any] = {"seek": self.seek(request.actor, report)} if self.seek else {}
        return self.form(request.POST or None, initial={"into": request.GET.get("in", "")}, **sought)


def _merge(by: Actor, report: Report, form: Any) -> Any:
    into = queries.report_named(by, form.chosen)
    return actions.merge(by=by, report=report, into=into, reason=form.cleaned_data["reason"])


ACTS = {
    act.name: act
    for act in [
        Act(
            "rispondi",
            gettext_lazy("Rispondi e chiudi"),
            WordsForm,
            rules.may_triage,
            lambda by, report, form: actions.answer(by=by, report=report, words=form.cleaned_data["words"]),
            gettext_lazy("Risposta inviata."),
        ),
        Act(
            "chiedi",
            gettext_lazy("Chiedi a chi segnala"),
            QuestionForm,
            rules.may_ask_reporter,
            lambda by, report, form: actions.ask_reporter(
                by=by, report=report, question=form.cleaned_data["words"]
            ),
            gettext_lazy("Domanda inviata: i termini sono fermi."),
        ),
        Act(
            "scrivi",
            gettext_lazy("Scrivi a chi segnala"),
            WordsForm,
            rules.may_write,
            lambda by, report, form: actions.write_to_reporter(
                by=by, report=report, text=form.cleaned_data["words"]
            ),
            gettext_lazy("Messaggio inviato."),
            undoable=False,
        ),
        Act(
            "passa",
            gettext_lazy("Passa all'ente competente"),
            RedirectForm,
            rules.may_triage,
            lambda by, report, form: actions.redirect(
                by=by, report=report, body=form.cleaned_data["body"], words=form.cleaned_data["words"]
            ),
            gettext_lazy("Segnalazione passata, con ricevuta."),
        ),
        Act(
            "metti-da-parte",
            gettext_lazy("Metti da parte"),
            ReasonForm,
            rules.may_triage,
            lambda by, report, form: actions.set_aside(
                by=by, report=report, reason=form.cleaned_data["reason"]
            ),
            gettext_lazy("Segnalazione messa da parte."),
        ),
        Act(
            "unisci",
            gettext_lazy("Unisci a un'altra"),
            MergeForm,
            rules.may_triage,
            _merge,
            gettext_lazy("Segnalazioni unite."),
            seek=seek_to_merge,
        ),
        Act(
            "rimetti",
            gettext_lazy("Rimetti tra quelle da prendere"),
            ReasonForm,
            rules.may_hand_back,
            lambda by, report, form: actions.hand_back(
                by=by, report=report, reason=form.cleaned_data["reason"]
            ),
            gettext_lazy("La segnalazione torna tra quelle da prendere."),
        ),
    ]
}


@needs(Capability.SEE_REPORTS)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """One report: what was said, by whom (hidden), what was done, what can be done."""
    by = request.actor
    row = queries.report_named(by, reference)
    previous = queries.state_before(row)
    context = {
        "report": row,
        "may_take": rules.may_take(by, row),
        "may_undo": rules.may_undo(by, row, previous),
        "may_correct": rules.may_correct(by, row),
        "acts": [(act, act.may(by, row)) for act in ACTS.values()],
        "files": attachments.of(row),
        "joined": me_too.joined(row),
        "related": [(hit, rules.may_merge(by, row, hit.report)) for hit in related_reports(by, row)],
        "messages_of": queries.messages_of(row),
        "episodes": queries.episodes_of(row),
        "chronology": journal.timeline([f"report:{row.reference}"]),
        "panels": panels_at("report", by),
    }
    return render(request, "listening/report.html", context)


@require_POST
@needs(Capability.TAKE_CHARGE)
def take(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the report."""
    row = queries.report_named(request.actor, reference)
    actions.take(by=request.actor, report=row)
    return _done(request, row, _("La segui tu."))


@require_POST
@needs(Capability.TRIAGE_REPORTS)
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the last decision back."""
    row = queries.report_named(request.actor, reference)
    actions.undo(by=request.actor, report=row)
    messages.success(request, _("Annullato."))
    return go_to(request, reverse("report", args=[reference]))


@require_POST
@needs(Capability.TRIAGE_REPORTS)
def resume(request: HttpRequest, reference: str) -> HttpResponse:
    """Let the clock run again."""
    row = queries.report_named(request.actor, reference)
    actions.resume(by=request.actor, report=row)
    messages.success(request, _("I termini ripartono."))
    return go_to(request, reverse("report", args=[reference]))


@require_POST
@needs(Capability.SEE_REPORTS)
def mark_read(request: HttpRequest, reference: str) -> HttpResponse:
    """The resident's messages have been read."""
    row = queries.report_named(request.actor, reference)
    actions.mark_read(by=request.actor, report=row)
    return go_to(request, reverse("day") if request.POST.get("back") else reverse("report", args=[reference]))


@needs(Capability.TRIAGE_REPORTS)
def act(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """A decision that asks for some words."""
    by = request.actor
    row = queries.report_named(by, reference)
    chosen = ACTS[name]
    chosen.may(by, row).require()
    form = chosen.form_of(request, row)
    if request.method == "POST" and form.is_valid() and _was_done(chosen, by, row, form):
        return _done(request, row, str(chosen.done), undoable=chosen.undoable)
    context = {"report": row, "act": chosen, "form": form}
    return render(request, "listening/act.html", context, status=422 if form.is_bound else 200)


@needs(Capability.TRIAGE_REPORTS)
def merge_suggestions(request: HttpRequest, reference: str) -> HttpResponse:
    """Open reports into which this one may be merged, by number and words."""
    seek = seek_to_merge(request.actor, queries.report_named(request.actor, reference))
    return JsonResponse(seek.rows(request.GET.get("q", "")), safe=False)


def _was_done(chosen: Act, by: Actor, row: Report, form: forms.Form) -> bool:
    """A number that leads nowhere is a slip of typing: said at the form, which keeps what was typed."""
    try:
        chosen.do(by, row, form)
    except NotVisible:
        form.add_error(None, _("Non c'è una segnalazione con questo numero tra quelle che vedi."))
        return False
    return True


@needs(Capability.TRIAGE_REPORTS)
def correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Put right kind, place and words. When someone else did meanwhile, both versions are shown."""
    by = request.actor
    row = queries.report_named(by, reference)
    rules.may_correct(by, row).require()
    form = CorrectForm(request.POST or None, initial=_as_initial(row))
    conflict: Conflict | None = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct(
                by=by,
                report=row,
                correction=_as_correction(form),
                seen_version=form.cleaned_data["seen_version"],
            )
        except Conflict as happened:
            conflict = happened
        else:
            messages.success(request, _("Salvato."))
            return go_to(request, reverse("report", args=[reference]))
    status = 409 if conflict else 422 if form.is_bound else 200
    context = {"row": row, "form": form, "conflict": conflict}
    return render(request, "listening/correct.html", context, status=status)


def _as_initial(row: Report) -> dict[str, Any]:
    names = (
        "category",
        "title",
        "description",
        "at_risk",
        "legal_basis",
        "address",
        "civic_number_id",
        "lat",
        "lon",
        "place_words",
    )
    return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


def _as_correction(form: CorrectForm) -> actions.Correction:
    values = form.cleaned_data
    names = ("category", "title", "description", "at_risk", "legal_basis")
    moved = {"address", "civic_number_id", "lat", "lon", "place_words"} & set(form.changed_data)
    return actions.Correction(
        **{name: values[name] for name in names}, location=form.location if moved else None
    )


@needs(Capability.TRIAGE_REPORTS)
@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the report on the public map, or take it off."""
    row = queries.report_named(request.actor, reference)
    change = actions.unpublish if row.is_published else actions.publish
    change(by=request.actor, report=row)
    return go_to(request, reverse("report", args=[reference]))


@needs(Capability.SEE_REPORTS)
def file(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """A file of a report, or of who joined it, for who may see the report."""
    row = queries.report_named(request.actor, reference)
    return stream(request, me_too.file_for_staff(row, name), request.GET.get("v", ""))


def _done(request: HttpRequest, row: Report, sentence: str, *, undoable: bool = True) -> HttpResponse:
    undo_url = reverse("report_undo", args=[row.reference])
    messages.success(request, sentence, extra_tags=f"undo:{undo_url}" if undoable else "")
    return go_to(request, reverse("report", args=[row.reference]))
