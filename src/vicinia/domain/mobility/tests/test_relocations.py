"""Relocations, their dwellings and the rule of adequacy: what is done, by whom, and what is refused."""

from __future__ import annotations

import pytest

from vicinia.domain.mobility import actions, queries
from vicinia.domain.mobility.actions import NewSpell, RelocationPlan, TableCard
from vicinia.domain.mobility.models import (
    AdequacyTable,
    Lock,
    MobilityPlan,
    Offer,
    Relocation,
    Spell,
    Stay,
    Unit,
)
from vicinia.domain.mobility.tests.factories import (
    DAY,
    a_lot,
    a_relocation,
    an_own_file,
    counted_file,
    court,
    works,
)
from vicinia.domain.territory.models import Dwelling, Stair
from vicinia.domain.worksites.models import Worksite
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused

pytestmark = pytest.mark.django_db
CARD = TableCard("Regione", "l.r. 1", ((1, 28, 0.15), (2, 40, 0.1)), people_per_room=2, rooms_at_most=5)


def refused(words: str):
    return pytest.raises(Refused, match=words)


# The rule of adequacy ---------------------------------------------------------------------------------------------


def test_the_known_tables_are_taken_in_once_by_who_coordinates(carla, lucia):
    with refused("chi coordina"):
        actions.take_in_tables(by=lucia)
    assert actions.take_in_tables(by=carla) == 2
    assert actions.take_in_tables(by=carla) == 0
    lazio, valley = AdequacyTable.objects.order_by("code")
    assert [valley.least_area(people) for people in (1, 2, 3, 6, 9)] == [23.8, 34.0, 54.0, 85.5, 85.5]
    assert [valley.least_rooms(people) for people in (1, 2, 3, 9, 12)] == [1, 1, 2, 5, 5]
    assert (lazio.least_area(4), lazio.least_rooms(7)) == (35.0, 1)
    assert "art. 2" in valley.source


def test_by_its_own_rule_a_dwelling_of_the_region_holds_as_many_as_the_table_says(carla):
    actions.take_in_tables(by=carla)
    lazio = AdequacyTable.objects.get(code__startswith="lazio")
    for metres in range(9, 90):
        most = int((metres * 0.8 / 14) * 2 + 1e-9)
        held = max(people for people in range(1, 11) if lazio.least_area(people) <= metres)
        assert held == min(most, 10)


def test_a_table_in_use_is_not_changed_but_copied(carla, relocation):
    table = actions.make_table(by=carla, card=CARD)
    better = TableCard("Regione", "l.r. 2", ((1, 30, 0),))
    changed = actions.change_table(by=carla, table=table, card=better, seen_version=1)
    assert (changed.source, changed.least_area(3)) == ("l.r. 2", 30)
    with pytest.raises(Conflict):
        actions.change_table(by=carla, table=table, card=better, seen_version=1)
    with refused("È usata"):
        actions.change_table(by=carla, table=relocation.adequacy, card=better, seen_version=None)
    retired = actions.retire_table(by=carla, table=table)
    assert retired.retired_on == clock.today()
    with refused("non è più in uso"):
        actions.retire_table(by=carla, table=table)
    with refused("non è più in uso"):
        actions.change_table(by=carla, table=table, card=better, seen_version=None)


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((), "senza saltare"),
        (((2, 28, 0),), "senza saltare"),
        (((1, 0, 0),), "più di zero"),
        (((1, 28, 1),), "più di zero"),
        (((1, 28, 0), (2, 20, 0)), "non possono essere meno"),
    ],
)
def test_a_table_makes_sense(carla, sizes, words):
    with refused(words):
        actions.make_table(by=carla, card=TableCard("x", "y", sizes))


# Relocations ------------------------------------------------------------------------------------------------------


def a_plan(category, table, **more) -> RelocationPlan:
    return RelocationPlan(name="Corti", adequacy=table, category=category, **more)


