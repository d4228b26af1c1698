"""Related reports, with their reasons, for staff who may see them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.queries.similar import (
    Related,
    Sought,
    public_streets,
    related_reports,
    similar_open,
    similar_while_typing,
)
from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Street
from vicinia.domain.territory.queries import Location
from vicinia.foundation.kernel import clock
from vicinia_analytics.similarity import Reason

pytestmark = pytest.mark.django_db
UGO = PersonDetails(name="Ugo Neri", phone="059 765432")


def found(related: list[Related]) -> set[int]:
    return {one.report.pk for one in related}


def test_the_same_place_kind_and_words_come_first_with_their_reasons(cast: Cast) -> None:
    mine = report_in(cast.crocetta)
    double = report_in(cast.crocetta, reporter=UGO)
    report_in(cast.crocetta, reporter=UGO, category=kind("rifiuti"), title="Sacchi", description="Per terra")
    first = related_reports(cast.actor(cast.anna), mine)[0]
    assert first.report == double and first.reasons == (Reason.PLACE, Reason.WORDS, Reason.KIND)
    assert first.why == "a 0 m, parole simili, stesso tipo"


def test_the_same_person_is_a_reason_even_far_away_and_long_ago(cast: Cast) -> None:
    carla = cast.actor(cast.carla)
    mine = report_in(cast.crocetta)
    earlier = report_in(cast.stazione, category=kind("rifiuti"), title="Sacchi", description="In strada")
    Report.objects.filter(pk=earlier.pk).update(received_at=clock.now() - dt.timedelta(days=400))
    related = related_reports(carla, mine)
    assert found(related) == {earlier.pk} and related[0].reasons == (Reason.PERSON,)


def test_what_one_may_not_see_is_related_to_nothing(cast: Cast) -> None:
    mine = report_in(cast.crocetta)
    elsewhere = report_in(cast.stazione)
    police = report_in(cast.crocetta, category=police_kind())
    Report.objects.filter(pk=elsewhere.pk).update(lat=mine.lat, lon=mine.lon)
    seen_by = {
        name: found(related_reports(cast.actor(getattr(cast, name)), mine))
        for name in ("anna", "carla", "lucia")
    }
    assert seen_by["anna"] == {police.pk}
    assert seen_by["carla"] == {elsewhere.pk, police.pk}
    assert seen_by["lucia"] == set()


def test_without_a_point_the_same_kind_in_the_same_area_is_compared(cast: Cast) -> None:
    mine = report_in(cast.crocetta, location=Location(place_words="cortile", area_id=cast.crocetta.pk))
    double = report_in(cast.crocetta, reporter=UGO)
    assert found(related_reports(cast.actor(cast.anna), mine)) == {double.pk}


def test_while_typing_nothing_comes_up_before_a_kind_and_a_place(cast: Cast) -> None:
    anna = cast.actor(cast.anna)
    double = report_in(cast.crocetta)
    point = {"lat": str(double.lat), "lon": str(double.lon)}
    assert similar_while_typing(anna, point) == []
    assert similar_while_typing(anna, {"kind_code": "rumore", "lat": "x"}) == []
    assert found(similar_while_typing(anna, point | {"kind_code": "rumore"})) == {double.pk}


def test_residents_are_asked_about_open_reports_near_a_point_only(cast: Cast) -> None:
    near = report_in(cast.crocetta, category=kind("rifiuti", is_public=True))
    point = Location(lat=near.lat, lon=near.lon)
    assert [one.reference for one in similar_open(Sought(near.category, point))] == [near.reference]
    assert similar_open(Sought(near.category, Location(area_id=cast.crocetta.pk))) == []
    far = Location(lat=(near.lat or 0) + 0.02, lon=near.lon)
    assert similar_open(Sought(near.category, far)) == []


def test_a_place_is_told_by_its_register_name_and_never_as_typed(cast: Cast) -> None:
    Street.objects.create(code="1", kind="Via", name="dei Mille")
    report = report_in(cast.crocetta)
    told = {}
    for address in (
        "via dei mille, 12/A",
        "vicino a Via dei Mille, 12",
        "da Rita Verdi",
        "Rita Verdi, via dei Mille 3",
    ):
        report.address = address
        told[address] = public_streets([report])[report.pk]
    assert list(told.values()) == ["Via dei Mille", "Via dei Mille", "Crocetta", "Crocetta"]


def test_many_reports_cost_as_many_statements_as_one(cast: Cast) -> None:
    mine = report_in(cast.crocetta)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            related_reports(anna, mine)
        return len(queries)

    anna = cast.actor(cast.anna)
    report_in(cast.crocetta)
    short = statements()
    for _each in range(10):
        report_in(cast.crocetta, reporter=UGO)
    assert statements() == short
