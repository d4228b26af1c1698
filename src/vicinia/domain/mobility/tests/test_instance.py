"""What a plan is made of: periods by month, households, what is fixed, what was published, what a question supposes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from vicinia.domain.mobility import engine, queries
from vicinia.domain.mobility.models import Lock, Offer, Refusal, Spell
from vicinia.domain.mobility.states import Change, OfferState, SpellKind
from vicinia.domain.mobility.tests.factories import Estate, a_household, court
from vicinia.foundation.kernel import clock
from vicinia_analytics.rehousing import Instance

pytestmark = pytest.mark.django_db


def built(estate: Estate, **question: Any) -> engine.Built:
    made = engine.build(queries.facts_of(estate.relocation).asked(question))
    Instance.from_json(made.instance)  # the analysis accepts what we say
    return made


def row(made: engine.Built, key: str) -> dict[str, Any]:
    return next(one for one in made.instance["dwellings"] if one["id"] == key)


def test_periods_are_the_months_in_which_something_changes(estate):
    made = built(estate)
    # Lot 1 works from 10 April to 20 August, lot 2 from 5 September to 20 December: whole months are empty.
    assert made.instance["periods"] == ["2027-01", "2027-04", "2027-09", "2028-01"]
    assert row(made, f"d{estate.doors[0].pk}")["available"] == [True, False, True, True]
    assert row(made, f"d{estate.doors[2].pk}")["available"] == [True, True, False, True]
    assert row(made, f"d{estate.spare[0].pk}")["available"] == [True] * 4


def test_who_lives_where_works_have_begun_is_at_home_today_and_must_go(estate):
    intervention = estate.lots[0].interventions.first()
    intervention.began_on = dt.date(2027, 1, 10)
    intervention.save()
    made = built(estate)
    assert made.instance["periods"][:2] == ["2027-01", "2027-02"]
    assert row(made, f"d{intervention.dwelling_id}")["available"][:2] == [True, False]


def test_a_dwelling_without_measures_is_lacking(estate):
    estate.spare[0].rooms = None
    estate.spare[0].save()
    facts = queries.facts_of(estate.relocation)
    assert [unit.dwelling_id for unit in engine.lacking(facts)] == [estate.spare[0].pk]


def test_dwellings_of_households_without_a_file_are_left_out(estate):
    from vicinia.domain.people.models import Household

    Household.objects.create(number=900, dwelling=estate.spare[0])
    facts = queries.facts_of(estate.relocation)
    assert facts.others == {estate.spare[0].pk}
    assert f"d{estate.spare[0].pk}" not in str(engine.build(facts).instance)


def test_who_lives_outside_now_has_a_place_of_today_only(estate):
    file = estate.files[0]
    file.household.dwelling = None
    file.household.save()
    made = built(estate)
    place = row(made, f"o{file.household.number}")
    household = made.instance["households"][0]
    assert place["available"] == [True, False, False, False]
    assert (household["home"], household["claims_return"]) == (place["id"], False)
    # The right to come back: at home at the end.
    assert made.instance["fixed"] == [
        {"household": household["id"], "period": 3, "dwelling": f"d{file.home_id}"}
    ]


def test_who_comes_back_to_a_home_that_does_not_suit_is_not_put_there(estate):
    file = estate.files[0]
    file.household.dwelling = None
    file.household.save()
    file.needs_step_free = True
    file.save()
    assert built(estate).instance["fixed"] == []


def test_too_few_rooms_are_refused_beside_what_was_refused(estate):
    table = estate.relocation.adequacy
    table.people_per_room = 1
    table.save()
    Refusal.objects.create(file=estate.files[1], dwelling=estate.spare[0], reason="steps", by_name="Anna")
    Refusal.objects.create(
        file=estate.files[1],
        dwelling=estate.spare[1],
        reason="steps",
        by_name="Anna",
        withdrawn_on=clock.today(),
    )
    small = court("S", doors=1)[0]
    small.rooms = 1
    small.save()
    estate.relocation.units.create(dwelling=small)
    made = built(estate)
    assert made.instance["households"][1]["refuses"] == sorted([f"d{estate.spare[0].pk}", f"d{small.pk}"])


def test_tolerances_are_in_the_areas(estate):
    assert built(estate).instance["adequacy"] == {
        "min_area_m2": {"1": 28.0, "2": 36.0, "3": 54.0},
        "tolerance": 0.0,
    }


def test_locks_and_accepted_offers_are_fixed_and_what_was_signed_first_holds(estate):
    file, spare = estate.files[0], estate.spare
    Lock.objects.create(
        file=file,
        dwelling=spare[0],
        from_month=dt.date(2027, 4, 1),
        to_month=dt.date(2027, 6, 1),
        reason="r",
        by_ref="x",
        by_name="x",
    )
    Offer.objects.create(
        reference="OF1",
        file=file,
        dwelling=spare[1],
        kind="final",
        from_month=dt.date(2027, 5, 1),
        state=OfferState.ACCEPTED,
        due_on=clock.today(),
        sent_on=clock.today(),
        snapshot_sha256="x",
        once="1",
    )
    made = built(estate)
    # A decision opens a period of its own, and its end another one.
    assert made.instance["periods"] == ["2027-01", "2027-04", "2027-05", "2027-07", "2027-09", "2028-01"]
    places = {one["period"]: one["dwelling"] for one in made.instance["fixed"]}
    first, second = f"d{spare[0].pk}", f"d{spare[1].pk}"
    assert places == {1: first, 2: second, 3: second, 4: second, 5: second}


def test_a_lock_of_a_household_or_dwelling_that_is_not_there_says_nothing(estate):
    elsewhere = court("X", doors=1)[0]
    Lock.objects.create(
        file=estate.files[0],
        dwelling=elsewhere,
        from_month=dt.date(2027, 4, 1),
        reason="r",
        by_ref="x",
        by_name="x",
    )
    assert built(estate).instance["fixed"] == []


def accepted(estate: Estate, kind: str, **values: Any) -> None:
    sent = {
        "state": OfferState.ACCEPTED,
        "due_on": clock.today(),
        "sent_on": clock.today(),
        "snapshot_sha256": "x",
    }
    where = {"file": estate.files[0], "dwelling": estate.spare[0], "from_month": dt.date(2027, 4, 1)}
    Offer.objects.create(reference="OF9", once="9", kind=kind, **sent, **(where | values))


def test_a_temporary_offer_without_an_end_lasts_until_the_home_is_ready(estate):
    accepted(estate, "temporary")
    assert [one["period"] for one in built(estate).instance["fixed"]] == [1]
    Offer.objects.update(kind="final")
    assert [one["period"] for one in built(estate).instance["fixed"]] == [1, 2, 3]
    Offer.objects.update(kind="temporary")
    estate.files[0].claims_return = False
    estate.files[0].save()
    assert [one["period"] for one in built(estate).instance["fixed"]] == [1, 2, 3]


def test_the_way_back_is_there_however_often_one_has_moved(estate):
    file = estate.files[0]
    file.household.dwelling, file.most_moves = estate.spare[0], 0
    file.household.save()
    file.save()
    household = built(estate).instance["households"][0]
    assert (household["home"], household["max_moves"]) == (f"d{estate.spare[0].pk}", 1)


def test_moves_that_were_made_count(estate):
    file = estate.files[0]
    file.most_moves = 1
    file.save()
    assert built(estate).instance["households"][0]["max_moves"] == 1


def test_a_spell_is_drawn_as_what_it_is(estate):
    unit = estate.relocation.units.get(dwelling=estate.spare[0])
    Spell.objects.create(
        unit=unit, kind=SpellKind.RESERVED, from_day=dt.date(2027, 6, 3), to_day=dt.date(2027, 6, 20)
    )
    made = built(estate)
    assert made.instance["periods"] == ["2027-01", "2027-04", "2027-06", "2027-07", "2027-09", "2028-01"]
    assert made.closed == {f"d{estate.spare[0].pk}": ["", "", "reserved", "", "", ""]}


def test_near_wishes_name_households_that_are_there(estate):
    estate.files[0].near_wishes.create(other=estate.files[1])
    households = built(estate).instance["households"]
    assert households[0]["near"] == [f"h{estate.files[1].household.number}"]
    assert households[1]["near"] == []


QUESTIONS = {
    "spare": {"change": Change.SPARE, "count": 2, "area_m2": 60, "rooms": 3, "step_free": True},
    "lot": {"change": Change.LOT_LATER, "lot": "", "months": 2},
    "tolerance": {"change": Change.TOLERANCE, "percent": 10},
}


def test_a_spare_flat_more_is_open_in_every_period(estate):
    made = built(estate, **QUESTIONS["spare"])
    assert row(made, "s2") == {
        "id": "s2",
        "building": "s",
        "lot": "-",
        "area_m2": 60.0,
        "rooms": 3,
        "step_free": True,
        "available": [True] * 4,
    }


def test_a_lot_later_moves_its_months(estate):
    made = built(estate, **(QUESTIONS["lot"] | {"lot": estate.lots[1].reference}))
    assert made.instance["periods"] == ["2027-01", "2027-04", "2027-09", "2027-11", "2028-03"]


def test_a_lot_at_work_only_ends_later(estate):
    intervention = estate.lots[0].interventions.first()
    intervention.began_on = dt.date(2027, 1, 10)
    intervention.save()
    made = built(estate, **(QUESTIONS["lot"] | {"lot": estate.lots[0].reference, "months": 1}))
    assert made.instance["periods"][:3] == ["2027-01", "2027-02", "2027-05"]


def test_what_else_a_question_supposes(estate):
    number = estate.files[0].household.number
    Refusal.objects.create(file=estate.files[0], dwelling=estate.spare[0], reason="steps", by_name="Anna")
    Lock.objects.create(
        file=estate.files[0],
        dwelling=estate.spare[1],
        from_month=dt.date(2027, 4, 1),
        reason="r",
        by_ref="x",
        by_name="x",
    )
    estate.relocation.removals_a_month = 3
    estate.relocation.save()
    one = {"household": number, "count": 1}
    assert built(estate).instance["moves_per_period"] == 3
    assert built(estate, change=Change.REMOVALS, count=1).instance["moves_per_period"] == 4
    assert built(estate, change=Change.LOCK, **one).instance["fixed"] == []
    asked = {
        change: built(estate, change=change, **one, dwelling=estate.spare[0].pk)
        for change in ("refusal", "move", "return")
    }
    first = {change: made.instance["households"][0] for change, made in asked.items()}
    assert first["refusal"]["refuses"] == []
    assert first["move"]["max_moves"] == 3
    assert first["return"]["claims_return"] is False
    assert first["move"]["claims_return"] is True
    assert built(estate, **QUESTIONS["tolerance"]).instance["adequacy"]["min_area_m2"]["2"] == 32.4


def test_reading_the_facts_takes_the_same_queries_for_more_households(estate, django_assert_num_queries):
    with django_assert_num_queries(9):
        queries.facts_of(estate.relocation)
    for door in court("M", doors=6):
        estate.relocation.units.create(dwelling=door)
        a_household(estate.relocation, door)
    with django_assert_num_queries(9):
        queries.facts_of(estate.relocation)
