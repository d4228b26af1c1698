"""What a household spends for a move: claimed with its receipt, approved, paid in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.mobility import events, queries, rules
from vicinia.domain.mobility.models import Expense, RehousingFile, Removal
from vicinia.domain.mobility.queries import expenses
from vicinia.domain.mobility.states import ExpenseState
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.kernel.turns import wait_turn


@dataclass(frozen=True)
class NewExpense:
    """What was spent, when and for what. `once` is the token of the page: twice is one."""

    kind: str
    amount: Decimal
    spent_on: dt.date
    once: str
    words: str = ""
    removal: Removal | None = None
    files: Sequence[UploadedFile[Any]] = ()


@transaction.atomic
def claim_expense(*, by: Actor, file: RehousingFile, new: NewExpense) -> Expense:
    """Write down what a household has spent, with the receipt."""
    file = queries.locked_file(file)
    accompanies = queries.is_companion(by, file)
    rules.may_claim(by, file, accompanies=accompanies, amount=new.amount, spent_on=new.spent_on).require()
    wait_turn(f"expense {new.once}")
    if (there := expenses.expense_once(new.once)) is not None:
        return there

    row = Expense.objects.create(
        reference=f"SM{next_reference('rehousing-expense')}",
        file=file,
        removal=new.removal,
        kind=new.kind,
        amount=new.amount,
        spent_on=new.spent_on,
        words=new.words.strip(),
        once=new.once,
    )
    _attach(by, row, new.files)

    journal.record(events.EXPENSE_CLAIMED, by=by, about=row)
    return row


def _attach(by: Actor, row: Expense, files: Sequence[UploadedFile[Any]]) -> None:
    kept = [attachments.attach(by=by, about=row, file=file) for file in files]
    if kept:
        row.receipt = kept[-1]
        row.save()


@transaction.atomic
def approve_expense(*, by: Actor, expense: Expense, seen_version: int | None = None) -> Expense:
    """It is to be paid: the days to pay it begin."""
    row = expenses.locked_expense(expense).require_version(seen_version)
    rules.may_approve(by, row, accompanies=queries.is_companion(by, row.file)).require()

    today = clock.today()
    _enter(by, row, ExpenseState.APPROVED, approved_on=today, pay_by=row.pay_by_for(today))
    return row


@transaction.atomic
def refuse_expense(*, by: Actor, expense: Expense, reason: str, seen_version: int | None = None) -> Expense:
    """It is not paid; the household is told why, and may claim it again."""
    row = expenses.locked_expense(expense).require_version(seen_version, yours=reason)
    rules.may_refuse_expense(by, row, reason, accompanies=queries.is_companion(by, row.file)).require()

    _enter(by, row, ExpenseState.REFUSED, refusal=reason.strip())
    return row


@transaction.atomic
def claim_again(
    *,
    by: Actor,
    expense: Expense,
    words: str = "",
    files: Sequence[UploadedFile[Any]] = (),
    seen_version: int | None = None,
) -> Expense:
    """What was missing has come: it is looked at again."""
    row = expenses.locked_expense(expense).require_version(seen_version, yours=words)
    rules.may_claim_again(by, row, accompanies=queries.is_companion(by, row.file)).require()

    more = {"words": words.strip() or row.words, "claimed_on": clock.today(), "refusal": ""}
    _enter(by, row, ExpenseState.CLAIMED, **more)
    _attach(by, row, files)
    return row


@transaction.atomic
def pay_expense(*, by: Actor, expense: Expense, paid_on: dt.date, seen_version: int | None = None) -> Expense:
    """It was paid."""
    row = expenses.locked_expense(expense).require_version(seen_version, yours=paid_on)
    rules.may_pay(by, row, accompanies=queries.is_companion(by, row.file), paid_on=paid_on).require()

    _enter(by, row, ExpenseState.PAID, paid_on=paid_on)
    return row


def _enter(by: Actor, row: Expense, state: ExpenseState, **changes: Any) -> None:
    row.enter(state, by=by, state_since=clock.now(), **changes)
    label = journal.kept(state.label)
    journal.record(events.EXPENSE_ENTERED, by=by, about=row, state=label)
