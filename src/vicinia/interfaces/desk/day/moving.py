"""What households that move ask for today, of who accompanies them. No name, no word of theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.mobility.models import Accord, Expense, FamilyMessage, Offer, Removal, RemovalStep
from vicinia.domain.mobility.queries import expenses, family, moving, offers
from vicinia.domain.mobility.states import ExpenseState, OfferState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.desk.day.item import Do, Item

WEEK = dt.timedelta(days=7)


def items(by: Actor, today: dt.date, most: int) -> Iterator[Item]:
    """What waits of the households that `by` accompanies. One query for who accompanies none, six more for the others."""
    if not by.can(Capability.RUN_MOBILITY) or not moving.accompanied_ids(by):
        return
    soon = today + WEEK
    yield from map(message, family.unread_messages(by)[:most])
    yield from map(offer, offers.offers_due(by, today)[:most])
    yield from map(accord, moving.accords_to_sign(by)[:most])
    yield from map(removal, moving.removals_due(by, soon)[:most])
    yield from map(step, moving.steps_due(by, today)[:most])
    yield from map(expense, expenses.expenses_due(by, today)[:most])


def _item(what: str, why: str, url: str, due_on: dt.date | None, kind: str = "deadline") -> Item:
    return Item(what, why, url, due_on, (Do(_("Apri"), url, is_main=True),), kind)


def message(row: FamilyMessage) -> Item:
    """A household has written from its page."""
    url = reverse("rehousing_messages", args=[row.file.reference])
    return _item(_("Ha scritto una famiglia"), row.file.household.label, url, None, "answer")


def offer(row: Offer) -> Item:
    """An offer that is to be answered by today, or that nobody answered."""
    words = (
        _("Offerta senza risposta") if row.state == OfferState.UNANSWERED else _("Offerta: oggi la risposta")
    )
    url = reverse("rehousing_offer", args=[row.reference])
    return _item(words, f"{row.file.household.label}, {row.reference}", url, row.due_on)


def accord(row: Accord) -> Item:
    """An accord that waits for a signature."""
    url = reverse("rehousing_accord", args=[row.reference])
    return _item(_("Accordo da firmare"), f"{row.file.household.label}, {row.reference}", url, None)


def removal(row: Removal) -> Item:
    """A removal of this week, or one of which nobody has said that it was done."""
    url = reverse("rehousing_removal", args=[row.reference])
    return _item(_("Trasloco"), f"{row.file.household.label}, {row.reference}", url, row.day)


def step(row: RemovalStep) -> Item:
    """Something to be done for a removal."""
    url = reverse("rehousing_removal", args=[row.removal.reference])
    words = _("Per il trasloco: %(step)s") % {"step": row.get_kind_display()}
    return _item(words, row.removal.file.household.label, url, row.due_on)


def expense(row: Expense) -> Item:
    """An expense to approve, or one that should be paid by now."""
    is_claimed = row.state == ExpenseState.CLAIMED
    words = _("Spesa da approvare") if is_claimed else _("Spesa da pagare")
    url = reverse("rehousing_expense", args=[row.reference])
    due_on = None if is_claimed else row.pay_by
    return _item(words, f"{row.file.household.label}, {row.reference}", url, due_on)
