"""Related reports: what each measure says, properties, a slow obvious twin, and real duplicates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from math import exp, log1p
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vicinia_analytics import ngrams, similarity
from vicinia_analytics.similarity import (
    ADDRESSES_OF_A_VAGUE_POINT,
    UNCOUNTED,
    WEIGHTS,
    Likeness,
    Reason,
    Sighting,
    rank,
)

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
NOISE = Sighting(
    NOON, 44.805, 10.605, "rumore", "convivenza", "Musica alta di notte al bar", "7", "Via dei Mille 12"
)


def likeness(one: Sighting, other: Sighting) -> Likeness:
    return rank(one, [other])[0][1]


def test_the_same_place_kind_and_words_on_the_same_day_are_surely_alike() -> None:
    found = likeness(NOISE, replace(NOISE, person=""))
    assert found.reasons == (Reason.PLACE, Reason.WORDS, Reason.KIND)
    assert (found.metres, found.days, found.words) == (0.0, 0.0, 1.0) and found.score > 0.98


@pytest.mark.parametrize(
    "less",
    [
        {"lat": 44.806, "address": ""},
        {"address": "Via dei Mille 14"},
        {"ended": NOON - dt.timedelta(days=3), "at": NOON - dt.timedelta(days=9)},
        {"at": NOON + dt.timedelta(days=1)},
        {"kind": "schiamazzi"},
        {"words": "Sacchi in strada"},
        {"person": ""},
    ],
    ids=lambda less: next(iter(less)),
)
def test_each_measure_that_is_missing_lowers_the_score(less: dict[str, object]) -> None:
    assert likeness(NOISE, replace(NOISE, **less)).score < likeness(NOISE, NOISE).score


def test_kind_is_a_weight_and_never_a_gate() -> None:
    (first, _), (second, other_kind) = rank(NOISE, [replace(NOISE, kind="a", group="b", person=""), NOISE])
    assert (first, second) == (1, 0) and other_kind.score > 0.5 and Reason.KIND not in other_kind.reasons
    assert (
        likeness(NOISE, replace(NOISE, kind="a")).score
        > likeness(NOISE, replace(NOISE, kind="a", group="b")).score
    )


def test_a_report_that_ended_before_counts_less_the_longer_it_is_ago() -> None:
    def ended(days: int) -> float:
        past = NOON - dt.timedelta(days=days)
        return likeness(NOISE, replace(NOISE, at=past - dt.timedelta(days=1), ended=past)).score

    assert (
        likeness(NOISE, replace(NOISE, at=NOON - dt.timedelta(days=90))).score
        > ended(1)
        > ended(21)
        > ended(90)
    )


def test_the_same_person_is_a_reason_that_never_makes_a_likeness_alone() -> None:
    far = Sighting(NOON - dt.timedelta(days=300), 44.9, 10.9, "rifiuti", "strade", "Sacchi in strada", "7")
    found = likeness(NOISE, far)
    assert found.reasons == (Reason.PERSON,) and found.score < 0.05


def test_what_is_not_known_speaks_neither_for_nor_against() -> None:
    nowhere = replace(NOISE, lat=None, lon=None, address="")
    found = likeness(NOISE, nowhere)
    assert found.metres is None and Reason.PLACE not in found.reasons
    beside, away = replace(NOISE, address=""), replace(NOISE, lat=44.81, address="")
    assert likeness(NOISE, beside).score > found.score > likeness(NOISE, away).score
    assert likeness(NOISE, replace(NOISE, words="")).words == 0


def test_the_same_address_is_a_place_without_any_point() -> None:
    found = likeness(NOISE, replace(NOISE, lat=None, lon=None, address="via dei mille, 12"))
    assert Reason.PLACE in found.reasons and found.score > 0.98


@pytest.mark.parametrize(
    "address",
    ["Via dei Mille 30", "via dei mille, 7/B, 41121 Modena", "14-16 Via dei Mille"],
)
def test_another_number_of_the_street_counts_as_the_street(address: str) -> None:
    street, elsewhere = replace(NOISE, address=address), replace(NOISE, address="Via Verdi 30")
    assert likeness(NOISE, street).score > likeness(NOISE, elsewhere).score


def test_a_street_named_after_a_day_is_not_cut_at_its_number() -> None:
    one = replace(NOISE, address="Via 4 Novembre 5")
    assert (
        likeness(one, replace(one, address="Via 25 Aprile 5")).score
        < likeness(one, replace(one, address="Via 4 Novembre 9")).score
    )


def test_a_point_that_many_addresses_share_says_nothing() -> None:
    others = [replace(NOISE, address=f"Via Verdi {number}") for number in range(ADDRESSES_OF_A_VAGUE_POINT)]
    assert {found.metres for _, found in rank(NOISE, others)} == {None}
    assert {found.metres for _, found in rank(NOISE, others[:5])} == {0.0}
    away = replace(NOISE, lat=44.8051)
    assert {found.metres for _, found in rank(away, others)} == {None}


def test_ranking_puts_the_likeliest_first_and_of_equal_ones_the_earliest() -> None:
    earlier = replace(NOISE, at=NOON - dt.timedelta(days=2))
    others = [replace(NOISE, kind="altro", group=""), NOISE, earlier, replace(NOISE, lat=44.815, address="")]
    assert [position for position, _ in rank(NOISE, others)] == [2, 1, 0, 3]
    assert [position for position, _ in rank(NOISE, others, least=0.95, most=1)] == [2]
    assert rank(NOISE, []) == []


SIGHTINGS = st.builds(
    Sighting,
    at=st.integers(0, 170).map(lambda days: NOON - dt.timedelta(days=days, hours=days % 24)),
    lat=st.none() | st.floats(44.8, 44.81),
    lon=st.floats(10.6, 10.61),
    kind=st.sampled_from(["", "a", "b"]),
    group=st.sampled_from(["", "g"]),
    words=st.sampled_from(["", "musica alta di notte", "rifiuti in strada", "urla e musica"]),
    person=st.sampled_from(["", "1", "2"]),
    address=st.sampled_from(["", "via verdi 3", "via verdi 4", "corso italia 1"]),
    ended=st.none() | st.just(NOON - dt.timedelta(days=3)),
)


def slow(one: Sighting, other: Sighting) -> float:
    """The score written out, with a flat map."""
    metres = 150.0
    if one.lat is not None and other.lat is not None:
        up, right = (one.lat - other.lat) * 111_127, ((one.lon or 0) - (other.lon or 0)) * 111_127 * 0.7095
        metres = (up * up + right * right) ** 0.5
    total = WEIGHTS.earlier * (other.at <= one.at)
    if one.address and one.address == other.address:
        metres, total = 0.0, total + WEIGHTS.address
    elif one.address and one.address.split()[:2] == other.address.split()[:2]:
        total += WEIGHTS.street
    total -= WEIGHTS.near * log1p(metres / 10)
    early, late = sorted((one, other), key=lambda each: each.at)
    gap = 0.0 if early.ended is None else max((late.at - early.ended).total_seconds() / 86_400, 0.0)
    total += WEIGHTS.together * (0.5 ** (1 + gap / 21) if gap else 1.0)
    if one.kind and one.kind == other.kind:
        total += WEIGHTS.kind
    elif one.group and one.group == other.group:
        total += WEIGHTS.group
    total += WEIGHTS.person * (one.person != "" and one.person == other.person)
    total += WEIGHTS.words * np.nan_to_num(UNCOUNTED(one.words, [other.words]))[0]
    return float(1 / (1 + exp(similarity.MIDDLE - total)))


@settings(deadline=None)  # a busy machine is no fault
@given(SIGHTINGS, SIGHTINGS)
def test_the_score_agrees_with_the_slow_twin(one: Sighting, other: Sighting) -> None:
    assert likeness(one, other).score == pytest.approx(slow(one, other), abs=0.01)


@settings(deadline=None)  # a busy machine is no fault
@given(
    SIGHTINGS,
    st.lists(SIGHTINGS, max_size=12),
    st.sampled_from([0.0, 0.1, 0.6]),
    st.sampled_from([0, 1, 3, 20]),
)
def test_words_left_unread_change_no_answer(
    one: Sighting, others: list[Sighting], least: float, most: int
) -> None:
    whole = [pair for pair in rank(one, others) if pair[1].score >= least][:most]
    assert [at for at, _ in rank(one, others, least=least, most=most)] == [at for at, _ in whole]


def test_words_are_read_only_where_they_can_make_a_difference() -> None:
    read: list[str] = []

    def compare(one: str, others: Sequence[str]) -> np.ndarray:
        read.extend(others)
        return np.ones(len(others))

    others = [replace(NOISE, lat=44.8 + step / 1000, address="", words=str(step)) for step in range(10)]
    found = rank(NOISE, others, most=1, compare=compare)
    assert found[0][0] == 5 and 1 <= len(read) < 10


def test_words_forgive_order_endings_accents_and_little_words() -> None:
    def alike(one: str, other: str) -> float:
        return float(UNCOUNTED(one, [other])[0])

    assert alike("La musica è altissima di notte", "notte: musica altissima") > 0.75
    assert alike("rumori notturni", "rumore notturno") > 0.5
    assert alike("musica alta", "sacchi di rifiuti") < 0.3
    assert alike("шум вночі", "шум вночі") == 1.0
    assert np.isnan(alike("", "musica"))


def test_what_every_report_says_makes_two_reports_less_alike() -> None:
    common = ngrams.count([["buonasera segnalo che in strada ci sono rifiuti"] * 50])
    counted = similarity.HashedWords(common)
    one, other = "buonasera segnalo una buca", "buonasera segnalo un cane"
    assert counted(one, [other])[0] < UNCOUNTED(one, [other])[0]


def test_real_duplicates_come_up_among_the_first(public_data: Path) -> None:
    """Boston 2015, on 60 of the pairs: the whole measure is `python -m benchmarks.similarity`."""
    from benchmarks import similarity as benchmark

    city = benchmark.read(public_data)
    ranks = []
    for one, other in city.pairs[:60]:
        found = city.compared(one)
        order = [
            int(found[at]) for at, _ in rank(city.reports[one], [city.reports[at] for at in found], most=5)
        ]
        ranks.append(order.index(other) if other in order else 99)
    first, five = (sum(place < most for place in ranks) / len(ranks) for most in (1, 5))
    assert first >= 0.6 and five >= 0.85, f"first {first:.2f}, among five {five:.2f}"
