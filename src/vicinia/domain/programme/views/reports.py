"""Reports to the funder: written, checked, frozen, sent, answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.programme import actions, papers, queries, rules
from vicinia.domain.programme.forms import (
    AnswerForm,
    CheckForm,
    DayForm,
    PeriodForm,
    ProtocolForm,
    QuestionForm,
    ReasonForm,
    ReportForm,
    WordsForm,
)
from vicinia.domain.programme.models import FunderReport
from vicinia.domain.programme.states import FileKind
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import one_form, versioned_form

HALF_A_YEAR = 6
MOST_SHOWN = 200


def to_report(row: FunderReport) -> str:
    """The address of a report's page."""
    return reverse("funder_report", args=[row.reference])


@needs(Capability.SEE_PROGRAMME)
def reports(request: HttpRequest) -> HttpResponse:
    """All reports, newest first."""
    rows = queries.reports(request.actor).newest_first()
    return render(request, "programme/reports.html", {"page": page_of(request, rows)})


@needs(Capability.KEEP_PROGRAMME)
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin a report on a period: the last whole half-year is proposed."""
    by = request.actor
    programme = queries.programme_named(by, reference)
    today = clock.today()
    last = (today.replace(month=1, day=1) if today.month <= HALF_A_YEAR else today.replace(month=7, day=1)) - dt.timedelta(days=1)  # fmt: skip
    first = max(programme.from_day, dt.date(last.year, 1 if last.month <= HALF_A_YEAR else 7, 1))
    form = PeriodForm(
        request.POST or None,
        texts=queries.texts_to_choose(programme),
        initial={"from_day": first, "to_day": max(first, last)},
    )
    made: list[FunderReport] = []
    answer = one_form(
        request,
        title=_("Nuovo rendiconto"),
        lead=_("I numeri si calcolano da ciò che è registrato, finché non li congeli."),
        about=programme.title,
        form=form,
        do=lambda _values: made.append(actions.begin_report(by=by, programme=programme, new=form.period())),
        done=_("In preparazione. Ora scrivi la presentazione e una nota per ogni scheda."),
        back=reverse("programme", args=[reference]),
    )
    return go_to(request, to_report(made[0])) if made else answer


@needs(Capability.SEE_PROGRAMME)
def report(request: HttpRequest, reference: str) -> HttpResponse:
    """One report: what it says, what is missing, its editions, what the funder asked."""
    by = request.actor
    row = queries.report_named(by, reference)
    editions = queries.editions_of(row)
    is_live = not editions or row.state in ("draft", "checked", "queried")
    content = (
        queries.content_of(by, row)
        if is_live
        else queries.said_in(queries.edition_of(row, editions[0].number))
    )
    notes = queries.notes_of(row)
    gaps = queries.gaps_in(by, row, content) if is_live else []
    changed = []
    if len(editions) > 1:
        said = [queries.said_in(queries.edition_of(row, one.number)) for one in editions[:2]]
        changed = queries.changed_between(said[1], said[0])
    context = {
        "report": row,
        "content": content,
        "is_live": is_live,
        "notes": notes,
        "gaps": gaps,
        "editions": [(one, list(queries.files_of(one))) for one in editions],
        "changed": changed,
        "questions": queries.questions_of(row),
        "may_write": rules.may_write(by, row),
        "may_check": rules.may_check(by, row, gaps, "x"),
        "may_freeze": rules.may_freeze(by, row),
        "may_send": rules.may_send(by, row, "x", clock.today(), clock.today()),
        "may_reopen": rules.may_reopen(by, row, "x"),
        "may_ask": rules.may_ask(by, row, "x"),
        "may_integrate": rules.may_integrate(by, row, unanswered=0, protocol="x", on=clock.today(), today=clock.today()),
        "may_approve": rules.may_approve(by, row, clock.today(), clock.today()),
    }  # fmt: skip
    return render(request, "programme/report.html", context)


@needs(Capability.KEEP_PROGRAMME)
def write(request: HttpRequest, reference: str) -> HttpResponse:
    """Write what introduces the figures."""
    by = request.actor
    row = queries.report_named(by, reference)
    values = {"words": row.words, "due_on": row.due_on, "seen_version": row.version}
    return versioned_form(
        request,
        row=row,
        title=_("La presentazione"),
        about=row.reference,
        form=ReportForm(request.POST or None, initial=values),
        do=lambda values: actions.write_report(by=by, report=row, **values),
        now=lambda: [(_("Testo"), row.words)],
        done=_("Salvato."),
        back=to_report(row),
    )


@needs(Capability.KEEP_PROGRAMME)
def write_note(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Write what was done for one sheet."""
    by = request.actor
    row = queries.report_named(by, reference)
    sheet = next((one for one in queries.sheets_told(row) if one.pk == pk), None)
    if sheet is None:
        raise NotVisible
    note = queries.notes_of(row).get(pk)
    form = WordsForm(
        request.POST or None, initial={"words": note.words, "seen_version": note.version} if note else {}
    )

    def do(values: dict[str, Any]) -> Any:
        return actions.write_note(by=by, report=row, sheet=sheet, **values)

    title, about = _("Che cosa si è fatto nel periodo"), str(sheet)
    done, back = _("Salvato."), to_report(row)
    if note is None:
        return one_form(request, title=title, about=about, form=form, do=do, done=done, back=back)
    return versioned_form(
        request, row=note, title=title, about=about, form=form, do=do, now=lambda: [(_("Testo"), note.words)], done=done, back=back
    )  # fmt: skip


