"""Computing an alert again from the counts that its run kept."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.foresight import events, queries, rules
from vicinia.domain.foresight.engine import Signal
from vicinia.domain.foresight.models import Alert, Recomputation
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def ask_to_recompute(*, by: Actor, alert: Alert) -> Recomputation:
    """Ask that an alert be computed again from the counts that were frozen. Asked twice at once, it is done once."""
    alert = queries.alert_to_change(by, alert)
    rules.may_recompute(by).require()
    row, made = Recomputation.objects.get_or_create(
        alert=alert, ended_at=None, defaults={"asked_by": by.name}
    )
    if made:
        journal.record(events.RECOMPUTE_ASKED, by=by, about=alert)
    return row


@transaction.atomic
def keep_recomputed(*, by: Actor, row: Recomputation, same: Signal | None, engine: str) -> Recomputation:
    """Keep what came out when an alert was computed again; None if nothing was found where it is."""
    row = Recomputation.objects.select_for_update().select_related("alert").get(pk=row.pk)
    row.is_same = same is not None and rules.is_identical(row.alert, same)
    row.engine, row.ended_at = engine[:60], clock.now()
    if same is not None:
        row.observed, row.expected, row.recurrence_days = same.observed, same.expected, same.recurrence_days
    row.save()
    event = events.RECOMPUTED_SAME if row.is_same else events.RECOMPUTED_OTHER
    journal.record(event, by=by, about=row.alert)
    return row
