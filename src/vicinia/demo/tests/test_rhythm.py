"""Two years of reports: rhythms kept, nothing twice, one problem that begins to emerge."""

import datetime as dt
import math
from collections import Counter
from zoneinfo import ZoneInfo

from vicinia.demo.rates import RATES
from vicinia.demo.rhythm import PlannedReport, plan_reports
from vicinia.demo.rises import EMERGING, RISES
from vicinia.demo.town import build_town
from vicinia.demo.words import KINDS

ROME = ZoneInfo("Europe/Rome")
NOW = dt.datetime(2026, 11, 23, 9, 30, tzinfo=ROME)
TOWN = build_town(2026)
SEED = 2026


def reports() -> tuple[PlannedReport, ...]:
    return plan_reports(TOWN, seed=SEED, now=NOW)


def test_the_same_seed_and_moment_give_the_same_reports() -> None:
    few = plan_reports.__wrapped__(TOWN, seed=SEED, now=NOW, count=300)
    assert few == plan_reports.__wrapped__(TOWN, seed=SEED, now=NOW, count=300)
    assert len(few) == 300


def test_no_two_texts_are_the_same_in_four_thousand() -> None:
    assert len(reports()) == 4000
    assert len({report.description for report in reports()}) == 4000
    assert len({report.key for report in reports()}) == 4000


def test_nobody_reports_before_it_happens_or_after_now() -> None:
    assert all(report.happened_at <= report.received_at < NOW for report in reports())
    assert min(report.happened_at for report in reports()) > NOW - dt.timedelta(days=731)


def test_every_kind_has_a_rate_and_comes_up() -> None:
    assert set(RATES) == set(KINDS)
    assert {report.kind for report in reports()} == set(KINDS)


def test_each_report_is_where_it_says() -> None:
    for report in reports():
        quarter = TOWN.quarter_at(report.x, report.y)
        assert quarter is not None and quarter.name == report.quarter
        assert (report.civic is None) != (report.place == "")


def test_noise_is_for_summer_weekends_and_lights_for_winter() -> None:
    def share(kind: str, held) -> float:
        own = [report for report in reports() if report.kind == kind and not report.rise]
        return sum(map(held, own)) / len(own)

    assert share("schiamazzi", lambda report: report.happened_at.month in {5, 6, 7, 8, 9}) > 0.55
    # A night belongs to the evening before: Friday and Saturday are two sevenths of the days.
    weekend = share(
        "schiamazzi", lambda report: (report.happened_at - dt.timedelta(hours=5)).weekday() in {4, 5}
    )
    assert weekend > 0.4
    assert share("illuminazione", lambda report: report.happened_at.month in {10, 11, 12, 1, 2, 3}) > 0.6
    assert share("abbandono-rifiuti", lambda report: report.happened_at.weekday() == 0) > 0.2


def test_channels_and_anonymous_reports_have_their_share() -> None:
    channels = Counter(report.channel for report in reports())
    assert 0.25 < channels["web"] / 4000 < 0.45
    assert 0.2 < channels["phone"] / 4000 < 0.36
    assert set(channels) == {"web", "phone", "desk", "street", "email", "partner"}
    anonymous = sum(report.reporter is None for report in reports())
    assert 0.15 < anonymous / 4000 < 0.35


def test_places_come_back_and_later_reports_tell_the_same_story() -> None:
    stories = Counter(report.story for report in reports() if report.story)
    assert stories.most_common(1)[0][1] >= 8
    told_again = [report for report in reports() if "Avevo già scritto" in report.description]
    assert told_again and all(report.story for report in told_again)


def test_one_problem_emerges_in_the_last_two_weeks() -> None:
    square = TOWN.place(EMERGING.place)
    near = [
        report
        for report in reports()
        if report.kind in EMERGING.kinds and math.dist((report.x, report.y), (square.x, square.y)) < 180
    ]
    start = NOW - dt.timedelta(days=14)
    recent = [report for report in near if report.happened_at >= start]
    expected = sum(not report.rise for report in near if report.happened_at < start) / (730 - 14) * 14
    assert sum(report.rise == EMERGING.code for report in recent) == len(EMERGING.kinds)
    assert 11 <= len(recent) <= 17
    assert 0.7 < expected < 2.2


def test_what_rose_rose_around_its_place_in_its_days() -> None:
    for rise in RISES:
        own = [report for report in reports() if report.rise == rise.code]
        place = TOWN.place(rise.place)
        assert sorted(report.kind for report in own) == sorted(rise.kinds)
        assert all(math.dist((one.x, one.y), (place.x, place.y)) <= rise.metres for one in own)
        ages = [(NOW - report.happened_at).days for report in own]
        assert rise.to_days - 2 <= min(ages) and max(ages) <= rise.from_days
