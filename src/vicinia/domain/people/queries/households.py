"""Households: who lives behind which door, in numbers and languages; names only through `reveal`."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext

from vicinia.domain.people.models import EarlierStay, Household, HouseholdMember, HouseholdRows, Person
from vicinia.domain.people.queries.persons import RevealedPerson, ids_of, reveal, root_of, roots_of
from vicinia.domain.people.rules import HousingFacts
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor

Languages = dict[str, int]
"""How many households speak each language, by its code."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """What a household is like without saying who it is. `size` is None when nobody knows."""

    languages: tuple[str, ...]
    size: int | None


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A door with the household behind it, None when nobody is known there."""

    dwelling: Dwelling
    household: Household | None
    portrait: Portrait | None


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to when a household lived somewhere; `until` is None while it does."""

    household: Household
    dwelling: Dwelling
    since: dt.date | None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class BuildingCount:
    """How many doors of a building there are, behind how many a household is known, and what they speak."""

    doors: int
    households: int
    languages: Languages


# Households ---------------------------------------------------------------------------------------------------------


def households(
    by: Actor, *, area_id: int | None = None, is_housed: bool | None = None
) -> QuerySet[Household]:
    """The households that `by` may see, of one area or of all, with or without a dwelling."""
    rows = Household.objects.visible_to(by).select_related("dwelling__stair", "dwelling__building")
    if area_id is not None:
        rows = rows.filter(area_id=area_id)
    return rows if is_housed is None else rows.filter(dwelling__isnull=not is_housed)


def household_numbered(by: Actor, number: int) -> Household:
    """One household by its number, or 404."""
    rows: HouseholdRows = Household.objects.visible_to(by)
    found: Household = rows.select_related("dwelling__stair", "dwelling__building", "area").one(number=number)
    return found


def households_at(by: Actor, dwelling: Dwelling) -> list[Stay]:
    """Who lives in a dwelling and who lived there before, the latest first. Two queries."""
    visible = Household.objects.visible_to(by)
    now = [Stay(row, dwelling, row.since) for row in visible.filter(dwelling=dwelling)]
    before = EarlierStay.objects.filter(dwelling=dwelling, household__in=visible.order_by().values("pk"))
    earlier = before.select_related("household").order_by("-until", "-id")
    return now + [Stay(row.household, dwelling, row.since, row.until) for row in earlier]


def stays_of(household: Household) -> list[Stay]:
    """Where a household lived before, the latest first."""
    rows = EarlierStay.objects.filter(household=household).select_related(
        "dwelling__stair", "dwelling__building"
    )
    return [Stay(household, row.dwelling, row.since, row.until) for row in rows]


def housing_facts(dwelling: Dwelling) -> HousingFacts:
    """What the rules want to know of a dwelling before somebody moves in."""
    living = Household.objects.filter(dwelling=dwelling).values_list("number", flat=True).first()
    return HousingFacts(dwelling.is_retired, living, dwelling.building.area_id)


# Members ------------------------------------------------------------------------------------------------------------


def members_of(household: Household) -> list[HouseholdMember]:
    """The members with their persons, who is to be spoken with first. Somebody whose double was merged is there once."""
    rows = HouseholdMember.objects.filter(household=household).select_related("person__merged_into")
    once: dict[int, HouseholdMember] = {}
    for row in sorted(rows, key=lambda row: (not row.is_reference, row.pk)):
        row.person = root_of(row.person)
        once.setdefault(row.person_id, row)
    return list(once.values())


def member_of(household: Household, pk: int) -> HouseholdMember:
    """One member of a household, or 404."""
    found: HouseholdMember = HouseholdMember.objects.select_related("person").one(household=household, pk=pk)
    return found


def membership_of(person: Person) -> HouseholdMember | None:
    """The membership of a person, over every row merged into them."""
    rows = HouseholdMember.objects.filter(person_id__in=ids_of(root_of(person)))
    return rows.select_related("household").order_by("id").first()


def is_known_to_police_only(person: Person) -> bool:
    """Whether all that we hold of somebody was collected for police purposes (D.Lgs. 51/2018)."""
    among = ids_of(root_of(person))
    others = frozenset(Capability) - {Capability.MANAGE_PEOPLE, Capability.SEE_POLICE_CASES}
    with_police, without = (
        Actor.job("households", others | more) for more in ({Capability.SEE_POLICE_CASES}, frozenset[str]())
    )
    people = Person.objects
    return (
        people.visible_to(with_police, among=among).exists()
        and not people.visible_to(without, among=among).exists()
    )


def households_of_person(by: Actor, person: Person) -> list[HouseholdMember]:
    """The memberships of a person in households that `by` may see."""
    visible = Household.objects.visible_to(by).order_by().values("pk")
    rows = HouseholdMember.objects.filter(person_id__in=ids_of(person), household__in=visible)
    return list(rows.select_related("household__dwelling__stair", "household__dwelling__building"))


def reveal_members(
    by: Actor, household: Household, purpose: str
) -> list[tuple[HouseholdMember, RevealedPerson]]:
    """Who the members are, for a purpose: one line of the access log for each."""
    return [(row, reveal(by, row.person, purpose)) for row in members_of(household)]


def portraits(households: Iterable[Household]) -> dict[int, Portrait]:
    """The languages and the size of each household: those of its members, or what was stated while nobody is known.

    Three queries, one more for each merge of a merge.
    """
    found = list(households)
    pairs = HouseholdMember.objects.filter(household__in=[row.pk for row in found]).order_by()
    members = list(pairs.values_list("household_id", "person_id"))
    roots = roots_of({person for _household, person in members})
    spoken = dict(Person.objects.filter(pk__in=set(roots.values())).values_list("pk", "language"))
    living: dict[int, set[int]] = defaultdict(set)
    for household, person in members:
        living[household].add(roots[person])
    return {row.pk: _portrait(row, [spoken[pk] for pk in living[row.pk]]) for row in found}


def _portrait(household: Household, spoken: list[str]) -> Portrait:
    size = max(len(spoken), household.stated_size or 0) or None
    return Portrait(tuple(sorted(set(spoken or household.stated_languages))), size)


# Buildings and stairs -----------------------------------------------------------------------------------------------


def languages_by_stair(stairs: Iterable[Stair]) -> dict[int, Languages]:
    """How many households speak which language on each stair, by its id: for what is to be printed. Nobody is named."""
    ids = [stair.pk for stair in stairs]
    rows = list(Household.objects.filter(dwelling__stair__in=ids).select_related("dwelling"))
    drawn = portraits(rows)
    counted: dict[int, Counter[str]] = {pk: Counter() for pk in ids}
    for row in rows:
        assert row.dwelling is not None  # they were asked for by their stair
        counted[row.dwelling.stair_id].update(drawn[row.pk].languages)
    return {pk: dict(languages.most_common()) for pk, languages in counted.items()}


def doors_of_stair(by: Actor, stair: Stair) -> list[DoorLine]:
    """Every door of a stair with the household behind it; a door out of use is there while somebody lives behind it."""
    doors = territory.doors_by_stair([stair], retired=True)[stair.pk]
    rows = list(Household.objects.visible_to(by).filter(dwelling__stair=stair))
    drawn = portraits(rows)
    living = {row.dwelling_id: row for row in rows}
    lines = [
        DoorLine(door, row, drawn[row.pk] if row else None) for door in doors for row in [living.get(door.pk)]
    ]
    return [line for line in lines if line.household or not line.dwelling.is_retired]


def count_of_building(by: Actor, building: Building) -> BuildingCount:
    """The households of a building that `by` may see, as a number of doors and of languages."""
    rows = list(Household.objects.visible_to(by).filter(dwelling__building=building))
    languages = Counter(code for portrait in portraits(rows).values() for code in portrait.languages)
    doors = territory.sizes_of([building])[building.pk].dwellings
    return BuildingCount(doors, len(rows), dict(languages.most_common()))


# What is held of a person -------------------------------------------------------------------------------------------


def visible_housed(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of persons who live in households that `by` may see."""
    visible = Household.objects.visible_to(by).order_by().values("pk")
    rows = HouseholdMember.objects.filter(household__in=visible)
    return (rows if among is None else rows.filter(person_id__in=among)).order_by().values("person_id")


def copy_of_household(person_id: int) -> list[dict[str, Any]]:
    """With whom and where a person lives, for the copy that they may ask for. The others are only counted."""
    rows = HouseholdMember.objects.filter(person_id=person_id).select_related("household")
    return [_copied(row) for row in rows]


def _copied(row: HouseholdMember) -> dict[str, Any]:
    household = row.household
    dwelling = household.dwelling
    return {
        gettext("nucleo"): household.label,
        gettext("legame"): row.get_relation_display(),
        gettext("alloggio"): dwelling.where if dwelling else "",
        gettext("ci abita dal"): household.since.isoformat() if household.since else "",
        gettext("alloggi di prima"): [
            f"{stay.dwelling.where} ({stay.since or '…'} – {stay.until})" for stay in stays_of(household)
        ],
        gettext("persone nel nucleo"): portraits([household])[household.pk].size,
    }


def members_with(person_ids: Collection[int]) -> list[HouseholdMember]:
    """The memberships of some rows of persons, to be taken away with them."""
    return list(HouseholdMember.objects.filter(person_id__in=person_ids).select_related("household"))
