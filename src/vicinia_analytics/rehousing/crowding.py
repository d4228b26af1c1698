"""Too few places: households of which each may live in some dwellings, all together in fewer dwellings than they are.

P. Hall, "On representatives of subsets", J. London Math. Soc. 10 (1935): either each household gets a dwelling of its own, or there is such a set.
From a largest matching and a household left over, all that alternating paths reach is one (D. König 1931).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from vicinia_analytics.rehousing.inputs import Household, Instance
from vicinia_analytics.rehousing.plans import Conflict, ConflictKind, Need, Rule, RuleKind
from vicinia_analytics.rehousing.reducing import first_closed

Choices = Mapping[str, Set[str]]
"""Dwellings where each household may be in a period."""


def choices(
    instance: Instance, period: int, *, restricted: bool, inside: Callable[[Household, int], bool]
) -> Choices:
    """Where those who must be inside may be in a period: who is locked, not yet gone or claims a return may be in few places."""
    locks = {lock.household: lock.dwelling for lock in instance.fixed if lock.period == period}
    out = {}
    for household in instance.households:
        home = instance.dwelling(household.home)
        at_home = period == 0 or (restricted and period < first_closed(home))
        claims = household.claims_return and period == len(instance.periods) - 1
        locked = household.id in locks
        if locked and locks[household.id] is None and not at_home:
            continue
        if not (at_home or claims or locked or inside(household, period)):
            continue
        places = {
            one.id for one in instance.dwellings if one.available[period] and instance.admits(household, one)
        }
        if at_home:
            places &= {home.id}
        if claims and home.available[period]:
            places &= {home.id}
        elif claims:
            places &= {one.id for one in instance.dwellings if one.building == home.building}
        if locked:
            places &= {str(locks[household.id])}
        out[household.id] = places
    return out


def crowded(found: Choices) -> tuple[str, ...]:
    """A smallest set found of households that have fewer dwellings than they are, in order; nobody if each can have one."""
    people = sorted(found)
    places = sorted({name for one in found.values() for name in one})
    number = {name: at for at, name in enumerate(places)}
    rows = [at for at, name in enumerate(people) for _ in found[name]]
    columns = [number[place] for name in people for place in sorted(found[name])]
    graph = csr_array(
        (np.ones(len(rows), dtype=np.int8), (rows, columns)), shape=(len(people), max(1, len(places)))
    )
    mate = maximum_bipartite_matching(graph, perm_type="column")
    holder = {int(place): at for at, place in enumerate(mate) if place >= 0}
    sets = [_reached(found, people, number, holder, at) for at in range(len(people)) if mate[at] < 0]
    return min(sets, key=lambda one: (len(one), one), default=())


def _reached(
    found: Choices, people: Sequence[str], number: Mapping[str, int], holder: Mapping[int, int], first: int
) -> tuple[str, ...]:
    """All whom alternating paths reach from a household that was left over. Without any one of them the others can all be housed: it could be another one
    who is left over."""
    reached, waiting = {first}, [first]
    while waiting:
        for place in found[people[waiting.pop()]]:
            other = holder[number[place]]
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return tuple(people[at] for at in sorted(reached))


def places_conflict(
    instance: Instance, *, restricted: bool, inside: Callable[[Household, int], bool]
) -> Conflict | None:
    """The smallest set found of households that can't all have a dwelling in some period; None where each period alone works out."""
    by_period = [
        choices(instance, period, restricted=restricted, inside=inside)
        for period in range(len(instance.periods))
    ]
    sets = [(crowded(found), period) for period, found in enumerate(by_period)]
    short = [(people, period) for people, period in sets if people]
    if not short:
        return None
    people, period = min(short, key=lambda one: (len(one[0]), one[1], one[0]))
    places = set().union(*(by_period[period][name] for name in people))
    periods = tuple(
        at
        for at, found in enumerate(by_period)
        if all(name in found and found[name] <= places for name in people)
    )
    return _conflict(instance, people, periods, tuple(sorted(places)))


def _conflict(
    instance: Instance, people: tuple[str, ...], periods: tuple[int, ...], places: tuple[str, ...]
) -> Conflict:
    households = [instance.household(name) for name in people]
    need = Need(
        min(instance.adequacy.required(one.size) for one in households),
        all(one.needs_step_free for one in households),
    )
    rules = [Rule(RuleKind.AVAILABLE, period=period) for period in periods]
    rules += [Rule(RuleKind.ADEQUATE, household=name) for name in people]
    for one in households:
        rules += [
            Rule(RuleKind.REFUSES, one.id, name)
            for name in sorted(one.refuses - set(places))
            if any(instance.dwelling(name).available[period] for period in periods)
        ]
        if one.claims_return and len(instance.periods) - 1 in periods:
            rules.append(Rule(RuleKind.CLAIMS_RETURN, one.id))
    rules += [
        Rule(RuleKind.FIXED, lock.household, lock.dwelling, lock.period)
        for lock in instance.fixed
        if lock.household in people and lock.period in periods
    ]
    return Conflict(
        ConflictKind.PLACES, people, periods, need, places, _sentence(instance, people, periods, need, places),
        tuple(rules), irreducible=True,
    )  # fmt: skip


def _sentence(
    instance: Instance, people: tuple[str, ...], periods: tuple[int, ...], need: Need, places: tuple[str, ...]
) -> str:
    first, last = instance.periods[periods[0]], instance.periods[periods[-1]]
    when = f"in {first}" if first == last else f"in {len(periods)} periods from {first} to {last}"
    steps = " without steps" if need.step_free else ""
    what = f"a dwelling of at least {need.min_area_m2:g} m²{steps}"
    if len(people) == 1:
        return f"Household {people[0]} needs {what}; it may live in none that can be had {when}."
    number = f"only {len(places)}" if places else "none"
    return f"{len(people)} households need {what}; of those where any of them may live {number} can be had {when}."