def test_a_relocation_is_made_and_changed_by_who_makes_the_plan(lucia, anna, carla, category):
    table = actions.make_table(by=carla, card=CARD)
    site = Worksite.objects.create(reference="CA1", name="Tetti", summary="", who_to_call="")
    with refused("laboratorio"):
        actions.make_relocation(by=anna, new=a_plan(category, table))
    row = actions.make_relocation(by=lucia, new=a_plan(category, table, worksites=[site]))
    assert (row.reference[:2], list(row.worksites.all())) == ("MB", [site])
    plan = a_plan(category, table, most_moves=3, removals_a_month=4)
    changed = actions.change_relocation(by=lucia, relocation=row, new=plan, seen_version=1)
    assert (changed.most_moves, changed.removals_a_month, changed.worksites.count()) == (3, 4, 0)
    with pytest.raises(Conflict):
        actions.change_relocation(by=lucia, relocation=row, new=plan, seen_version=1)
    actions.retire_table(by=carla, table=table)
    actions.change_relocation(by=lucia, relocation=row, new=plan, seen_version=2)
    with refused("scegline un'altra"):
        actions.make_relocation(by=lucia, new=plan)
    other = actions.make_table(by=carla, card=CARD)
    actions.retire_table(by=carla, table=other)
    other.refresh_from_db()
    with refused("scegline un'altra"):
        actions.change_relocation(by=lucia, relocation=row, new=a_plan(category, other), seen_version=None)


def test_a_relocation_is_closed_when_nobody_is_accompanied(lucia, relocation, file):
    with refused("1 nucleo accompagnato"):
        actions.close_relocation(by=lucia, relocation=relocation)
    actions.close_file(by=lucia, file=file, reason="Ha cambiato città.", seen_version=None)
    closed = actions.close_relocation(by=lucia, relocation=relocation)
    assert not closed.is_open
    with refused("è chiusa"):
        actions.close_relocation(by=lucia, relocation=relocation)
    with refused("è chiusa"):
        actions.mark_spare(by=lucia, unit=Unit.objects.first(), is_spare=True)
    with refused("è chiusa"):
        actions.reopen_file(by=lucia, file=file, reason="Torna.", seen_version=None)
    assert actions.reopen_relocation(by=lucia, relocation=relocation).is_open
    with refused("è aperta"):
        actions.reopen_relocation(by=lucia, relocation=relocation)


# Dwellings --------------------------------------------------------------------------------------------------------


def test_dwellings_come_by_building_or_one_by_one_and_once(lucia, anna, relocation, doors):
    more = court("corteB", doors=3)
    assert actions.add_units(by=lucia, relocation=relocation, dwellings=more[:1]) == 1
    houses = [doors[0].building, more[0].building]
    found = queries.dwellings_of(houses)
    assert len(found) == 7
    assert actions.add_units(by=lucia, relocation=relocation, dwellings=found, is_spare=True) == 2
    assert Unit.objects.filter(relocation=relocation, is_spare=True).count() == 2
    with refused("ci sono già"):
        actions.add_units(by=lucia, relocation=relocation, dwellings=found)
    with refused("nessun alloggio"):
        actions.add_units(by=lucia, relocation=relocation, dwellings=[])
    with refused("laboratorio"):
        actions.add_units(by=anna, relocation=relocation, dwellings=court("corteC"))
    assert Entry.objects.filter(event="mobility.units_added").count() == 2


def test_a_relocation_has_not_more_dwellings_than_a_plan_can_hold(lucia, relocation, monkeypatch):
    monkeypatch.setattr("vicinia.domain.mobility.rules.relocations.MOST_UNITS", 5)
    with refused("Al massimo 5"):
        actions.add_units(by=lucia, relocation=relocation, dwellings=court("corteB", doors=2))


def test_a_dwelling_is_kept_spare_or_not(lucia, relocation):
    unit = Unit.objects.first()
    assert actions.mark_spare(by=lucia, unit=unit, is_spare=True).is_spare
    lines = Entry.objects.count()
    actions.mark_spare(by=lucia, unit=unit, is_spare=True)
    assert Entry.objects.count() == lines
    assert not actions.mark_spare(by=lucia, unit=unit, is_spare=False).is_spare


def test_a_dwelling_that_is_counted_on_is_not_taken_out(lucia, relocation, doors, file):
    first, second, third, fourth = Unit.objects.order_by("dwelling__code")
    with refused("casa di un nucleo"):
        actions.remove_unit(by=lucia, unit=first)
    plan = MobilityPlan.objects.create(
        relocation=relocation,
        number=1,
        first_day=clock.today(),
        asked_by="Lucia",
        state="proposed",
        slot=None,
        instance_sha256="x",
    )
    Stay.objects.create(plan=plan, file=file, dwelling=doors[1], first=0, last=0)
    with refused("Il piano lo usa"):
        actions.remove_unit(by=lucia, unit=second)
    lock = {"reason": "ha i figli qui", "by_ref": "x", "by_name": "x"}
    Lock.objects.create(file=file, dwelling=doors[2], from_month=clock.today(), **lock)
    with refused("Il piano lo usa"):
        actions.remove_unit(by=lucia, unit=third)
    offer = {"reference": "OF1", "kind": "temporary", "from_month": clock.today(), "once": "1"}
    Offer.objects.create(file=file, dwelling=doors[3], **offer)
    with refused("stato offerto"):
        actions.remove_unit(by=lucia, unit=fourth)
    Offer.objects.update(state="withdrawn")
    actions.remove_unit(by=lucia, unit=fourth)
    assert not Unit.objects.filter(pk=fourth.pk).exists()


