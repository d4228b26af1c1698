"""Households: one behind a door, where it lived before kept, its members known by name to few and for a purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.cast import Cast
from vicinia.domain.people import actions, queries
from vicinia.domain.people.actions import Stated
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import EarlierStay, Household, HouseholdMember, Relation
from vicinia.domain.people.tests.factories import person
from vicinia.domain.territory.actions import retire_dwelling
from vicinia.domain.territory.models import Dwelling
from vicinia.domain.territory.tests.factories import DwellingFactory, StairFactory
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal.models import Entry, Sight
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def door(cast: Cast, **fields: Any) -> Dwelling:
    row: Dwelling = DwellingFactory(stair__building__area=cast.crocetta, **fields)
    return row


def settled(
    cast: Cast, dwelling: Dwelling | None = None, *, user: User | None = None, **more: Any
) -> Household:
    by = (user or cast.lucia).as_actor()
    return actions.make_household(by=by, dwelling=dwelling or door(cast), **more)


# Where it lives -----------------------------------------------------------------------------------------------------


def test_a_household_moves_and_where_it_lived_is_kept(cast: Cast) -> None:
    first, second, today, lucia = door(cast), door(cast), clock.today(), cast.lucia.as_actor()
    household = settled(cast, first, since=today - 100 * DAY)
    household = actions.move_in(
        by=lucia, household=household, dwelling=second, since=today - 10 * DAY, seen_version=1
    )
    assert (household.dwelling, household.since, household.label) == (
        second,
        today - 10 * DAY,
        f"Nucleo {household.number}",
    )
    [stay] = queries.stays_of(household)
    assert (stay.dwelling, stay.since, stay.until) == (first, today - 100 * DAY, today - 10 * DAY)
    household = actions.move_out(by=lucia, household=household)
    assert (household.dwelling, household.since, household.area) == (None, None, cast.crocetta)
    assert [each.until for each in queries.stays_of(household)] == [today, today - 10 * DAY]
    household = actions.move_in(by=lucia, household=household, dwelling=first)
    assert [(each.household, each.until) for each in queries.households_at(lucia, first)] == [
        (household, None),
        (household, today - 10 * DAY),
    ]
    moves = Entry.objects.filter(about=f"household:{household.number}").values_list("event", flat=True)
    assert list(moves.order_by("pk")) == [
        "household.made",
        "household.moved_in",
        "household.moved_out",
        "household.moved_in",
    ]


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (
            lambda by, row, there: actions.move_in(by=by, household=row, dwelling=there),
            "Qui abita già il nucleo",
        ),
        (
            lambda by, row, there: actions.make_household(by=by, dwelling=row.dwelling),
            "Qui abita già il nucleo",
        ),
        (
            lambda by, row, there: actions.move_in(
                by=by, household=row, dwelling=DwellingFactory(), since=clock.today() + DAY
            ),
            "nel futuro",
        ),
        (
            lambda by, row, there: actions.make_household(
                by=by, dwelling=DwellingFactory(), since=clock.today() + DAY
            ),
            "nel futuro",
        ),
        (
            lambda by, row, there: actions.move_out(by=by, household=row, until=clock.today() - 50 * DAY),
            "viene prima",
        ),
        (
            lambda by, row, there: actions.move_in(
                by=by, household=row, dwelling=retire_dwelling(by=by, dwelling=DwellingFactory())
            ),
            "fuori uso",
        ),
    ],
)
def test_a_move_that_cannot_be_is_refused(
    cast: Cast, act: Callable[[Any, Household, Dwelling], Any], words: str
) -> None:
    household, other = settled(cast, since=clock.today() - 10 * DAY), settled(cast)
    assert other.dwelling is not None
    with pytest.raises(Refused, match=words) as refused:
        act(cast.lucia.as_actor(), household, other.dwelling)
    assert refused.value.verdict.status == 409
    household.refresh_from_db()
    assert household.dwelling is not None and not EarlierStay.objects.exists()


def test_who_has_no_dwelling_leaves_none_and_the_slower_of_two_is_told(cast: Cast) -> None:
    lucia = cast.lucia.as_actor()
    household = actions.make_household(by=lucia, area_id=cast.crocetta.pk, stated=Stated(("ar",), 4))
    with pytest.raises(Refused, match="non ha un alloggio"):
        actions.move_out(by=lucia, household=household)
    actions.state_household(by=lucia, household=household, stated=Stated(("ar", "fr"), 5), seen_version=1)
    with pytest.raises(Conflict):
        actions.state_household(by=lucia, household=household, stated=Stated(), seen_version=1)
    household.refresh_from_db()
    assert queries.portraits([household])[household.pk] == queries.Portrait(("ar", "fr"), 5)


def test_the_database_keeps_one_household_behind_a_door(cast: Cast) -> None:
    household = settled(cast)
    member = HouseholdMember.objects.create(
        household=household, person=person("A"), relation=Relation.REFERENCE
    )
    wrong: list[Callable[[], Any]] = [
        lambda: Household.objects.create(number=90, dwelling=household.dwelling),
        lambda: Household.objects.create(number=household.number),
        lambda: Household.objects.create(number=91, since=clock.today()),
        lambda: HouseholdMember.objects.create(household=household, person=member.person),
        lambda: HouseholdMember.objects.create(
            household=household, person=person("B"), relation=Relation.REFERENCE
        ),
        lambda: EarlierStay.objects.create(
            household=household, dwelling=household.dwelling, since=clock.today(), until=clock.today() - DAY
        ),
    ]
    for make in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            make()


# Who sees it --------------------------------------------------------------------------------------------------------


def test_households_are_seen_where_people_are_seen(cast: Cast) -> None:
    household = settled(cast)
    maria = actions.add_newcomer(
        by=cast.lucia.as_actor(), household=household, details=PersonDetails(name="Maria Rossi")
    )
    sees = {user.name for user in cast.everybody if Household.objects.visible_to(user.as_actor()).exists()}
    assert sees == {cast.anna.name, cast.carla.name, cast.lucia.name}
    for user in (cast.bruno, cast.vera, cast.ada):
        by = user.as_actor()
        with pytest.raises(NotVisible):
            queries.household_numbered(by, household.number)
        with pytest.raises(NotVisible):
            queries.person_of(by, maria.person.reference)
        assert queries.households_at(by, household.dwelling) == []
    assert queries.person_of(cast.anna.as_actor(), maria.person.reference) == maria.person
    assert [row.household for row in queries.households_of_person(cast.anna.as_actor(), maria.person)] == [
        household
    ]


def test_a_household_is_kept_by_who_follows_its_area(cast: Cast) -> None:
    household, bruno = settled(cast), cast.bruno.as_actor()
    acts: list[Callable[[], Any]] = [
        lambda: actions.move_out(by=bruno, household=household),
        lambda: actions.state_household(by=bruno, household=household, stated=Stated()),
        lambda: actions.add_member(by=bruno, household=household, person=person("X")),
    ]
    for act in acts:
        with pytest.raises(NotVisible):
            act()
    for user in (cast.bruno, cast.ada):
        with pytest.raises(Refused) as refused:
            actions.make_household(by=user.as_actor(), dwelling=door(cast))
        assert refused.value.verdict.status == 403
    far = DwellingFactory(stair__building__area=cast.stazione)
    with pytest.raises(Refused, match="una zona che non segui"):
        actions.move_in(by=cast.lucia.as_actor(), household=household, dwelling=far)


# Its members --------------------------------------------------------------------------------------------------------


def test_one_member_is_spoken_with_first_and_another_may_take_the_place(cast: Cast) -> None:
    household, lucia = settled(cast), cast.lucia.as_actor()
    maria = actions.add_member(
        by=lucia, household=household, person=person("Maria"), relation=Relation.REFERENCE
    )
    ali = actions.add_newcomer(
        by=lucia, household=household, details=PersonDetails(name="Ali", language="ar")
    )
    assert [row.person.name for row in queries.members_of(household)] == ["Maria", "Ali"]
    actions.relate_member(by=lucia, member=ali, relation=Relation.REFERENCE)
    actions.relate_member(by=lucia, member=ali, relation=Relation.REFERENCE)
    assert [(row.person.name, row.relation) for row in queries.members_of(household)] == [
        ("Ali", "reference"),
        ("Maria", "other"),
    ]
    assert queries.portraits([household])[household.pk] == queries.Portrait(("ar", "it"), 2)
    actions.remove_member(by=lucia, member=maria)
    assert [row.person.name for row in queries.members_of(household)] == ["Ali"]
    assert Entry.objects.filter(event="household.member_related").count() == 1


def test_somebody_lives_in_one_household_at_a_time_also_after_a_merge(cast: Cast) -> None:
    household, other, lucia = settled(cast), settled(cast), cast.lucia.as_actor()
    maria, double, carla = person("Maria"), person("Maria"), cast.carla.as_actor()
    actions.add_member(by=lucia, household=household, person=maria)
    with pytest.raises(Refused, match="già nel nucleo"):
        actions.add_member(by=lucia, household=other, person=maria)
    actions.add_member(by=lucia, household=household, person=double)
    actions.merge(by=carla, keep=maria, gone=double)
    assert len(queries.members_of(household)) == 1
    assert queries.portraits([household])[household.pk].size == 1
    with pytest.raises(Refused, match="già nel nucleo"):
        actions.add_member(by=lucia, household=other, person=double)
    actions.erase(by=carla, person=maria)
    with pytest.raises(Refused, match="cancellati"):
        actions.add_member(by=lucia, household=other, person=maria)


def test_erasing_somebody_leaves_the_household_as_a_number(cast: Cast) -> None:
    household, lucia, carla = (
        settled(cast, stated=Stated(("ur",), 3)),
        cast.lucia.as_actor(),
        cast.carla.as_actor(),
    )
    maria = actions.add_newcomer(
        by=lucia, household=household, details=PersonDetails(name="Maria Rossi"), relation=Relation.REFERENCE
    ).person
    copy = actions.export(by=carla, person=maria)["households"]
    assert copy == [
        {
            "nucleo": household.label,
            "legame": "persona di riferimento",
            "alloggio": household.dwelling.where if household.dwelling else "",
            "ci abita dal": "",
            "alloggi di prima": [],
            "persone nel nucleo": 3,
        }
    ]
    assert actions.erase(by=carla, person=maria) >= 1
    household.refresh_from_db()
    assert queries.members_of(household) == [] and household.dwelling is not None
    assert queries.portraits([household])[household.pk].languages == ("ur",)
    assert actions.erase_housed(by=carla, person_ids=[maria.pk]) == 0


def test_the_copy_tells_where_somebody_lived_before(cast: Cast) -> None:
    today = clock.today()
    household = settled(cast, since=today - 10 * DAY)
    before = household.dwelling
    maria = person("Maria")
    actions.add_member(by=cast.lucia.as_actor(), household=household, person=maria)
    actions.move_out(by=cast.lucia.as_actor(), household=household)
    [row] = queries.copy_of_household(maria.pk)
    assert before is not None and row["alloggio"] == ""
    assert row["alloggi di prima"] == [f"{before.where} ({today - 10 * DAY} – {today})"]


def test_names_are_shown_for_a_purpose_and_each_is_written_down(cast: Cast) -> None:
    household, lucia = settled(cast), cast.lucia.as_actor()
    for name in ("Maria Rossi", "Ali Khan"):
        actions.add_member(by=lucia, household=household, person=person(name))
    shown = queries.reveal_members(lucia, household, "porto un avviso a mano")
    assert [revealed.name for _row, revealed in shown] == ["Maria Rossi", "Ali Khan"]
    assert Sight.objects.filter(purpose="porto un avviso a mano").count() == 2
    with pytest.raises(Refused):
        queries.reveal_members(lucia, household, "")


# In numbers ---------------------------------------------------------------------------------------------------------


def test_languages_by_stair_count_households_and_name_nobody(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    lucia, stair, empty = cast.lucia.as_actor(), StairFactory(building__area=cast.crocetta), StairFactory()
    for stated in (("ar",), ("ar", "fr"), (), ("it",)):
        settled(cast, DwellingFactory(stair=stair), stated=Stated(stated))
    known = settled(cast, DwellingFactory(stair=stair), stated=Stated(("it",)))
    actions.add_newcomer(by=lucia, household=known, details=PersonDetails(name="Ana", language="ro"))
    with django_assert_num_queries(4):
        counted = queries.languages_by_stair([stair, empty])
    assert counted == {stair.pk: {"ar": 2, "fr": 1, "it": 1, "ro": 1}, empty.pk: {}}
    count = queries.count_of_building(lucia, stair.building)
    assert (count.doors, count.households, count.languages) == (5, 5, counted[stair.pk])
    assert queries.count_of_building(cast.bruno.as_actor(), stair.building).households == 0


def test_the_doors_of_a_stair_show_who_is_known_and_who_is_not(cast: Cast) -> None:
    lucia, stair = cast.lucia.as_actor(), StairFactory(building__area=cast.crocetta)
    lived, free, gone, left = (DwellingFactory(stair=stair, floor=n) for n in range(4))
    household = settled(cast, lived)
    settled(cast, gone)
    for dwelling in (gone, left):
        retire_dwelling(by=lucia, dwelling=dwelling)
    lines = queries.doors_of_stair(lucia, stair)
    assert [line.dwelling for line in lines] == [lived, free, gone]
    assert (lines[0].household, lines[1].household) == (household, None)
    assert [line.household for line in queries.doors_of_stair(cast.bruno.as_actor(), stair)] == [None, None]


def test_the_list_is_narrowed_by_area_and_by_having_a_dwelling(cast: Cast) -> None:
    lucia = cast.lucia.as_actor()
    housed, homeless = settled(cast), actions.make_household(by=lucia, area_id=cast.crocetta.pk)
    assert list(queries.households(lucia, is_housed=True)) == [housed]
    assert list(queries.households(lucia, is_housed=False, area_id=cast.crocetta.pk)) == [homeless]
    assert list(queries.households(lucia, area_id=cast.stazione.pk)) == []
    assert queries.households(lucia).count() == 2 and str(housed) == housed.label
