"""Related reports, with their reasons, for staff who may see them."""

from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from vicinia.domain.listening import jobs
from vicinia.domain.listening.forms.seeking import seek_to_merge
from vicinia.domain.listening.models import Report, WordCounts
from vicinia.domain.listening.queries import similar, wording
from vicinia.domain.listening.queries.similar import (
    Related,
    Sought,
    public_streets,
    related_reports,
    related_to,
    similar_open,
    similar_while_typing,
)
from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Street
from vicinia.domain.territory.queries import Location
from vicinia.foundation.kernel import clock
from vicinia_analytics import ngrams
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


def test_without_a_point_the_same_address_is_compared_whatever_the_kind(cast: Cast) -> None:
    where = Location(address="Fermata di via Verdi", area_id=cast.crocetta.pk)
    double = report_in(cast.crocetta, location=where, category=kind("lite"), reporter=UGO)
    nowhere = Location(address="Fermata di via Verdi")
    mine = [report_in(cast.crocetta, location=place) for place in (where, nowhere)]
    for one in mine:
        hits = related_reports(cast.actor(cast.anna), one)
        assert Reason.PLACE in {hit.report.pk: hit.reasons for hit in hits}[double.pk]
    assert related_to(cast.actor(cast.anna), Sought(kind(), Location(), "Musica")) == []


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


def test_a_resident_is_shown_public_kinds_or_the_own_kind_and_no_police_matter(cast: Cast) -> None:
    point = report_in(cast.crocetta, category=kind("buche", is_public=True))
    shown = report_in(cast.crocetta, category=kind("buche"))
    for hidden in (kind("lite"), police_kind()):
        report_in(cast.crocetta, category=hidden)
    ended = report_in(cast.crocetta, category=kind("buche"))
    Report.objects.filter(pk=ended.pk).update(state="answered", ended_at=clock.now())
    sought = Sought(kind("buche"), Location(lat=point.lat, lon=point.lon), "Musica alta di notte")
    assert {one.reference for one in similar_open(sought, limit=9)} == {point.reference, shown.reference}


def test_the_person_is_no_reason_for_residents(cast: Cast) -> None:
    """Who asks with the key of a known person learns nothing of what that person reported elsewhere, nor a higher place."""
    mine = report_in(cast.crocetta, category=kind("buche", is_public=True))
    place = Location(lat=(mine.lat or 0) + 0.001, lon=mine.lon)
    for person_id in (None, mine.reporter_id):
        assert similar_open(Sought(mine.category, place, "Musica alta", person_id)) == []


def test_a_merge_is_proposed_within_the_regime_and_the_own_areas_only(cast: Cast) -> None:
    mine, double = report_in(cast.crocetta), report_in(cast.crocetta)
    elsewhere, police = report_in(cast.stazione), report_in(cast.crocetta, category=police_kind())
    Report.objects.filter(pk=elsewhere.pk).update(lat=mine.lat, lon=mine.lon)
    proposed = seek_to_merge(cast.actor(cast.anna), mine).find("")
    assert [one.value for one in proposed] == [double.reference]
    assert police.reference not in {
        one.value for one in seek_to_merge(cast.actor(cast.anna), mine).find("musica")
    }


def test_the_same_address_is_compared_before_hundreds_that_are_as_near(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similar, "COMPARED_MOST", 2)
    there = {
        "lat": cast.crocetta.south + 0.005,
        "lon": cast.crocetta.west + 0.005,
        "area_id": cast.crocetta.pk,
    }
    first = report_in(cast.crocetta, location=Location(**there, address="Via Verdi 3"))
    for number in range(4):
        report_in(cast.crocetta, location=Location(**there, address=f"Via Verdi {number + 10}"), reporter=UGO)
    ada = PersonDetails(name="Ada Blu", phone="059 999999")
    mine = report_in(cast.crocetta, location=Location(**there, address="Via Verdi 3"), reporter=ada)
    assert related_reports(cast.actor(cast.anna), mine)[0].report == first


def test_an_earlier_report_is_compared_around_its_own_day(cast: Cast) -> None:
    mine, double = report_in(cast.crocetta), report_in(cast.crocetta, reporter=UGO)
    now = report_in(cast.crocetta, reporter=PersonDetails(name="Ada Blu", phone="059 999999"))
    for row, days in ((mine, 400), (double, 410)):
        Report.objects.filter(pk=row.pk).update(received_at=clock.now() - dt.timedelta(days=days))
    mine.refresh_from_db()
    related = found(related_reports(cast.actor(cast.anna), mine))
    assert double.pk in related and now.pk not in related


def test_a_report_that_has_ended_comes_after_an_open_one(cast: Cast) -> None:
    ended, still_open = report_in(cast.crocetta), report_in(cast.crocetta, reporter=UGO)
    past = clock.now() - dt.timedelta(days=9)
    Report.objects.filter(pk=ended.pk).update(state="answered", received_at=past, ended_at=None)
    mine = report_in(cast.crocetta, reporter=PersonDetails(name="Ada Blu", phone="059 999999"))
    assert [one.report.pk for one in related_reports(cast.actor(cast.anna), mine)] == [
        still_open.pk,
        ended.pk,
    ]


def test_words_are_counted_when_counts_are_missing_old_or_made_otherwise(cast: Cast) -> None:
    assert wording.word_counts() is ngrams.NOTHING_COUNTED
    for _each in range(6):
        report_in(cast.crocetta)
    report_in(cast.crocetta, category=police_kind(), title="Spaccio", description="")
    assert jobs.count_words() == 6, "what the police regime holds is not counted"
    assert wording.word_counts().documents == 6 and wording.word_counts().counts.max() == 6
    assert jobs.count_words() == 0
    WordCounts.objects.update(stamp="another")
    assert wording.word_counts() is ngrams.NOTHING_COUNTED and jobs.count_words() == 6
    WordCounts.objects.update(counted_at=clock.now() - dt.timedelta(days=1))
    assert jobs.count_words() == 6


def test_counts_hold_nothing_that_few_wrote_and_forget_what_is_gone(cast: Cast) -> None:
    rows = [report_in(cast.crocetta, title="Musica", description="") for _each in range(5)]
    report_in(cast.crocetta, title="Rossi Ugo", description="")
    call_command("count_words", stdout=StringIO())
    names = ngrams.count([["Rossi Ugo"] * 5]).counts
    assert wording.word_counts().counts.any() and not wording.word_counts().counts[names > 0].any()
    Report.objects.filter(pk=rows[0].pk).update(title="Tolto")
    call_command("count_words", stdout=StringIO())
    assert not wording.word_counts().counts.any()


def test_many_reports_cost_as_many_statements_as_one(cast: Cast) -> None:
    mine = report_in(cast.crocetta)

    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            related_reports(anna, mine)
        return len(queries)

    anna = cast.actor(cast.anna)
    report_in(cast.crocetta)
    short = statements()
    assert short == 4, "the counts of words, what is near, what is of the same person, what is shown"
    for _each in range(10):
        report_in(cast.crocetta, reporter=UGO)
    assert statements() == short