def test_spells_are_kept_by_hand(lucia, anna, relocation):
    unit, today = Unit.objects.first(), clock.today()
    spell = actions.add_spell(by=lucia, unit=unit, new=NewSpell("unfit", today, None, "tetto che perde"))
    with refused("Finisce prima"):
        actions.add_spell(by=lucia, unit=unit, new=NewSpell("unfit", today, today - DAY))
    with refused("laboratorio"):
        actions.add_spell(by=anna, unit=unit, new=NewSpell("unfit", today))
    new = NewSpell("reserved", today, today + 3 * DAY)
    changed = actions.change_spell(by=lucia, spell=spell, new=new, seen_version=1)
    assert (changed.kind, changed.to_day, changed.note) == ("reserved", today + 3 * DAY, "")
    with pytest.raises(Conflict):
        actions.change_spell(by=lucia, spell=spell, new=new, seen_version=1)
    assert actions.end_spell(by=lucia, spell=spell, day=today + DAY).to_day == today + DAY
    with refused("Finisce prima"):
        actions.end_spell(by=lucia, spell=spell, day=today - DAY)
    assert actions.remove_spell(by=lucia, spell=spell) == unit
    assert not Spell.objects.exists()


def test_how_dwellings_stand_today(lucia, relocation, doors, file):
    first, second, third, _fourth = doors
    today = clock.today()
    site = Worksite.objects.create(reference="CA1", name="Tetti", summary="", who_to_call="")
    lot = a_lot(site, today, today + 9 * DAY)
    works(lot, second, today - DAY, today + 9 * DAY)
    works(lot, third, today, today + 9 * DAY, kind="demolish")
    standing = queries.today_of(relocation)
    assert standing.count() == {"taken": 1, "free": 1, "works": 1, "shut": 1}
    by_door = {standing.facts[pk].dwelling_id: state for pk, state in standing.states.items()}
    assert (by_door[first.pk], by_door[second.pk], by_door[third.pk]) == ("taken", "works", "shut")
    line = standing.line(Unit.objects.get(dwelling=second))
    assert (line.closed.why, line.household) == ("refurbish", None)
    Unit.objects.filter(dwelling=second).update(is_spare=True)
    assert queries.today_of(relocation).spare == 1


def test_what_a_spell_to_come_says_is_shown(lucia, relocation):
    unit = Unit.objects.first()
    day = clock.today() + 40 * DAY
    actions.add_spell(by=lucia, unit=unit, new=NewSpell("unfit", day))
    assert queries.today_of(relocation).line(unit).closed.from_day == day


def test_a_stair_out_of_use_has_no_dwelling_to_add(relocation, doors):
    Stair.objects.update(retired_on=clock.today())
    assert queries.dwellings_of([doors[0].building]) == []


def test_a_relocation_that_may_not_be_seen_does_not_exist(relocation, cast):
    with pytest.raises(NotVisible):
        queries.relocation_named(cast.actor(cast.vera), relocation.reference)
    assert Relocation.objects.visible_to(cast.actor(cast.anna)).exists()


def test_numbers_of_a_relocation(lucia, carla, relocation, doors, file):
    an_own_file(lucia, relocation, doors[1], claims_return=True)
    counted_file(lucia, relocation, doors[2])
    numbers = queries.numbers_of(carla, relocation)
    assert (numbers.open, numbers.unaccompanied, numbers.returns, numbers.late_offers) == (3, 1, 1, 0)
    offer = {
        "reference": "OF1",
        "kind": "temporary",
        "from_month": clock.today(),
        "once": "1",
        "state": "sent",
        "due_on": clock.today() - DAY,
        "sent_on": clock.today() - 9 * DAY,
        "snapshot_sha256": "x",
    }
    Offer.objects.create(file=file, dwelling=doors[3], **offer)
    assert queries.numbers_of(carla, relocation).late_offers == 0, "an offer exists for companions only"
    assert queries.numbers_of(lucia, relocation).late_offers == 1


def test_doors_of_a_floor_are_listed_as_people_count(category):
    doors = court("Z", doors=12)
    Dwelling.objects.update(floor=2)
    row = a_relocation(category, *doors)
    assert [unit.dwelling.door for unit in queries.units(row)] == [
        f"int. {number}" for number in range(1, 13)
    ]
