"""Forgetting what offers, accords, removals, expenses and messages say of a household; that they were stays counted."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction

from vicinia.domain.mobility import events
from vicinia.domain.mobility.models import (
    Accord,
    Expense,
    FamilyMessage,
    Offer,
    OfferMove,
    RehousingFile,
    Removal,
    RemovalStep,
)
from vicinia.domain.mobility.queries import family
from vicinia.foundation.accounts.actions import revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications

ERASED = "…"


@transaction.atomic
def erase_moving(*, by: Actor, file_ids: Collection[int]) -> int:
    """Take the words out of all that became of some files, with papers, links and messages. How many rows."""
    files = list(RehousingFile.objects.filter(pk__in=list(file_ids)).select_related("household"))
    for file in files:
        revoke_links(by=by, purpose=LinkPurpose.REHOUSING, about=family.link_about(file))
    among = {"file__in": [file.pk for file in files]}
    cleared = _offers(by, among) + _accords(by, among) + _removals(among) + _expenses(by, among)
    cleared += _messages(by, among)
    for file in files:
        journal.record(events.MOVING_ERASED, by=by, about=file)
    return cleared


def _offers(by: Actor, among: dict[str, list[int]]) -> int:
    rows = list(Offer.objects.select_for_update().filter(**among))
    for row in rows:
        row.words = row.witness = row.refusal_words = ""
        row.save()
        notifications.forget(by=by, about=row)
    OfferMove.objects.filter(row__in=rows).exclude(reason="").update(reason=ERASED)
    return len(rows)


def _accords(by: Actor, among: dict[str, list[int]]) -> int:
    rows = list(Accord.objects.select_for_update().filter(**among))
    for row in rows:
        row.promises = row.signed_by = ""
        row.end_reason, row.scan = row.end_reason and ERASED, None
        row.save()
        attachments.erase_of(by=by, about=row)
    return len(rows)


def _removals(among: dict[str, list[int]]) -> int:
    rows = list(Removal.objects.select_for_update().filter(**among))
    for row in rows:
        row.end_reason = row.end_reason and ERASED
        row.save()
    for step in RemovalStep.objects.select_for_update().filter(removal__in=rows):
        step.note = ""
        step.save()
    return len(rows)


def _expenses(by: Actor, among: dict[str, list[int]]) -> int:
    rows = list(Expense.objects.select_for_update().filter(**among))
    for row in rows:
        row.words, row.refusal, row.receipt = "", row.refusal and ERASED, None
        row.save()
        attachments.erase_of(by=by, about=row)
    return len(rows)


def _messages(by: Actor, among: dict[str, list[int]]) -> int:
    rows = list(FamilyMessage.objects.select_for_update().filter(**among))
    for row in rows:
        row.words = ERASED
        row.save()
        notifications.forget(by=by, about=row)
    return len(rows)
