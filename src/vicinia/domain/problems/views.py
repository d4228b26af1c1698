"""The pages of a SARA sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.casework import queries as casework
from vicinia.domain.problems import actions, queries, rules
from vicinia.domain.problems.forms import CauseForm, MeasureForm, PartForm
from vicinia.domain.problems.models import Sheet
from vicinia.domain.problems.states import QUESTIONS, Part
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.documents import pdf
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.look.acting import Shown, one_form, versioned_form


@needs(Capability.SEE_CASES)
def on_case(request: HttpRequest, reference: str) -> HttpResponse:
    """The panel of a case's page: how far its sheet has come, or the way to one."""
    case = casework.case_named(request.actor, reference)
    sheet = queries.sheet_of(case)
    context = {
        "case": case,
        "sheet": sheet,
        "parts": queries.filled(sheet, queries.thought_of(sheet)) if sheet else (),
        "may_begin": rules.may_begin(request.actor, case, has_sheet=sheet is not None),
    }
    return page_or_part(request, "problems/on_case_page.html", "problems/on_case.html", context)


@require_POST
@needs(Capability.WORK_CASES)
def begin(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin the sheet."""
    actions.begin_sheet(by=request.actor, case=casework.case_named(request.actor, reference))
    return go_to(request, reverse("sheet", args=[reference]))


@needs(Capability.SEE_CASES)
def sheet(request: HttpRequest, reference: str) -> HttpResponse:
    """The whole sheet, in its order, with what it lacks."""
    row = queries.sheet_named(request.actor, reference)
    return render(
        request, "problems/sheet.html", _shown(row) | {"may_write": rules.may_write(request.actor, row.case)}
    )


def _shown(row: Sheet) -> dict[str, object]:
    return {
        "sheet": row,
        "case": row.case,
        "parts": queries.filled(row, queries.thought_of(row)),
        "causes": queries.causes(row),
        "measures": queries.measures_of(row),
    }


@needs(Capability.WORK_CASES)
def part(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Write one part. When someone else did meanwhile, both versions are shown."""
    row = queries.sheet_named(request.actor, reference)
    if not QUESTIONS.get(code):
        raise NotVisible
    rules.may_write(request.actor, row.case).require()
    form = PartForm(request.POST or None, sheet=row, part=code)

    def now() -> Shown:
        filled = next(part for part in queries.filled(row, rules.Thought()) if part.code == code)
        return [(answer.label, answer.answer) for answer in filled.answers]

    return versioned_form(
        request,
        row=row,
        title=Part(code).label,
        about=row.case,
        form=form,
        do=lambda values: actions.write_part(
            by=request.actor, sheet=row, part=code, answers=form.answers, seen_version=values["seen_version"]
        ),
        now=now,
        done=_("Salvato."),
        back=reverse("sheet", args=[reference]),
    )


@needs(Capability.WORK_CASES)
def cause(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a cause."""
    row = queries.sheet_named(request.actor, reference)
    rules.may_write(request.actor, row.case).require()
    form = CauseForm(request.POST or None)
    return one_form(
        request,
        title=_("Aggiungi una causa"),
        form=form,
        do=lambda values: actions.add_cause(by=request.actor, sheet=row, **values),
        done=_("Salvato."),
        back=reverse("sheet", args=[reference]),
        about=row.case,
    )


@require_POST
@needs(Capability.WORK_CASES)
def drop_cause(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Take a cause away."""
    row = queries.sheet_named(request.actor, reference)
    actions.drop_cause(by=request.actor, cause=queries.cause_in(row, pk))
    return _saved(request, reference)


@needs(Capability.WORK_CASES)
def measure(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan a measure on a cause."""
    row = queries.sheet_named(request.actor, reference)
    rules.may_write(request.actor, row.case).require()
    form = MeasureForm(request.POST or None, sheet=row)
    return one_form(
        request,
        title=_("Aggiungi una misura"),
        form=form,
        do=lambda _values: actions.add_measure(by=request.actor, sheet=row, **form.measure()),
        done=_("Salvato."),
        back=reverse("sheet", args=[reference]),
        about=row.case,
    )


@needs(Capability.SEE_CASES)
def paper(request: HttpRequest, reference: str) -> HttpResponse:
    """The sheet as PDF, in the order in which it is thought."""
    row = queries.sheet_named(request.actor, reference)
    content = pdf.render("problems/paper.html", _shown(row))
    actions.note_print(by=request.actor, sheet=row)
    return pdf.as_response(content, f"scheda-sara-{reference}.pdf")


def _saved(request: HttpRequest, reference: str) -> HttpResponse:
    messages.success(request, _("Salvato."))
    return go_to(request, reverse("sheet", args=[reference]))
