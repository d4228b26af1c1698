"""Expenses of moves: late ones first and sums."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.models import Case, Count, IntegerField, Q, Sum, Value, When

from vicinia.domain.mobility.models import (
    Expense,
    ExpenseRows,
    RehousingFile,
)
from vicinia.domain.mobility.states import ExpenseState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def expenses(by: Actor) -> ExpenseRows:
    """The expenses of the households that `by` accompanies."""
    rows: ExpenseRows = Expense.objects.visible_to(by)
    return rows


def in_expense_lines(rows: ExpenseRows) -> ExpenseRows:
    """With what a line shows. One query."""
    found: ExpenseRows = rows.select_related("file__household", "file__relocation", "removal", "receipt")
    return found


def late_first(rows: ExpenseRows) -> ExpenseRows:
    """Those that should be paid by now, then those to approve, to pay, and the others."""
    today = clock.today()
    order = Case(
        When(state=ExpenseState.APPROVED, pay_by__lt=today, then=Value(0)),
        When(state=ExpenseState.CLAIMED, then=Value(1)),
        When(state=ExpenseState.APPROVED, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found: ExpenseRows = in_expense_lines(rows).order_by(order, "pay_by", "-id")
    return found


def expense_named(by: Actor, reference: str) -> Expense:
    """The expense of this reference (404 if its household is not accompanied)."""
    row: Expense = in_expense_lines(expenses(by)).one(reference=reference)
    return row


def expense_once(once: str) -> Expense | None:
    """The expense that was claimed with this token of a page, if it was."""
    found: Expense | None = Expense.objects.filter(once=once).first()
    return found


def locked_expense(expense: Expense) -> Expense:
    rows = in_expense_lines(Expense.objects.select_for_update(of=("self",)))
    row: Expense = rows.get(pk=expense.pk)
    return row


def expenses_of(file: RehousingFile) -> list[Expense]:
    """The expenses of a file, late ones first."""
    return list(late_first(Expense.objects.filter(file=file)))


def expenses_due(by: Actor, until: dt.date) -> ExpenseRows:
    """What waits for an approval, and what is to be paid by a day."""
    waits = Q(state=ExpenseState.CLAIMED) | Q(state=ExpenseState.APPROVED, pay_by__lte=until)
    return late_first(expenses(by).filter(waits))


def sums_of(rows: ExpenseRows) -> dict[str, Decimal]:
    """How much is claimed, approved and paid, by state. One query."""
    found = rows.order_by().values_list("state").annotate(sum=Sum("amount"), n=Count("pk"))
    sums = {state: amount for state, amount, _n in found}
    return {state: sums.get(state, Decimal(0)) for state in ExpenseState.values}