@needs(Capability.SIGN_PROGRAMME)
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Declare that it has been read through."""
    by = request.actor
    row = queries.report_named(by, reference)
    form = CheckForm(request.POST or None, initial={"note": row.check_note, "seen_version": row.version})
    return versioned_form(
        request,
        row=row,
        title=_("Controllo interno"),
        about=row.reference,
        lead=_("Dichiari di averlo letto. Ciò che manca e non blocca va spiegato qui."),
        form=form,
        do=lambda values: actions.check(by=by, report=row, **values),
        now=lambda: [(_("A che punto è"), row.get_state_display())],
        done=_("Controllato. Ora puoi congelarlo."),
        back=to_report(row),
        label=_("Dichiara controllato"),
    )


@needs(Capability.SIGN_PROGRAMME)
def reopen(request: HttpRequest, reference: str) -> HttpResponse:
    """Go back to writing."""
    by = request.actor
    row = queries.report_named(by, reference)
    return one_form(
        request,
        title=_("Riapri il rendiconto"),
        lead=_("Le edizioni già congelate restano."),
        about=row.reference,
        form=ReasonForm(request.POST or None),
        do=lambda values: actions.reopen(by=by, report=row, **values),
        done=_("Riaperto."),
        back=to_report(row),
    )


@require_POST
@needs(Capability.SIGN_PROGRAMME)
def freeze(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep words and figures as they are now."""
    row = queries.report_named(request.actor, reference)
    actions.freeze(by=request.actor, report=row)
    messages.success(request, _("Congelato: da ora i numeri non cambiano più."))
    return go_to(request, to_report(row))


@needs(Capability.SIGN_PROGRAMME)
def send(request: HttpRequest, reference: str) -> HttpResponse:
    """Note that it went out."""
    by = request.actor
    row = queries.report_named(by, reference)
    return one_form(
        request,
        title=_("Rendiconto inviato"),
        about=row.reference,
        form=ProtocolForm(request.POST or None, initial=DayForm.today()),
        do=lambda values: actions.send(by=by, report=row, **values),
        done=_("Salvato."),
        back=to_report(row),
    )


@needs(Capability.KEEP_PROGRAMME)
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Note what the funder asks."""
    by = request.actor
    row = queries.report_named(by, reference)
    return one_form(
        request,
        title=_("Richiesta di chi finanzia"),
        about=row.reference,
        form=QuestionForm(request.POST or None, initial={"asked_on": clock.today()}),
        do=lambda values: actions.ask(by=by, report=row, **values),
        done=_("Registrata."),
        back=to_report(row),
    )


@needs(Capability.KEEP_PROGRAMME)
def answer(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Answer it."""
    by = request.actor
    row = queries.report_named(by, reference)
    question = queries.question_of(row, pk)
    form = AnswerForm(
        request.POST or None, initial={"words": question.answer, "seen_version": question.version}
    )
    return versioned_form(
        request,
        row=question,
        title=_("Rispondi"),
        about=question.words,
        form=form,
        do=lambda values: actions.answer(by=by, query=question, **values),
        now=lambda: [(_("Risposta"), question.answer)],
        done=_("Salvato."),
        back=to_report(row),
    )


@needs(Capability.SIGN_PROGRAMME)
def integrate(request: HttpRequest, reference: str) -> HttpResponse:
    """Freeze another edition with the answers."""
    by = request.actor
    row = queries.report_named(by, reference)
    return one_form(
        request,
        title=_("Rendiconto integrato"),
        lead=_("Si congela una nuova edizione con le risposte. La prima resta com'è."),
        about=row.reference,
        form=ProtocolForm(request.POST or None, initial=DayForm.today()),
        do=lambda values: actions.integrate(by=by, report=row, **values),
        done=_("Salvato."),
        back=to_report(row),
    )


@needs(Capability.SIGN_PROGRAMME)
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """Note that the funder approved it."""
    by = request.actor
    row = queries.report_named(by, reference)
    return one_form(
        request,
        title=_("Rendiconto approvato"),
        about=row.reference,
        form=DayForm(request.POST or None, initial=DayForm.today()),
        do=lambda values: actions.approve(by=by, report=row, **values),
        done=_("Salvato."),
        back=to_report(row),
    )


@needs(Capability.SEE_PROGRAMME)
def edition_file(request: HttpRequest, reference: str, number: int, kind: str) -> HttpResponse:
    """An edition in one of its forms, as it was given out."""
    by = request.actor
    edition = queries.edition_of(queries.report_named(by, reference), number)
    file = queries.file_of(edition, kind)
    actions.note_given(by=by, edition=edition, kind=kind)
    name = papers.name_of(reference, number, kind)
    response = HttpResponse(bytes(file.content), content_type=papers.MEDIA_TYPES[FileKind(kind)])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


@needs(Capability.SEE_PROGRAMME)
def figure(request: HttpRequest, reference: str, sheet: int, name: str) -> HttpResponse:
    """The records behind a figure: of the edition ?edizione=, or as it is computed now."""
    by = request.actor
    row = queries.report_named(by, reference)
    asked = request.GET.get("edizione", "")
    is_frozen = asked.isdecimal()
    content = (
        queries.said_in(queries.edition_of(row, int(asked))) if is_frozen else queries.content_of(by, row)
    )
    behind = queries.figure_in(content, sheet, name)
    links = queries.links_to(by, behind.source, behind.ids)
    context = {
        "report": row,
        "behind": behind,
        "links": links[:MOST_SHOWN],
        "hidden": len(behind.ids) - len(links[:MOST_SHOWN]),
        "edition": asked if is_frozen else "",
    }
    return render(request, "programme/figure.html", context)
