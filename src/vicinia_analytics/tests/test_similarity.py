"""Related reports: frozen results, properties, a slow obvious twin, and real duplicates."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections import defaultdict
from dataclasses import replace
from math import cos, radians, sqrt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vicinia_analytics import similarity
from vicinia_analytics.similarity import Likeness, Reason, Sighting, likeness, rank, words_alike

NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
NOISE = Sighting(NOON, 44.805, 10.605, "rumore", "convivenza", "Musica alta di notte al bar", "7")


def test_the_same_place_kind_and_words_on_the_same_day_are_surely_alike() -> None:
    found = likeness(NOISE, replace(NOISE, person=""))
    assert found == Likeness(1.0, (Reason.PLACE, Reason.WORDS, Reason.KIND), 0.0, 0.0, 1.0)


def test_the_frozen_likeness_of_a_near_report_of_other_words() -> None:
    other = Sighting(
        NOON - dt.timedelta(days=7), 44.8055, 10.6055, "schiamazzi", "convivenza", "Urla fino alle tre"
    )
    found = likeness(NOISE, other)
    assert found.reasons == (Reason.PLACE,)
    assert found.metres == pytest.approx(68.2, abs=0.5) and found.days == 7
    assert found.score == pytest.approx(0.4, abs=0.06)


def test_the_same_person_is_a_reason_that_never_makes_a_likeness_alone() -> None:
    far = Sighting(NOON - dt.timedelta(days=300), 44.9, 10.9, "rifiuti", "strade", "Sacchi in strada", "7")
    found = likeness(NOISE, far)
    assert found.reasons == (Reason.PERSON,) and found.score < 0.25


def test_what_is_not_known_takes_no_part() -> None:
    without_place = replace(NOISE, lat=None, lon=None, person="")
    assert likeness(NOISE, without_place).score == 1.0
    assert likeness(NOISE, without_place).metres is None
    assert words_alike("", "musica") is None


def test_words_forgive_order_endings_accents_and_little_words() -> None:
    assert (words_alike("La musica è altissima di notte", "notte: musica altissima") or 0) > 0.75
    assert (words_alike("rumori notturni", "rumore notturno") or 0) > 0.5
    assert (words_alike("musica alta", "sacchi di rifiuti") or 0) < 0.3
    assert (words_alike("шум вночі", "шум вночі") or 0) == 1.0


def test_ranking_puts_the_likeliest_first_and_keeps_order_in_ties() -> None:
    others = [replace(NOISE, kind="altro", group=""), NOISE, NOISE, replace(NOISE, lat=44.815)]
    assert [position for position, _ in rank(NOISE, others)] == [1, 2, 0, 3]
    assert [position for position, _ in rank(NOISE, others, least=0.9, most=1)] == [1]


SIGHTINGS = st.builds(
    Sighting,
    at=st.integers(0, 700).map(lambda days: NOON - dt.timedelta(days=days, hours=days % 24)),
    lat=st.none() | st.floats(44.7, 44.9),
    lon=st.floats(10.5, 10.7),
    kind=st.sampled_from(["", "a", "b"]),
    group=st.sampled_from(["", "g"]),
    words=st.sampled_from(["", "musica alta di notte", "rifiuti in strada", "urla e musica"]),
    person=st.sampled_from(["", "1", "2"]),
)


@given(SIGHTINGS, SIGHTINGS)
def test_likeness_is_symmetric_and_between_zero_and_one(one: Sighting, other: Sighting) -> None:
    there, back = likeness(one, other), likeness(other, one)
    assert 0 <= there.score <= 1
    assert there.score == pytest.approx(back.score, abs=1e-5) and there.reasons == back.reasons


def slow_grams(text: str) -> list[str]:
    padded = f" {text} "
    return [padded[at : at + 3] for at in range(len(padded) - 2)]


def slow_dice(one: str, other: str) -> float:
    """Cross out one equal trigram after another."""
    first, second = slow_grams(one), slow_grams(other)
    left, shared = list(second), 0
    for gram in first:
        if gram in left:
            left.remove(gram)
            shared += 1
    return 2 * shared / (len(first) + len(second))


@given(st.text("abc ", min_size=1, max_size=20), st.text("abc ", min_size=1, max_size=20))
def test_shared_trigrams_agree_with_the_slow_twin(one: str, other: str) -> None:
    assert similarity.gram_dice(one, other) == pytest.approx(slow_dice(one, other))


def flat_metres(one: Sighting, other: Sighting) -> float:
    """Distance on a flat map: good enough within some kilometres."""
    assert one.lat and one.lon and other.lat and other.lon
    up = (one.lat - other.lat) * 111_127
    right = (one.lon - other.lon) * 111_127 * cos(radians(one.lat))
    return sqrt(up * up + right * right)


@given(SIGHTINGS, SIGHTINGS)
def test_without_words_the_score_agrees_with_the_slow_twin(one: Sighting, other: Sighting) -> None:
    one, other = replace(one, words="", person="", lat=44.8), replace(other, words="", person="", lat=44.801)
    place = 0.5 ** (flat_metres(one, other) / 60)
    time = 0.5 ** (abs((one.at - other.at).total_seconds()) / 86_400 / 21)
    kind = (
        1.0 if one.kind and one.kind == other.kind else 0.4 if one.group and one.group == other.group else 0
    )
    slow = (0.45 * place + 0.2 * kind + 0.1 * time) / 0.75
    assert likeness(one, other).score == pytest.approx(slow, abs=0.01)


def boston(folder: Path) -> dict[str, tuple[Sighting, str]]:
    with gzip.open(folder / "boston311_2015.csv.gz", "rt") as file:
        return {
            row["id"]: (_sighting(row), row["neighborhood"])
            for row in csv.DictReader(file)
            if row["lat"] and row["lon"]
        }


def _sighting(row: dict[str, str]) -> Sighting:
    at = dt.datetime.fromisoformat(row["opened"]).replace(tzinfo=dt.UTC)
    return Sighting(at, float(row["lat"]), float(row["lon"]), row["type"], row["reason"])


def test_real_duplicates_come_up_among_the_first(public_data: Path) -> None:
    """Boston 2015: pairs that staff closed as duplicates, against everything within 300 m and 120 days."""
    reports = boston(public_data)
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for key, (one, _) in reports.items():
        cells[(int((one.lat or 0) * 250), int((one.lon or 0) * 250))].append(key)
    with (public_data / "boston311_duplicate_pairs_dev.csv").open() as file:
        pairs = [(row["duplicate_id"], row["original_id"]) for row in csv.DictReader(file)]
    known = [(double, first) for double, first in pairs if double in reports and first in reports]
    places = [_place_of(double, first, reports, cells) for double, first in known]
    found = {
        most: sum(place is not None and place <= most for place in places) / len(places) for most in (1, 3, 8)
    }
    reciprocal = sum(1 / place for place in places if place) / len(places)
    shares = ", ".join(f"first {most}: {share:.0%}" for most, share in found.items())
    print(  # noqa: T201  the figure is what one reads
        f"\n{len(places)} real duplicates of Boston 2015, without words: {shares}; mean reciprocal rank {reciprocal:.2f}"
    )
    assert found[3] > 0.6 and found[8] > 0.7


def _place_of(
    double: str, first: str, reports: dict[str, tuple[Sighting, str]], cells: dict[tuple[int, int], list[str]]
) -> int | None:
    one = reports[double][0]
    row, column = int((one.lat or 0) * 250), int((one.lon or 0) * 250)
    around = [key for up in (-1, 0, 1) for right in (-1, 0, 1) for key in cells[(row + up, column + right)]]
    keys = [
        key
        for key in around
        if key != double and dt.timedelta(days=-120) <= reports[key][0].at - one.at <= dt.timedelta(days=1)
    ]
    ranked = rank(one, [reports[key][0] for key in keys])
    order = [keys[position] for position, _ in ranked]
    return order.index(first) + 1 if first in order else None
