"""Why there is no plan: too few places, or rules that can't all hold; and what would help, each verified by solving."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.made_up_estate import tiny
from vicinia_analytics.rehousing import (
    ConflictKind,
    Dwelling,
    Fixed,
    Instance,
    Need,
    Plan,
    Relaxation,
    RelaxationKind,
    RuleKind,
    Status,
    check,
    explain,
    relaxing,
    solve,
)
from vicinia_analytics.rehousing import explaining as module
from vicinia_analytics.rehousing.explaining import conflict_of, why_not, with_rules
from vicinia_analytics.rehousing.searching import Settings
from vicinia_analytics.tests.rehousing.estates import ADEQUACY, dwelling, household, instance
from vicinia_analytics.tests.rehousing.everything import best_values

NO_ROOM = instance(
    [
        dwelling("d1", "1001"),
        dwelling("d2", "1001"),
        dwelling("s1", "1111", building="P"),
        dwelling("s2", "1111", building="P", area_m2=30.0),
    ],
    [household("a", "d1", needs_step_free=True), household("b", "d2")],
)


def relaxed(of: Instance, one: Relaxation) -> Instance:
    """The instance with what a relaxation gives, made from its fields alone."""
    people = {person.id: person for person in of.households}
    if one.kind is RelaxationKind.SPARE_DWELLING:
        like = of.dwelling(str(one.dwelling))
        more = replace(like, id="more", available=(True,) * len(of.periods))
        return replace(of, dwellings=(*of.dwellings, more))
    if one.kind is RelaxationKind.TOLERANCE:
        return replace(of, adequacy=replace(of.adequacy, tolerance=one.amount))
    if one.kind is RelaxationKind.MOVES_PER_PERIOD:
        return replace(of, moves_per_period=(of.moves_per_period or 0) + int(one.amount))
    if one.kind is RelaxationKind.LOCK:
        lock = Fixed(str(one.household), one.period or 0, one.dwelling)
        return replace(of, fixed=tuple(other for other in of.fixed if other != lock))
    person = people[str(one.household)]
    if one.kind is RelaxationKind.REFUSAL:
        person = replace(person, refuses=person.refuses - {one.dwelling})
    elif one.kind is RelaxationKind.MOVE:
        person = replace(person, max_moves=person.max_moves + int(one.amount))
    else:
        assert one.kind is RelaxationKind.RETURN
        person = replace(person, claims_return=False)
    return replace(of, households=tuple((people | {person.id: person}).values()))


def test_too_few_places() -> None:
    plan = solve(NO_ROOM, nobody_outside=True)
    conflict = plan.conflict
    assert plan.status is Status.INFEASIBLE and conflict is not None and check(NO_ROOM, plan).is_right
    assert conflict.kind is ConflictKind.PLACES and conflict.households == ("a", "b")
    assert conflict.need == Need(40.0, False) and conflict.available == ("s1",)
    assert conflict.periods == (1, 2) and conflict.irreducible
    assert conflict.sentence == (
        "2 households need a dwelling of at least 40 m²; of those where any of them may live only 1 can be had "
        "in 2 periods from 2027-02 to 2027-03."
    )
    kinds = [one.kind for one in plan.relaxations]
    assert {RelaxationKind.OUTSIDE, RelaxationKind.SPARE_DWELLING, RelaxationKind.TOLERANCE} <= set(kinds)
    outside = next(one for one in plan.relaxations if one.kind is RelaxationKind.OUTSIDE)
    assert (outside.amount, outside.outside) == (2, 2) and outside.household in {"a", "b"}
    tolerance = next(one for one in plan.relaxations if one.kind is RelaxationKind.TOLERANCE)
    assert tolerance.amount == pytest.approx(0.25, abs=1e-3)
    assert [one.outside for one in plan.relaxations] == sorted(one.outside or 0 for one in plan.relaxations)


def test_one_household_and_nothing_for_it() -> None:
    of = instance(
        [dwelling("d1", "10"), dwelling("d2", "11", step_free=False), dwelling("d3", "11")],
        [household("a", "d1", needs_step_free=True, refuses=frozenset({"d3"}))],
    )
    conflict = solve(of, nobody_outside=True).conflict
    assert conflict is not None and conflict.available == ()
    assert conflict.sentence == (
        "Household a needs a dwelling of at least 40 m² without steps; it may live in none that can be had in 2027-02."
    )
    assert [rule.dwelling for rule in conflict.rules if rule.kind is RuleKind.REFUSES] == ["d3"]


def test_nothing_is_large_enough_anywhere() -> None:
    of = instance([dwelling("d1", "10"), dwelling("d2", "11")], [household("a", "d1", size=3)])
    plan = solve(of, nobody_outside=True)
    assert [one.kind for one in plan.relaxations] == [RelaxationKind.TOLERANCE, RelaxationKind.OUTSIDE]


@pytest.mark.parametrize("restricted", [False, True])
def test_each_conflict_stands_and_each_relaxation_helps(restricted: bool) -> None:
    """On tiny estates: brute force says that the rules of a conflict can't hold, and that with each relaxation there is a plan."""
    seen: set[RelaxationKind] = set()
    rules = 0
    for seed in range(100):
        of = replace(tiny(seed), published=None)
        for nobody_outside in (False, True):
            plan = solve(of, nobody_outside=nobody_outside, restrict_early_moves=restricted)
            if plan.conflict is None:
                continue
            assert check(of, plan).is_right and Plan.from_json(plan.to_json()) == plan
            if plan.conflict.kind is ConflictKind.RULES:
                rules += 1
                wanted = set(plan.conflict.rules)
                assert plan.conflict.irreducible

                def holds(some: set[object], of: Instance = of) -> bool:
                    inside = any(getattr(one, "kind", None) is RuleKind.NOBODY_OUTSIDE for one in some)
                    less = with_rules(of, some)  # type: ignore[arg-type]
                    return best_values(less, restricted=restricted, nobody_outside=inside) is not None

                assert not holds(set(wanted)), seed
                assert all(holds(wanted - {one}) for one in wanted), seed
            for one in plan.relaxations:
                seen.add(one.kind)
                if one.kind is RelaxationKind.OUTSIDE:
                    best = best_values(of, restricted=restricted)
                else:
                    best = best_values(relaxed(of, one), restricted=restricted, nobody_outside=nobody_outside)
                assert best is not None and best[0] == one.outside, (seed, one)
    assert rules > 3 and len(seen) >= 6


