"""Places, calendars, counts, settings, zones and dates: what they are and what they refuse."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vicinia_analytics.geometry import metres_between
from vicinia_analytics.scan import Calendar, Counts, Places, ScanInputError, Settings, Study, Unit, zones
from vicinia_analytics.scan.dates import When

DAY = dt.date(2026, 3, 12)
TWO = Places.of([("piazza", 0.0, 0.0), ("parco", 3.0, 4.0)])


def test_distances() -> None:
    assert TWO.distances_km(slice(0, 1)).tolist() == [[0.0, 5.0]]
    round_earth = Places.of([("a", 44.7, 10.6), ("b", 44.8, 10.9)], geographic=True)
    assert round_earth.distances_km(slice(0, 1))[0, 1] * 1000 == pytest.approx(metres_between(44.7, 10.6, 44.8, 10.9))  # fmt: skip
    assert len(TWO) == 2 and TWO.index() == {"piazza": 0, "parco": 1}


@pytest.mark.parametrize(
    ("rows", "geographic", "sentence"),
    [
        ([], False, "There are no places."),
        ([("a", 0, 0), ("a", 1, 1)], False, "Place 'a' in row 2 was already in row 1."),
        ([("a", float("nan"), 0)], False, "Place 'a' in row 1 has no coordinates."),
        ([("a", 91, 0)], True, "Place 'a' in row 1: latitude 91, longitude 0 are out of range."),
    ],
)
def test_places_refused(rows: list[tuple[str, float, float]], geographic: bool, sentence: str) -> None:
    with pytest.raises(ScanInputError, match="^" + sentence.replace(".", r"\.") + "$"):
        Places.of(rows, geographic=geographic)


@given(st.dates(dt.date(2020, 1, 1), dt.date(2021, 12, 31)), st.integers(0, 900), st.sampled_from(list(Unit)))
def test_a_calendar_cuts_all_its_days(start: dt.date, more: int, unit: Unit) -> None:
    """Every day is in one period, between its first and its last day; periods follow each other without a gap."""
    calendar = Calendar(start, start + dt.timedelta(more), unit)
    for offset in range(0, more + 1, 5):
        day = start + dt.timedelta(offset)
        period = calendar.period_of(day)
        assert 0 <= period < len(calendar)
        assert calendar.first_day(period) <= day <= calendar.last_day(period)
    assert calendar.first_day(0) == start and calendar.last_day(len(calendar) - 1) == calendar.end
    for period in range(1, len(calendar)):
        assert calendar.first_day(period) == calendar.last_day(period - 1) + dt.timedelta(1)


def test_weeks_are_counted_back_from_the_end() -> None:
    calendar = Calendar(dt.date(2026, 3, 1), dt.date(2026, 3, 31), Unit.WEEK)
    assert len(calendar) == 5
    assert (calendar.first_day(4), calendar.last_day(4)) == (dt.date(2026, 3, 25), dt.date(2026, 3, 31))
    assert (calendar.first_day(0), calendar.last_day(0)) == (dt.date(2026, 3, 1), dt.date(2026, 3, 3))


def test_a_study_ends_after_it_starts() -> None:
    with pytest.raises(ScanInputError, match=r"ends \(2026-03-11\) before it starts \(2026-03-12\)"):
        Calendar(DAY, DAY - dt.timedelta(1))


def test_a_study_from_rows() -> None:
    rows = [("piazza", DAY, 2), ("parco", DAY + dt.timedelta(2), 1), ("piazza", DAY, 1)]
    study = Study.of(rows, places=TWO)
    assert study.cases.tolist() == [[3, 0, 0], [0, 0, 1]] and study.total == 4
    assert Study.of(rows, places=TWO, end=DAY).cases.tolist() == [[3], [0]]  # later days are not under study
    late = Study.of(rows, places=TWO, start=DAY + dt.timedelta(1), unit=Unit.MONTH)
    assert late.cases.tolist() == [[0], [1]]
    assert Study.of([], places=TWO, start=DAY, end=DAY).total == 0


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: Study.of([], places=TWO), "There are no cases, so the days under study must be given."),
        (lambda: Study.of([("bar", DAY, 1)], places=TWO), "Row 1: place 'bar' is not among the places."),
        (lambda: Study.of([("parco", DAY, 1), ("parco", DAY, -2)], places=TWO), "Row 2: -2 cases; a count is 0 or more."),
        (lambda: Counts(np.array([0]), np.array([0, 1]), np.array([1])), "Places, periods and counts are not as many."),
        (lambda: Counts(np.array([0, 0]), np.array([0, 1]), np.array([1, -1])), "Row 2: -1 cases; a count is 0 or more."),
        (lambda: Counts(np.array([0, 5]), np.array([0, 1]), np.array([1, 1])).table(2, 2), "Row 2: there is no place 5."),
        (lambda: Counts(np.array([0, 1]), np.array([-1, 1]), np.array([1, 1])).table(2, 2), "Row 1: there is no period -1."),
        (lambda: Settings(min_length=0), "The shortest window is at least one period."),
        (lambda: Settings(min_length=3, max_length=2), "The longest window is shorter than the shortest."),
        (lambda: Settings(max_share=0), "A zone holds more than 0 and at most 1 of the cases."),
        (lambda: Settings(max_share=1.1), "A zone holds more than 0 and at most 1 of the cases."),
        (lambda: Settings(max_radius=0), "The radius is more than 0 km."),
        (lambda: Settings(max_places=0), "A zone has at least one place."),
        (lambda: Settings(replications=-1), "Replications are 0 or more."),
        (lambda: Settings(stop_after=0), "A sequential test stops after at least one exceedance."),
        (lambda: Settings(analyses_before=0), "Analyses are at least one."),
        (lambda: Settings(threads=0), "Threads are at least one."),
        (lambda: Settings(min_cases=0), "A cluster has at least one case."),
        (lambda: Settings(clusters=0), "Clusters are at least one."),
        (lambda: Settings(seed=-1), "A seed is 0 or more."),
    ],
)  # fmt: skip
def test_what_is_refused(make: object, sentence: str) -> None:
    with pytest.raises(ScanInputError) as refusal:
        make()  # type: ignore[operator]
    assert str(refusal.value) == sentence


def test_zones_end_at_the_share_the_radius_and_the_number() -> None:
    row = Places.of([(str(x), float(x), 0.0) for x in range(5)])
    measure = np.ones(5)

    def reach(settings: Settings) -> list[int]:
        return zones.zones(row, measure=measure, settings=settings).reach.tolist()

    assert reach(Settings(max_share=0.4)) == [2] * 5
    assert reach(Settings(max_share=1, max_radius=1.0)) == [2, 3, 3, 3, 2]
    assert reach(Settings(max_share=1, max_places=1)) == [1] * 5
    assert reach(Settings(max_share=0.1)) == [0] * 5
    assert zones.zones(row, measure=measure, settings=Settings(max_share=1)).order[2].tolist() == [2, 1, 3, 0, 4]  # fmt: skip


def test_too_many_places_can_not_be_ordered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "_MOST_PLACES", 2)
    with pytest.raises(ScanInputError, match="2 places; at most 1"):
        zones.zones(TWO, measure=np.ones(2), settings=Settings())


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03-12", (2026, 3, 12), (2026, 3, 12)),
        (" 2001/11/2 ", (2001, 11, 2), (2001, 11, 2)),
        ("2026-12", (2026, 12, 1), (2026, 12, 31)),
        ("2024/2", (2024, 2, 1), (2024, 2, 29)),
        ("1973", (1973, 1, 1), (1973, 12, 31)),
        ("73", (1973, 1, 1), (1973, 12, 31)),
        ("69", (1969, 1, 1), (1969, 12, 31)),
        ("07", (2007, 1, 1), (2007, 12, 31)),
    ],
)
def test_dates(text: str, first: tuple[int, int, int], last: tuple[int, int, int]) -> None:
    when = When.parse(text)
    assert (when.first, when.last) == (dt.date(*first), dt.date(*last))


@pytest.mark.parametrize("text", ["", "12/03/2026", "2026-13", "2026-02-30", "2026-03/12", "73/1", "ieri", "1.5", "2026-03-12T10:00", "0000"])  # fmt: skip
def test_what_is_not_a_date(text: str) -> None:
    with pytest.raises(ScanInputError):
        When.parse(text)


def test_how_fine_a_date_is() -> None:
    assert When.parse("2026-03-12").is_fine_enough(Unit.DAY) and When.parse("2026").is_fine_enough(Unit.YEAR)
    assert not When.parse("2026-03").is_fine_enough(Unit.WEEK) and When.parse("2026-03").is_fine_enough(Unit.MONTH)  # fmt: skip
