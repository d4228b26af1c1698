"""The pictures of an alert: what is blue, what is grey, and the same in words."""

import datetime as dt
import json

import pytest

from tests.cast import Cast
from vicinia.domain.foresight import drawing, queries
from vicinia.domain.foresight.models import Alert
from vicinia.domain.foresight.queries import Tally
from vicinia.domain.foresight.tests.factories import reports
from vicinia.domain.listening.models import Report
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db


def around(alert: Alert, by) -> drawing.Surroundings:
    found = drawing.surroundings(
        alert, queries.counts_behind(alert), queries.reports_behind(by, alert).reports
    )
    assert found
    return found


def test_the_days_of_the_alert_are_blue_and_the_others_grey(alert):
    series = drawing.curve(alert)
    assert len(series.bars) == 60
    blue = [bar for bar in series.bars if not bar.meaning]
    assert len(blue) == alert.days and sum(bar.value for bar in blue) == 9
    assert series.sentence == "Nei 7 giorni dell'allerta: 9. Nei 53 giorni prima: 0."
    assert series.has_expected and series.has_usual


def test_an_alert_of_one_day_is_singular(alert):
    alert.first_day = alert.last_day
    assert drawing.curve(alert).sentence.startswith("Nel giorno dell'allerta: 9. Nei 59 giorni prima:")


def test_the_map_shows_reports_as_points_only_to_who_sees_them(alert, anna, carla, bruno):
    points = json.loads(around(alert, anna).points)["features"]
    assert len(points) == 9 and points[0]["properties"]["url"].startswith("/in-arrivo/")
    nobody = drawing.surroundings(alert, queries.counts_behind(alert), [])
    assert nobody and json.loads(nobody.points)["features"] == []


@pytest.fixture
def before(cast: Cast) -> dt.date:
    """Twelve reports of the spring, 180 metres east of where the alert will be, and one 30 metres from it."""
    assert cast.crocetta.south is not None and cast.crocetta.west is not None
    lat, lon = cast.crocetta.south + 0.0052, cast.crocetta.west + 0.0052
    day = clock.today() - dt.timedelta(days=90)
    reports(cast.crocetta, [day] * 12, lat=lat, lon=lon + 0.0025)
    reports(cast.crocetta, [day], lat=lat, lon=lon)
    return day


def test_what_was_before_is_in_squares_never_at_a_door(before, alert, anna):
    shown = around(alert, anna)
    squares = json.loads(shown.cells)
    assert sorted((one["count"], one["level"]) for one in squares) == [(1, 1), (12, 3)]
    exact = {(row.lat, row.lon) for row in Report.objects.all()}
    corners = {tuple(corner) for one in squares for corner in one["box"]}
    assert not exact & corners
    for one in squares:
        (south, west), (north, east) = one["box"]
        assert south < north and west < east
    assert shown.directions == [("nel cerchio", 1), ("a est", 12)], (
        "the alert's own nine are not what was before"
    )
    assert json.loads(shown.circles)[0]["metres"] == shown.metres == alert.radius_m + 50


def test_a_rise_of_a_whole_area_has_no_map(alert):
    alert.lat = alert.lon = None
    assert drawing.surroundings(alert, queries.counts_behind(alert), []) is None


def test_weeks_with_what_was_decided():
    monday = dt.date(2026, 3, 2)
    series = drawing.weeks({monday: Tally(1, 0, 2), monday + dt.timedelta(days=7): Tally(0, 1, 0)})
    assert [bar.value for bar in series.bars] == [3, 1]
    assert series.bars[0].parts == ((1, "done"), (0, "due"), (2, "plain"))
    assert [name for name, _meaning in series.legend] == ["utili", "da decidere", "inutili"]
    assert "sono state 4 allerte" in series.sentence
    assert drawing.weeks({monday: Tally(0, 0, 0)}).sentence == "Ancora nessuna allerta."


def test_the_page_has_both_pictures_and_their_words(desk, alert):
    page = desk.get(f"/allerte/{alert.reference}").content.decode()
    assert "chart-expected" in page and "chart-band" in page and "I numeri in tabella" in page
    assert "data-cells" in page and "La mappa in parole" in page and "Nel cerchio" in page
