"""Households: made at a door, moved, corrected; their members come and go. None of it names anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.people import events, queries, rules
from vicinia.domain.people.actions.persons import meet
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import EarlierStay, Household, HouseholdMember, Person, Relation
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Counter


@dataclass(frozen=True, slots=True)
class Stated:
    """What is told of a household while its members are not known."""

    languages: tuple[str, ...] = ()
    size: int | None = None


@transaction.atomic
def make_household(
    *,
    by: Actor,
    dwelling: Dwelling | None = None,
    area_id: int | None = None,
    since: dt.date | None = None,
    stated: Stated = Stated(),
) -> Household:
    """Keep a household under a number of its own, behind a door or, without one, in an area."""
    rules.may_keep_households(by, area_id if dwelling is None else dwelling.building.area_id).require()
    household = Household(number=Counter.next("household"), area_id=area_id)
    if dwelling is not None:
        _settle(by, household, dwelling, since)
    household.stated_languages, household.stated_size = list(stated.languages), stated.size
    household.save()
    journal.record(events.HOUSEHOLD_MADE, by=by, about=household, operator=by.name)
    return household


@transaction.atomic
def move_in(
    *,
    by: Actor,
    household: Household,
    dwelling: Dwelling,
    since: dt.date | None = None,
    seen_version: int | None = None,
) -> Household:
    """A household goes to live somewhere else; where it lived is kept."""
    household = _locked(by, household)
    household.require_version(seen_version, yours=since)
    left = household.dwelling_id is not None
    rules.may_move(by, household, since, today=clock.today()).require()
    if left:
        _keep_stay(household, since or clock.today())
    _settle(by, household, dwelling, since)
    household.save()
    journal.record(events.HOUSEHOLD_MOVED_IN, by=by, about=household, operator=by.name)
    return household


@transaction.atomic
def move_out(
    *, by: Actor, household: Household, until: dt.date | None = None, seen_version: int | None = None
) -> Household:
    """A household leaves its dwelling, which is free from then on; where it lived is kept."""
    household = _locked(by, household)
    household.require_version(seen_version, yours=until)
    rules.may_move_out(by, household, until, today=clock.today()).require()
    _keep_stay(household, until or clock.today())
    household.dwelling = household.since = None
    household.save()
    journal.record(events.HOUSEHOLD_MOVED_OUT, by=by, about=household, operator=by.name)
    return household


@transaction.atomic
def state_household(
    *, by: Actor, household: Household, stated: Stated, seen_version: int | None = None
) -> Household:
    """Put right what is told of a household whose members are not known."""
    household = _locked(by, household)
    household.require_version(seen_version, yours=stated)
    household.stated_languages, household.stated_size = list(stated.languages), stated.size
    household.save()
    journal.record(events.HOUSEHOLD_STATED, by=by, about=household, operator=by.name)
    return household


@transaction.atomic
def add_member(*, by: Actor, household: Household, person: Person, relation: str = "") -> HouseholdMember:
    """Somebody whom we know lives in this household. Who is to be spoken with takes the place of who was."""
    household = _locked(by, household)
    person = Person.objects.lock(queries.root_of(person))
    rules.may_add_member(
        person,
        elsewhere=queries.membership_of(person),
        is_known_to_police_only=queries.is_known_to_police_only(person),
    ).require()
    _make_room(household, relation)
    member = HouseholdMember.objects.create(household=household, person=person, relation=relation)
    journal.record(events.MEMBER_ADDED, by=by, about=household, operator=by.name)
    return member


@transaction.atomic
def add_newcomer(
    *, by: Actor, household: Household, details: PersonDetails, relation: str = ""
) -> HouseholdMember:
    """Somebody who lives in this household is met for the first time, or known again by telephone or e-mail."""
    return add_member(by=by, household=household, person=meet(by=by, details=details), relation=relation)


@transaction.atomic
def relate_member(*, by: Actor, member: HouseholdMember, relation: str) -> HouseholdMember:
    """Say what a member is to the person to be spoken with, or that it is this one."""
    household = _locked(by, member.household)
    member = HouseholdMember.objects.lock(member)
    if member.relation != relation:
        _make_room(household, relation)
        member.relation = relation
        member.save()
        journal.record(events.MEMBER_RELATED, by=by, about=household, operator=by.name)
    return member


@transaction.atomic
def remove_member(*, by: Actor, member: HouseholdMember) -> Household:
    """Somebody no longer lives in this household; the person and the household both stay."""
    household = _locked(by, member.household)
    HouseholdMember.objects.filter(pk=member.pk).delete()
    journal.record(events.MEMBER_REMOVED, by=by, about=household, operator=by.name)
    return household


@transaction.atomic
def erase_housed(*, by: Actor, person_ids: Collection[int]) -> int:
    """Take somebody whose data are erased out of their household, which stays as a number."""
    found = queries.members_with(person_ids)
    for member in found:
        member.delete()
        journal.record(events.MEMBER_ERASED, by=by, about=member.household)
    return len(found)


def _locked(by: Actor, household: Household) -> Household:
    """The household read again and locked, if `by` may see and keep it."""
    queries.household_numbered(by, household.number)
    locked: Household = Household.objects.lock(household)
    rules.may_keep_households(by, locked.area_id).require()
    return locked


def _settle(by: Actor, household: Household, dwelling: Dwelling, since: dt.date | None) -> None:
    """Put a household behind a door: who comes second to a door waits for the first, and is told."""
    dwelling = Dwelling.objects.lock(dwelling)
    facts = queries.housing_facts(dwelling)
    rules.may_live_in(by, facts, since, today=clock.today()).require()
    household.dwelling, household.since, household.area_id = dwelling, since, facts.area_id


def _keep_stay(household: Household, until: dt.date) -> None:
    assert household.dwelling_id is not None  # it has a dwelling to leave
    EarlierStay.objects.create(
        household=household, dwelling_id=household.dwelling_id, since=household.since, until=until
    )


def _make_room(household: Household, relation: str) -> None:
    """One is to be spoken with: who was before is from now on one of the others."""
    if relation == Relation.REFERENCE:
        before = HouseholdMember.objects.filter(household=household, relation=Relation.REFERENCE)
        before.update(relation=Relation.OTHER, updated_at=clock.now())
