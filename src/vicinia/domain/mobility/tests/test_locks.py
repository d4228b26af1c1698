"""Who is fixed in a dwelling by hand, and what stands against it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from vicinia.domain.mobility import actions, queries
from vicinia.domain.mobility.actions import NewLock
from vicinia.domain.mobility.models import Lock, Refusal
from vicinia.domain.mobility.tests.factories import court
from vicinia.domain.people.models import Household
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db
APRIL, JUNE = dt.date(2027, 4, 1), dt.date(2027, 6, 1)


@pytest.fixture
def lock(estate, lucia):
    """Lucia fixes the first household in the first spare flat, from April to June, or as it is said otherwise."""

    def made(**other: Any) -> Lock:
        new = {"dwelling": estate.spare[0], "from_month": APRIL, "to_month": JUNE, "reason": "Per la nonna."}
        by, file = other.pop("by", lucia), other.pop("file", estate.files[0])
        return actions.lock_household(by=by, file=file, new=NewLock(**(new | other)))

    return made


def test_a_lock_begins_with_its_month_and_the_journal_keeps_no_reason(lock, estate):
    row = lock(from_month=dt.date(2027, 4, 20), to_month=None)
    assert (row.from_month, row.to_month) == (APRIL, None)
    entry = Entry.objects.get(event="mobility.locked")
    assert entry.facts == {"number": 101, "month": "04/2027"}


def test_a_lock_needs_who_may_a_reason_and_an_open_relocation(lock, anna, estate):
    with pytest.raises(Refused) as refused:
        lock(by=anna)
    assert refused.value.verdict.status == 403
    with pytest.raises(Refused, match="motivo"):
        lock(reason=" ")
    estate.relocation.closed_on = clock.today()
    estate.relocation.save()
    estate.files[0].refresh_from_db()
    with pytest.raises(Refused, match="chiusa"):
        lock(file=estate.relocation.files.get(household__number=101))


def test_months_must_fit_and_be_to_come(lock):
    with pytest.raises(Refused, match="prima di cominciare"):
        lock(to_month=dt.date(2027, 3, 1))
    with pytest.raises(Refused, match="mese prossimo"):
        lock(from_month=dt.date(2027, 1, 1))


def test_what_was_decided_already_is_not_decided_twice(lock):
    lock()
    with pytest.raises(Refused, match="già un vincolo"):
        lock(dwelling=None, from_month=JUNE)
    assert lock(dwelling=None, from_month=dt.date(2027, 7, 1), to_month=None).dwelling is None


def test_a_dwelling_must_be_there_free_and_suit(lock, estate):
    with pytest.raises(Refused, match="non fa parte"):
        lock(dwelling=court("X", doors=1)[0])
    with pytest.raises(Refused, match="settembre 2027"):
        lock(dwelling=estate.doors[2], to_month=dt.date(2027, 10, 1))
    lock(file=estate.files[1])
    with pytest.raises(Refused, match="già di N\\. 102"):
        lock(from_month=JUNE, to_month=None)
    Household.objects.create(number=900, dwelling=estate.spare[1])
    with pytest.raises(Refused, match="senza scheda"):
        lock(dwelling=estate.spare[1])
    Refusal.objects.create(file=estate.files[0], dwelling=estate.doors[1], reason="steps", by_name="Anna")
    with pytest.raises(Refused, match="rifiutato"):
        lock(dwelling=estate.doors[1], from_month=dt.date(2027, 9, 1), to_month=None)


def test_ones_own_home_always_suits(lock, estate):
    estate.files[0].size = 3
    estate.files[0].save()
    with pytest.raises(Refused, match="non è adeguato"):
        lock()
    assert lock(dwelling=estate.doors[0], from_month=dt.date(2027, 9, 1), to_month=None)


def test_a_lock_is_lifted_once(lock, estate, lucia, anna):
    row = lock()
    with pytest.raises(Refused):
        actions.lift_lock(by=anna, lock=row)
    actions.lift_lock(by=lucia, lock=row)
    with pytest.raises(Refused, match="già tolto"):
        actions.lift_lock(by=lucia, lock=row)
    assert not queries.locks(lucia, estate.relocation).exists()
    assert not queries.locks(anna, estate.relocation).exists()