def test_why_somebody_is_outside() -> None:
    plan = solve(NO_ROOM)
    (conflict,) = explain(NO_ROOM, plan)
    assert conflict.households == ("a", "b")
    infeasible = solve(NO_ROOM, nobody_outside=True)
    assert explain(NO_ROOM, infeasible) == (infeasible.conflict,)
    inside = instance([dwelling("d1", "11")], [household("a", "d1")])
    assert explain(inside, solve(inside)) == ()


def test_outside_for_another_rule_than_places() -> None:
    of = instance(
        [dwelling("d1", "1001"), dwelling("s1", "1110", building="P"), dwelling("s2", "0001", building="P")],
        [household("a", "d1", max_moves=1)],
    )
    (conflict,) = explain(of, solve(of))
    assert conflict.kind is ConflictKind.RULES and conflict.households == ("a",)
    assert conflict.sentence == (
        "These can't all hold: a moves 1 times at most; nobody is outside the estate."
    )
    assert {rule.kind for rule in conflict.rules} == {RuleKind.MAX_MOVES, RuleKind.NOBODY_OUTSIDE}


def test_outside_without_need() -> None:
    """A plan that somebody made by hand: a could be inside."""
    of = instance([dwelling("d1", "10"), dwelling("s1", "11")], [household("a", "d1")])
    plan = replace(solve(of), assignments={"a": ("d1", None)})
    assert explain(of, plan) == ()


def test_every_rule_has_its_words() -> None:
    of = instance(
        [dwelling("d1", "101"), dwelling("s1", "111", building="P"), dwelling("s2", "111", building="P"), dwelling("d2", "111")],
        [
            household("a", "d1", refuses=frozenset({"s1"}), max_moves=0),
            household("b", "d2", claims_return=True, max_moves=0),
        ],
        fixed=(Fixed("b", 1, "s2"), Fixed("a", 1, None)),
        moves_per_period=0,
    )  # fmt: skip
    conflict = conflict_of(of, Settings())
    assert conflict.kind is ConflictKind.RULES
    words = " ".join(
        module._said(of, rule) for rule in module._Rules(of, Settings(nobody_outside=True))._all()
    )
    for said in ("a moves 0 times", "b claims to return", "a refuses s1", "b is in s2 in 2027-02", "a is outside in 2027-02", "0 moves in a period", "nobody is outside"):  # fmt: skip
        assert said in words
    assert "if nobody moves before works begin at home" in module._sentence(
        of, (), Settings(restrict_early_moves=True)
    )


def test_without_time_the_set_may_be_too_large() -> None:
    of = instance(
        [dwelling("d1", "1001"), dwelling("s1", "1110", building="P"), dwelling("s2", "0001", building="P")],
        [household("a", "d1", max_moves=1), household("b", "s1")],
    )
    search = module._Rules(of, Settings(nobody_outside=True, time_limit=1e-9))
    conflict = search.conflict()
    assert not conflict.irreducible and conflict.rules
    _, relaxations = why_not(NO_ROOM, Settings(nobody_outside=True, should_stop=lambda: True))
    assert all(one.kind is not RelaxationKind.MOVE for one in relaxations)


def test_few_relaxations_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relaxing, "MOST", 0)
    kinds = {one.kind for one in solve(NO_ROOM, nobody_outside=True).relaxations}
    assert kinds <= {RelaxationKind.OUTSIDE, RelaxationKind.TOLERANCE}


def test_a_spare_flat_has_a_name_of_its_own() -> None:
    taken = Dwelling("spare-0", "P", "P", 20.0, 1, False, (True,) * 4)
    of = replace(NO_ROOM, dwellings=(*NO_ROOM.dwellings, taken), adequacy=ADEQUACY)
    spare = [
        one for one in solve(of, nobody_outside=True).relaxations if one.kind is RelaxationKind.SPARE_DWELLING
    ]
    assert spare and spare[0].dwelling in {"d1", "s1"} and "never under works" in spare[0].sentence
