"""Coverage adds up: hours by area, weekday and band, what was seen, and the places without eyes."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening.tests.factories import police_kind, report_in
from vicinia.domain.presence import actions, queries
from vicinia.domain.presence.actions import NewObservation, NewStop, Settlement
from vicinia.domain.presence.models import Observation, Round, RoundStop
from vicinia.domain.presence.queries.coverage import coverage, pieces, points
from vicinia.domain.presence.queries.eyes import unseen_spots
from vicinia.domain.presence.tests.conftest import in_area, of, with_stops
from vicinia.domain.territory.models import CivicNumber, Place, Street
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
MONDAY = dt.date(2026, 3, 2)


def moment(day, hour, minute=0):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def done(walk, by, started_at, ended_at, **fields):
    """A round that took place at a time."""
    row = actions.finish_round(by=by, round_=actions.start_round(by=by, round_=walk(**fields)))
    Round.objects.filter(pk=row.pk).update(started_at=started_at, ended_at=ended_at)
    return row


def test_time_is_cut_at_the_edges_of_bands_and_days():
    found = list(pieces(moment(MONDAY, 22, 30), moment(MONDAY + dt.timedelta(days=1), 7, 15)))
    assert found == [(0, 5, 90.0), (1, 0, 420.0), (1, 1, 15.0)]
    assert list(pieces(moment(MONDAY, 9), moment(MONDAY, 9))) == []


def test_hours_and_observations_by_area_weekday_and_band(cast: Cast, carla, walk):
    one = done(walk, carla, moment(MONDAY, 9), moment(MONDAY, 11))
    shared = [cast.crocetta, cast.stazione]
    done(walk, carla, moment(MONDAY, 14), moment(MONDAY, 16), areas=shared)
    done(walk, carla, moment(MONDAY - dt.timedelta(days=1), 9), moment(MONDAY, 0))  # before the period
    Round.objects.filter(pk=one.pk).update(state="under_way")
    seen = actions.observe(by=carla, round_=one, new=NewObservation("decay", location=in_area(cast.crocetta)))
    Observation.objects.filter(pk=seen.pk).update(at=moment(MONDAY, 10, 30))
    Round.objects.filter(pk=one.pk).update(state="done")
    found = coverage(carla, MONDAY, MONDAY)
    crocetta, stazione = found.areas
    assert [cell.minutes for cell in crocetta.cells] == [0, 60, 60, 60, 0, 0]
    assert [cell.minutes for cell in stazione.cells] == [0, 0, 0, 60, 0, 0]
    assert (crocetta.cells[2].seen, crocetta.rounds, stazione.rounds, found.rounds) == (1, 2, 1, 2)
    assert (crocetta.total.hours, found.total.hours, found.total.seen) == (3.0, 4.0, 1)
    assert [line.total.minutes for line in found.weekdays] == [240, 0, 0, 0, 0, 0, 0]
    assert crocetta.last_on == MONDAY
    only = coverage(carla, MONDAY, MONDAY, cast.stazione.pk)
    assert ([line.label for line in only.areas], only.total.hours, only.rounds) == (["Stazione"], 1.0, 1)
    assert coverage(carla, MONDAY + dt.timedelta(days=1), clock.today()).areas[0].total.is_empty


def test_it_counts_what_one_may_see(cast: Cast, anna, lucia, carla, walk):
    police = case_of(anna, report_in(cast.crocetta, category=police_kind()))
    row = actions.start_round(by=carla, round_=walk())
    place = in_area(cast.crocetta)
    seen = actions.observe(by=carla, round_=row, new=NewObservation("conflict", location=place))
    today = clock.today()
    assert coverage(lucia, today, today).total.seen == len(points(lucia, today, today)) == 1
    actions.settle_observation(by=carla, observation=seen, settlement=Settlement("linked", case=police))
    assert coverage(lucia, today, today).total.seen == len(points(lucia, today, today)) == 0
    assert coverage(anna, today, today).total.seen == len(points(anna, today, today, cast.crocetta.pk)) == 1
    assert points(anna, today, today, cast.stazione.pk) == []
    bruno = cast.actor(cast.bruno)
    assert [line.label for line in coverage(bruno, today, today).areas] == ["Stazione"]
    assert coverage(bruno, today, today).is_empty and points(bruno, today, today) == []


def test_a_point_says_what_and_when_and_no_word(cast: Cast, anna, under_way):
    new = NewObservation("damage", "Segreto", location=in_area(cast.crocetta))
    actions.observe(by=anna, round_=under_way, new=new)
    actions.observe(by=anna, round_=under_way, new=NewObservation("quiet"))  # nowhere in particular
    (feature,) = points(anna, clock.today(), clock.today())
    assert feature["properties"]["meaning"] == "due" and "Segreto" not in str(feature)
    assert feature["properties"]["url"] == reverse("round", args=[under_way.reference])


def test_places_without_eyes_never_seen_first_then_longest_ago(cast: Cast, anna, walk):
    def place(code, **fields):
        lat, lon = cast.crocetta.south + fields.pop("up"), cast.crocetta.west + 0.001
        return Place.objects.create(code=code, name=code, area=cast.crocetta, lat=lat, lon=lon, **fields)

    long_ago, lately, _never = place("a", up=0.001), place("b", up=0.004), place("c", up=0.007)
    place("tolto", up=0.009, retired_on=clock.today())
    row = with_stops(anna, walk(), NewStop("place", place=long_ago), NewStop("place", place=lately))
    row = actions.start_round(by=anna, round_=row)
    for stop in queries.stops_of(anna, row):
        actions.tick_stop(by=anna, stop=stop)
    RoundStop.objects.filter(place=long_ago).update(seen_at=clock.now() - dt.timedelta(days=45))
    found = unseen_spots(anna, [cast.crocetta.pk])
    assert [(spot.title, spot.days) for spot in found] == [("c", None), ("a", 45)]
    assert [spot.title for spot in unseen_spots(anna, [cast.crocetta.pk], days=0)] == ["c", "a", "b"]


def test_a_cluster_is_called_by_the_street_of_the_nearest_door(cast: Cast, anna):
    street = Street.objects.create(code="1", kind="Via", name="dei Mille")
    lat, lon = cast.crocetta.south + 0.005, cast.crocetta.west + 0.005
    for number, away in ((1, 0.0002), (2, 0.0005), (3, 0.01)):
        CivicNumber.objects.create(street=street, number=number, lat=lat + away, lon=lon, area=cast.crocetta)
    for number in range(3):
        report_in(cast.crocetta, title=str(number), location=in_area(cast.crocetta, address="da Maria Bassi"))
    far = in_area(cast.crocetta, up=0.0005, right=0.0005)
    for number in range(3, 6):
        report_in(cast.crocetta, title=str(number), location=far)
    titles = {spot.title for spot in unseen_spots(anna, [cast.crocetta.pk])}
    assert titles == {"Via dei Mille, Crocetta", "Crocetta"}


def test_the_page_costs_the_same_with_one_and_with_fifty(cast: Cast, anna, carla, walk):
    client = of(cast.carla)

    def cost(name):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name)).status_code == 200
        return len(asked)

    def one(number):
        row = actions.start_round(
            by=anna, round_=with_stops(anna, walk(), NewStop(location=in_area(cast.crocetta)))
        )
        new = NewObservation("decay", location=in_area(cast.crocetta, up=number / 10_000))
        actions.observe(by=anna, round_=row, new=new)
        Place.objects.create(
            code=str(number), name=str(number), area=cast.crocetta, lat=44.8, lon=10.6 + number / 1000
        )
        actions.finish_round(by=anna, round_=row)

    pages = ("coverage", "coverage_points", "observations")
    one(0)
    [cost(name) for name in pages]
    before = [cost(name) for name in pages]
    for number in range(1, 50):
        one(number)
    assert [cost(name) for name in pages] == before
    assert max(before) < 20, before
