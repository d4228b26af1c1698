"""When an expense of a move is claimed, approved, refused and paid."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.translation import gettext as _

from vicinia.domain.mobility.models import Expense, RehousingFile
from vicinia.domain.mobility.rules.files import say_why
from vicinia.domain.mobility.rules.moving import may_accompany
from vicinia.domain.mobility.states import EXPENSE_MOVES, ExpenseState, FileState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Verdict, all_of, no


def may_claim(
    by: Actor, file: RehousingFile, *, accompanies: bool, amount: Decimal, spent_on: dt.date
) -> Verdict:
    if file.state == FileState.CLOSED:
        return no(_("L'accompagnamento è chiuso."))
    if amount <= 0:
        return no(_("L'importo è più di zero."))
    if spent_on > clock.today():
        return no(_("La spesa non può essere nel futuro."))
    return may_accompany(by, accompanies=accompanies)


def may_approve(by: Actor, expense: Expense, *, accompanies: bool) -> Verdict:
    """From that day on there are so many days to pay it."""
    moves = EXPENSE_MOVES.may(expense.state, ExpenseState.APPROVED)
    return all_of(may_accompany(by, accompanies=accompanies), moves)


def may_refuse_expense(by: Actor, expense: Expense, reason: str, *, accompanies: bool) -> Verdict:
    moves = EXPENSE_MOVES.may(expense.state, ExpenseState.REFUSED)
    return all_of(may_accompany(by, accompanies=accompanies), moves, say_why(reason))


def may_claim_again(by: Actor, expense: Expense, *, accompanies: bool) -> Verdict:
    moves = EXPENSE_MOVES.may(expense.state, ExpenseState.CLAIMED)
    return all_of(may_accompany(by, accompanies=accompanies), moves)


def may_pay(by: Actor, expense: Expense, *, accompanies: bool, paid_on: dt.date) -> Verdict:
    if paid_on > clock.today():
        return no(_("Il giorno del pagamento non può essere nel futuro."))
    if expense.approved_on and paid_on < expense.approved_on:
        return no(_("Il pagamento non può venire prima dell'approvazione."))
    moves = EXPENSE_MOVES.may(expense.state, ExpenseState.PAID)
    return all_of(may_accompany(by, accompanies=accompanies), moves)
