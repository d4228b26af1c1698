"""Thresholds from the budget, the same rise again, what comes back, silence."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.actors import COORDINATOR, COUNCILLOR, MINE, OPERATOR, OTHERS, staff
from vicinia.domain.casework.models import Case
from vicinia.domain.foresight import rules
from vicinia.domain.foresight.models import Alert, Run
from vicinia.domain.foresight.rules import Zone
from vicinia.domain.foresight.states import AlertState, Dismissal, RunState
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia_analytics.outcome import Interval

DAY = dt.date(2026, 3, 10)


def zone(cells="abcd", first=0, last=6, area=None):
    return Zone(frozenset(cells), area, DAY + dt.timedelta(days=first), DAY + dt.timedelta(days=last))


def test_the_threshold_keeps_the_budget():
    assert rules.threshold_days(6, 6) == 365
    assert rules.threshold_days(12, 6) == 730
    assert rules.false_alarms_a_year(6, 365) == 6
    for tests, budget in ((1, 1), (6, 6), (20, 3)):
        assert rules.false_alarms_a_year(tests, rules.threshold_days(tests, budget)) == pytest.approx(budget)


def test_one_signal_alone_needs_the_threshold_and_several_need_less():
    alone = 0.999 / rules.threshold_days(6, 6)
    assert rules.cutoff([alone], 6, 6) == alone
    assert rules.cutoff([alone * 1.01], 6, 6) == 0.0
    # The third of three may be three times as likely by chance (Benjamini and Hochberg 1995).
    together = [alone * 2.9, alone * 1.5, alone * 2.5]
    assert rules.cutoff(together, 6, 6) == alone * 2.9
    assert rules.cutoff([], 6, 6) == 0.0


@given(st.lists(st.floats(0, 1), max_size=12), st.integers(12, 40), st.integers(1, 50))
def test_never_more_than_q_times_its_rank(p_values, tests, budget):
    chosen = rules.cutoff(p_values, tests, budget)
    passing = sum(p <= chosen for p in p_values)
    assert chosen <= max(passing, 1) / tests * budget / 365


def test_chance_alone_keeps_the_budget():
    """Ten thousand nights without any rise: as many nights with an alert as the budget lets."""
    import random

    chance = random.Random(1)
    nights = 20_000
    alarms = sum(rules.cutoff([chance.random() for _test in range(6)], 6, 6) > 0 for _night in range(nights))
    assert 365 * alarms / nights == pytest.approx(6, rel=0.15)


@pytest.mark.parametrize(
    ("found", "same"),
    [
        (zone("abxy", 3, 9), True),  # half of the cells
        (zone("axyz", 3, 9), False),
        (zone("a", 3, 9), True),  # half of the smaller one
        (zone("abcd", 7, 9), True),  # the day after
        (zone("abcd", 8, 9), False),
        (zone("abcd", -9, -1), True),
        (zone("abcd", -9, -2), False),
        (zone("", 0, 6, area=1), False),
    ],
)
def test_the_same_rise_again(found, same):
    assert rules.is_same(zone(), found) is same


def test_rises_of_whole_areas_are_the_same_in_the_same_area():
    known = zone("", area=1)
    assert rules.is_same(known, zone("", 3, 9, area=1))
    assert not rules.is_same(known, zone("", 3, 9, area=2))
    assert not rules.is_same(known, zone("ab", 3, 9, area=1))


def test_what_was_dismissed_comes_back_only_if_it_grows():
    assert not rules.comes_back(9, 0)
    assert not rules.comes_back(9, 4)
    assert rules.comes_back(9, 5)
    assert not rules.comes_back(3, 2), "two more reports are never enough"
    assert rules.comes_back(3, 3)


def test_who_decides():
    alert = Alert(state=AlertState.NEW, area_id=MINE)
    assert rules.may_decide(COORDINATOR, alert)
    assert rules.may_decide(OPERATOR, alert).status == 403
    assert rules.may_dismiss(COORDINATOR, alert, Dismissal.CHANCE)
    assert rules.may_dismiss(COORDINATOR, alert, "").status == 409
    assert rules.may_dismiss(OPERATOR, alert, Dismissal.CHANCE).status == 403
    tied = Actor("staff", "user:9", "Di zona", COORDINATOR.capabilities, frozenset({MINE}))
    assert rules.may_decide(tied, alert)
    assert rules.may_decide(tied, Alert(area_id=OTHERS)).status == 403


def test_an_eye_is_kept_until_a_day_to_come():
    alert = Alert(state=AlertState.NEW, area_id=MINE)
    assert rules.may_watch(COORDINATOR, alert, DAY + dt.timedelta(days=1), DAY)
    assert rules.may_watch(COORDINATOR, alert, DAY, DAY).status == 409
    assert rules.may_watch(COORDINATOR, alert, DAY + dt.timedelta(days=400), DAY).status == 409


def test_a_case_follows_if_it_is_open_and_administrative():
    alert = Alert(state=AlertState.NEW, area_id=MINE)
    assert rules.may_open_case(COORDINATOR, alert, 1)
    assert "già in altri casi" in rules.may_open_case(COORDINATOR, alert, 0).sentence
    assert rules.may_open_case(OPERATOR, alert, 0).status == 403
    assert rules.may_link_case(COORDINATOR, alert, Case(legal_basis="administrative"))
    assert rules.may_link_case(COORDINATOR, alert, Case(legal_basis="police")).status == 409
    assert (
        rules.may_link_case(COORDINATOR, alert, Case(legal_basis="administrative", stage="closed")).status
        == 409
    )


def test_a_verdict_is_taken_back_with_a_reason():
    alert = Alert(state=AlertState.DISMISSED, area_id=MINE)
    assert rules.may_take_back(COORDINATOR, alert, "mi ero sbagliata")
    assert rules.may_take_back(COORDINATOR, alert, " ").status == 409
    assert rules.may_take_back(COORDINATOR, Alert(state=AlertState.NEW), "perché").status == 409


def test_who_sets_what_is_watched():
    assert rules.may_set(COORDINATOR) and rules.may_set(OPERATOR).status == 403
    assert rules.may_group(COORDINATOR, []) and rules.may_group(OPERATOR, []).status == 403
    assert "Rumore" in rules.may_group(COORDINATOR, ["Rumore"]).sentence
    assert rules.may_propose_groups(Actor.job("night")) and rules.may_propose_groups(COORDINATOR)
    assert rules.may_propose_groups(OPERATOR).status == 403
    assert rules.make_sense(14, 365, 1000, 100)
    assert rules.make_sense(14, 55, 1000, 100).status == 409
    assert rules.make_sense(14, 365, 50, 100).status == 409


def test_one_search_at_a_time():
    now = clock.now()
    running = Run(state=RunState.RUNNING, leased_until=now + dt.timedelta(minutes=1))
    dead = Run(state=RunState.RUNNING, leased_until=now - dt.timedelta(minutes=1))
    assert rules.may_ask_run(COORDINATOR, None, 1)
    assert rules.may_ask_run(COORDINATOR, dead, 1)
    assert rules.may_ask_run(COORDINATOR, running, 1).status == 409
    assert rules.may_ask_run(COORDINATOR, None, 0).status == 409
    assert rules.may_ask_run(OPERATOR, None, 1).status == 403
    assert rules.may_recompute(OPERATOR) and rules.may_recompute(COUNCILLOR).status == 403
    assert rules.may_recompute(staff(Role.DPO)).status == 403


def test_the_rate_of_useless_alerts_has_its_interval():
    """Against the exact Poisson limits: 0 → 0–3.689, 6 → 2.202–13.06 (Breslow and Day 1987, table 2.11)."""
    six = rules.rate_a_year(6, 365)
    assert (six.estimate, six.low, six.high) == pytest.approx((6, 2.202, 13.06), rel=0.01)
    none = rules.rate_a_year(0, 365)
    assert (none.estimate, none.low) == (0, 0)
    assert none.high == pytest.approx(3.689, rel=0.01)
    assert rules.rate_a_year(3, 73).estimate == pytest.approx(15)


def test_silence():
    assert rules.is_silence(None, None)
    assert not rules.is_silence(13, 1)
    assert rules.is_silence(14, 1)
    assert not rules.is_silence(39, 10)
    assert rules.is_silence(40, 10)


def test_a_verdict_in_words():
    assert rules.verdict_words("new", "") == "nuova"
    assert "è un caso" in rules.verdict_words("dismissed", "chance")


@pytest.mark.parametrize(("low", "high", "kept"), [(0, 5, True), (0, 6, True), (2, 9, None), (7, 12, False)])
def test_a_promise_is_kept_broken_or_nobody_can_tell(low, high, kept):
    assert rules.keeps_promise(Interval((low + high) / 2, low, high), 6) is kept
    assert rules.keeps_promise(None, 6) is None


def test_circles_may_use_most_of_the_budget_however_many_the_areas() -> None:
    for areas in (1, 10, 100):
        tests = rules.Tests(scans=6, trends=areas)
        places, of_areas = (budget_of(tests, method) for method in ("permutation", "trend"))
        assert places == pytest.approx(0.75 * 6) and of_areas == pytest.approx(0.25 * 6)
    assert rules.Tests(6, 0).threshold_days(6) == 365 and rules.Tests(0, 0).threshold_days(6) is None
    assert rules.Tests(6, 40).threshold_days(6) == pytest.approx(365 / 0.75)
    assert rules.Tests(0, 4).weighed(0.1, "trend") == rules.Tests(4, 0).weighed(0.1, "permutation") == 0.1


def budget_of(tests: rules.Tests, method: str) -> float:
    """Useless alerts a year of all tests of a method, with a budget of 6 in all, each test alone."""
    number = tests.trends if method == "trend" else tests.scans
    per_test = rules.threshold_days(tests.all, 6) * tests.weighed(1.0, method)
    return rules.false_alarms_a_year(number, per_test)


@pytest.mark.parametrize(
    ("excess", "circles", "explained"), [(10, 5, True), (10, 4.9, False), (10, 0, False), (-1, 0, False)]
)
def test_an_area_does_not_rise_by_itself_if_a_circle_in_it_does(
    excess: float, circles: float, explained: bool
) -> None:
    assert rules.is_explained(excess, circles) is explained
