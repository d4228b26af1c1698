"""Expenses: those of a household, all of them with late ones first, each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from vicinia.domain.mobility import actions, queries, rules
from vicinia.domain.mobility.forms import AgainForm, ExpenseForm, PayForm
from vicinia.domain.mobility.models import Expense, ExpenseRows
from vicinia.domain.mobility.queries import expenses, moving
from vicinia.domain.mobility.states import UNPAID, ExpenseState
from vicinia.domain.mobility.views.shared import part_of_file, run, to_expense
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.serving import stream
from vicinia.foundation.documents import csv_export
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.htmx import go_to, page_or_part
from vicinia.foundation.kernel.paging import page_of
from vicinia.foundation.look.acting import Shown, one_form, versioned_form
from vicinia.foundation.look.choosing import chosen_view
from vicinia.foundation.look.forms import VersionedReasonForm


@run
def of_file(request: HttpRequest, number: int) -> HttpResponse:
    """The expenses of a household."""
    file = queries.file_numbered(request.actor, number)
    context = {"expenses": expenses.expenses_of(file)}
    return part_of_file(request, file, "mobility/file_expenses.html", _("Spese"), context)


@run
def all_expenses(request: HttpRequest) -> HttpResponse:
    """Expenses, late ones first, with their sums. 50 rows a page."""
    visible = expenses.expenses(request.actor)
    views = {
        "aperte": (_("Aperte"), visible.filter(state__in=UNPAID)),
        "in-ritardo": (_("In ritardo"), visible.late()),
        "tutte": (_("Tutte"), visible),
    }
    chosen, tabs = chosen_view(request, reverse("rehousing_all_expenses"), views)
    sums = expenses.sums_of(visible)
    context = {
        "tabs": tabs,
        "page": page_of(request, expenses.late_first(views[chosen][1])),
        "sums": [(ExpenseState(state).label, amount) for state, amount in sums.items() if amount],
    }
    return page_or_part(request, "mobility/expenses.html", "mobility/expense_page_rows.html", context)


@run
def as_csv(request: HttpRequest) -> StreamingHttpResponse:
    """All of them for a spreadsheet: numbers of households, no words."""
    header = [
        _("Spesa"), _("Nucleo"), _("Per che cosa"), _("Importo"), _("Speso il"), _("Chiesta il"),
        _("Approvata il"), _("Da pagare entro"), _("Pagata il"), _("A che punto è"),
    ]  # fmt: skip
    rows = expenses.in_expense_lines(expenses.expenses(request.actor)).order_by("id")
    return csv_export.response("spese-mobilita.csv", header=header, rows=_lines(rows))


def _lines(rows: ExpenseRows) -> Iterator[list[Any]]:
    for row in rows.iterator(chunk_size=500):
        yield [
            row.reference,
            row.file.household.number,
            str(row.get_kind_display()),
            row.amount,
            row.spent_on,
            row.claimed_on,
            row.approved_on,
            row.pay_by,
            row.paid_on,
            str(row.get_state_display()),
        ]


@run
def new(request: HttpRequest, number: int) -> HttpResponse:
    """Write down what a household has spent."""
    by = request.actor
    file = queries.file_numbered(by, number)
    form = ExpenseForm(request.POST or None, request.FILES or None, removals=moving.removals_of(file))
    made: list[Expense] = []
    answer = one_form(
        request,
        title=_("Nuova spesa"),
        about=file.household.label,
        form=form,
        do=lambda _values: made.append(actions.claim_expense(by=by, file=file, new=form.expense())),
        done=_("Spesa registrata."),
        back=reverse("rehousing_expenses", args=[number]),
    )
    return go_to(request, to_expense(made[0])) if made else answer


@run
def expense(request: HttpRequest, reference: str) -> HttpResponse:
    """One expense: what for, the receipt, until when it is paid."""
    by = request.actor
    row = expenses.expense_named(by, reference)
    context = {
        "expense": row,
        "receipts": list(attachments.of(row)),
        "may_approve": rules.may_approve(by, row, accompanies=True),
        "may_refuse": rules.may_refuse_expense(by, row, "x", accompanies=True),
        "may_claim_again": rules.may_claim_again(by, row, accompanies=True),
        "may_pay": rules.may_pay(by, row, accompanies=True, paid_on=clock.today()),
    }
    return render(request, "mobility/expense.html", context)


def _shown(row: Expense) -> Shown:
    return [(_("A che punto è"), row.get_state_display()), (_("Da pagare entro"), row.pay_by)]


@require_POST
@run
def approve(request: HttpRequest, reference: str) -> HttpResponse:
    """It is to be paid."""
    row = expenses.expense_named(request.actor, reference)
    actions.approve_expense(by=request.actor, expense=row)
    messages.success(request, _("Approvata: da oggi conta il tempo per pagarla."))
    return go_to(request, to_expense(row))


@run
def refuse(request: HttpRequest, reference: str) -> HttpResponse:
    """It is not paid."""
    by = request.actor
    row = expenses.expense_named(by, reference)
    return versioned_form(
        request,
        row=row,
        title=_("Respingi la spesa"),
        about=row.reference,
        lead=_("Il motivo lo legge anche la famiglia."),
        form=VersionedReasonForm(request.POST or None, initial={"seen_version": row.version}),
        do=lambda values: actions.refuse_expense(by=by, expense=row, **values),
        now=lambda: _shown(row),
        done=_("Respinta."),
        back=to_expense(row),
        label=_("Respingi"),
    )


@run
def again(request: HttpRequest, reference: str) -> HttpResponse:
    """What was missing has come."""
    by = request.actor
    row = expenses.expense_named(by, reference)

    def do(values: dict[str, Any]) -> Expense:
        return actions.claim_again(by=by, expense=row, files=values.pop("papers"), **values)

    return versioned_form(
        request,
        row=row,
        title=_("Chiedila di nuovo"),
        about=row.reference,
        form=AgainForm(
            request.POST or None,
            request.FILES or None,
            initial={"words": row.words, "seen_version": row.version},
        ),
        do=do,
        now=lambda: _shown(row),
        done=_("Chiesta di nuovo."),
        back=to_expense(row),
    )


@run
def pay(request: HttpRequest, reference: str) -> HttpResponse:
    """It was paid."""
    by = request.actor
    row = expenses.expense_named(by, reference)
    return versioned_form(
        request,
        row=row,
        title=_("La spesa è pagata"),
        about=row.reference,
        form=PayForm(request.POST or None, initial={"paid_on": clock.today(), "seen_version": row.version}),
        do=lambda values: actions.pay_expense(by=by, expense=row, **values),
        now=lambda: _shown(row),
        done=_("Pagata."),
        back=to_expense(row),
    )


@run
def receipt(request: HttpRequest, reference: str, name: str) -> HttpResponseBase:
    """The receipt of an expense."""
    row = expenses.expense_named(request.actor, reference)
    return stream(request, attachments.named(row, name), request.GET.get("v", ""))
