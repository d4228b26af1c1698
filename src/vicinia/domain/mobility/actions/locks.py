"""Somebody decides by hand that a household lives in a dwelling from one month to another; every plan keeps it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.mobility import events, queries, rules
from vicinia.domain.mobility.models import Lock, RehousingFile
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.turns import wait_turn


@dataclass(frozen=True, slots=True)
class NewLock:
    """Where a household is to live (None: outside) and in which months; `to_month` None: that month only."""

    dwelling: Dwelling | None
    from_month: dt.date
    to_month: dt.date | None
    reason: str


@transaction.atomic
def lock_household(*, by: Actor, file: RehousingFile, new: NewLock) -> Lock:
    """Lock a household. Refused at once where the dwelling can't be lived in or is somebody else's in those months."""
    wait_turn(f"mobility.lock:{file.relocation_id}")
    first = new.from_month.replace(day=1)
    last = new.to_month.replace(day=1) if new.to_month else None
    facts = queries.lock_facts(file, new.dwelling, first, last or first)
    rules.may_lock(by, file.relocation, facts, new.reason).require()

    row = Lock.objects.create(
        file=file,
        dwelling=new.dwelling,
        from_month=first,
        to_month=last,
        reason=new.reason.strip(),
        by_ref=by.ref,
        by_name=by.name,
    )
    journal.record(
        events.LOCKED, by=by, about=file.relocation, number=file.household.number, month=f"{first:%m/%Y}"
    )
    return row


@transaction.atomic
def lift_lock(*, by: Actor, lock: Lock) -> Lock:
    """Let the next plan decide again."""
    row: Lock = Lock.objects.lock(lock)
    rules.may_lift(by, row).require()
    row.lifted_at = clock.now()
    row.save()
    journal.record(events.LOCK_LIFTED, by=by, about=lock.file.relocation, number=lock.file.household.number)
    return row
