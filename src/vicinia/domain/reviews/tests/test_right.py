"""The right to a review: counted at the exact edges, told apart, and frozen."""

import datetime as dt

import pytest

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.tests.factories import case_of
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import MeToo, Report
from vicinia.domain.listening.tests.factories import police_kind
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.domain.reviews import actions, queries, rules
from vicinia.domain.reviews.rules import Limits, Right, Told
from vicinia.domain.territory.queries import Location
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
LIMITS = Limits(reports=3, people=5, months=6, incident_months=1, metres=50)
TODAY = dt.date(2026, 11, 27)


def person(n: int, **details) -> PersonDetails:
    return PersonDetails(
        **({"name": f"Persona {'ABCDEFGHIJ'[n]}lfa", "email": f"p{n}@posta.example"} | details)
    )


# The rule -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said_on", "happened_on", "counts"),
    [
        (dt.date(2026, 5, 27), None, True),  # six calendar months ago to the day
        (dt.date(2026, 5, 26), None, False),
        (TODAY, None, True),
        (dt.date(2026, 11, 28), None, False),  # not yet, when asked as of an earlier day
        (dt.date(2026, 11, 20), dt.date(2026, 10, 20), True),  # a month later to the day
        (dt.date(2026, 11, 20), dt.date(2026, 10, 19), False),
        (dt.date(2026, 6, 30), dt.date(2026, 5, 31), True),  # June has no 31st: its last day stands for it
        (dt.date(2026, 7, 1), dt.date(2026, 5, 31), False),
        (dt.date(2026, 10, 1), dt.date(2026, 10, 2), True),  # a slip of the calendar harms nobody
    ],
)
def test_a_report_counts_up_to_the_very_day(said_on, happened_on, counts):
    one = Told(1, said_on, 1, happened_on)
    assert rules.is_counted(one, TODAY, LIMITS) is counts


def test_each_report_counts_once_and_oldest_first():
    days = [dt.date(2026, 10, 3), dt.date(2026, 10, 1), dt.date(2026, 10, 3)]
    rows = [Told(at, day, 7) for at, day in zip((1, 2, 1), days, strict=True)]
    assert [one.report_id for one in rules.of_person(rows, TODAY, LIMITS)] == [2, 1]


def test_a_place_is_a_case_a_number_or_a_few_steps():
    here = Told(1, TODAY, 1, lat=44.8, lon=10.6, civic_id=5, case_id=9)
    metre = 1 / 111_195
    assert rules.is_same_place(here, Told(2, TODAY, 2, case_id=9), 50)
    assert rules.is_same_place(here, Told(2, TODAY, 2, civic_id=5), 50)
    assert rules.is_same_place(here, Told(2, TODAY, 2, lat=44.8 + 49 * metre, lon=10.6), 50)
    assert not rules.is_same_place(here, Told(2, TODAY, 2, lat=44.8 + 52 * metre, lon=10.6), 50)
    assert not rules.is_same_place(here, Told(2, TODAY, 2), 50)
    assert not rules.is_same_place(Told(1, TODAY, 1), Told(2, TODAY, 2), 50), "nowhere is no place"


def test_people_are_told_apart_by_what_reaches_them():
    assert rules.people_apart({1: {"a"}, 2: {"b"}, 3: set()}) == 2, "a name alone is nobody"
    assert rules.people_apart({1: {"home"}, 2: {"home"}, 3: {"home"}}) == 1, "five names on one telephone"
    assert rules.people_apart({1: {"home", "x"}, 2: {"home"}}) == 2, "a family where one has an address"
    assert rules.people_apart({1: {"a", "b"}, 2: {"a", "c"}, 3: {"a"}, 4: {"b"}}) == 3
    assert rules.people_apart({1: {"a", "b"}, 2: {"a", "b"}, 3: {"a"}}) == 2


def test_the_two_ways_to_the_right():
    own = tuple(Told(n, TODAY, 1) for n in range(3))
    assert Right(LIMITS, own=own).bases == ["person"]
    assert not Right(LIMITS, own=own[:2]).exists
    assert Right(LIMITS, people=5, is_among_them=True).bases == ["place"]
    assert not Right(LIMITS, people=4, is_among_them=True).exists
    assert not Right(LIMITS, people=5).exists, "who asks is one of them"


def test_what_is_frozen_names_nobody():
    own = tuple(Told(n, TODAY, 1) for n in range(3))
    frozen = Right(LIMITS, own=own, place=own, people=1).frozen()
    assert frozen["report_days"] == ["2026-11-27"] * 3 and frozen["bases"] == ["person"]
    assert not any("person_id" in str(key) for key in frozen)


@pytest.mark.parametrize(
    ("own", "people_count", "is_met", "is_shown"),
    [(3, 0, True, True), (3, 0, False, False), (0, 5, False, True), (0, 0, True, False)],
)
def test_a_link_does_not_prove_whose_reports_they_are(own, people_count, is_met, is_shown):
    rows = tuple(Told(n, TODAY, 1) for n in range(own))
    right = Right(LIMITS, own=rows, people=people_count, is_among_them=True)
    assert rules.is_shown(right, is_met=is_met) is is_shown


# The register ------------------------------------------------------------------------------------------------------------


def right(report: Report) -> Right:
    report = Report.objects.select_related("reporter").get(pk=report.pk)
    return queries.right_of(report, report.reporter)


def test_three_reports_of_one_person(told):
    told(20)
    second = told(10)
    assert not right(second).exists
    third = told(1)
    assert right(third).bases == ["person"] and right(second).exists, "from each of their pages"
    other = told(0, person(1))
    assert len(right(other).own) == 1


def test_the_setting_decides(told, settings):
    settings.REVIEW_REPORTS = 2
    told(10)
    assert right(told(1)).exists
    settings.REVIEW_MONTHS = 0
    assert not right(told(1)).is_by_person


def test_old_reports_and_late_ones_do_not_count(told):
    told(250), told(20)
    long_ago = clock.now() - dt.timedelta(days=70)
    told(10, happened_at=long_ago)
    last = told(1, happened_at=clock.now() - dt.timedelta(days=3))
    assert len(right(last).own) == 2


def test_merged_persons_are_one(told, carla):
    first, second = told(30, person(1)), told(20, person(2))
    last = told(10, person(1))
    keep, gone = first.reporter, second.reporter
    assert keep.pk != gone.pk and not right(last).exists
    people.merge(by=carla, keep=keep, gone=gone)
    assert right(last).is_by_person and right(second).is_by_person
    people.undo_merge(by=carla, gone=Person.objects.get(pk=gone.pk))
    assert not right(last).exists


def test_duplicates_and_joined_reports_are_own(told, anna):
    first, second = told(30), told(20)
    listening.merge(by=anna, report=second, into=first, reason="la stessa cosa")
    neighbours = told(10, person(1))
    assert len(right(first).own) == 2
    MeToo.objects.create(report=neighbours, person=first.reporter)
    assert right(first).is_by_person
    assert len(right(neighbours).own) == 1


def test_five_people_at_one_place(told):
    rows = [told(10 + n, person(n)) for n in range(4)]
    assert not right(rows[0]).exists
    told(3, None)
    told(2, person(0, email="p0@posta.example"))
    assert right(rows[0]).people == 4, "the anonymous and who is counted already add nobody"
    fifth = told(1, person(4))
    assert right(fifth).bases == ["place"] and right(rows[0]).is_by_place
    far = told(0, person(5), location=Location(lat=44.8095, lon=10.6095, area_id=rows[0].area_id))
    assert not right(far).is_by_place


def test_who_joined_counts_at_the_place_and_a_nameless_report_has_no_right(told):
    rows = [told(10 + n, person(n)) for n in range(3)]
    for n in (3, 4):
        joined = people.meet(by=Actor.visitor(), details=person(n))
        MeToo.objects.create(report=rows[0], person=joined)
    assert right(rows[1]).is_by_place
    assert not right(told(0, None)).exists


def test_five_people_in_one_case_wherever_they_are(told, anna, cast):
    case = case_of(anna, told(20, person(0)))
    places = [Location(lat=44.801 + n / 1000, lon=10.601, area_id=cast.crocetta.pk) for n in range(1, 5)]
    rows = [told(10, person(n + 1), location=place) for n, place in enumerate(places)]
    assert not right(rows[0]).exists
    for row in rows:
        casework.link_report(by=anna, case=case, report=row)
    assert right(rows[0]).is_by_place


def test_the_regimes_do_not_mix_at_a_place_but_own_reports_are_own(told):
    rows = [told(10 + n, person(n)) for n in range(4)]
    police = told(5, person(4), category=police_kind())
    assert right(rows[0]).people == 4 and right(police).people == 1
    told(4, person(0)), told(3, person(0), category=police_kind())
    mine = right(rows[0])
    assert mine.is_by_person and mine.legal_basis == "police"


def test_who_sees_no_police_report_reads_no_count_of_them(told, carla, lucia):
    told(10), told(5, category=police_kind())
    last = Report.objects.select_related("reporter").get(pk=told(1).pk)
    assert len(queries.right_for_staff(carla, last).own) == 3
    assert len(queries.right_for_staff(lucia, last).own) == 2
    asked = actions.ask(by=Actor.resident(last.reference), report=last)
    assert not queries.reviews(lucia).exists() and queries.reviews(carla).get() == asked


def test_a_police_report_that_is_not_needed_shuts_nobody_out(told, lucia):
    told(10), told(9), told(5, category=police_kind())
    last = told(1)
    asked = actions.ask(by=Actor.resident(last.reference), report=last)
    assert queries.reviews(lucia).get() == asked and asked.facts["reports"] == 3
    assert asked.reports.count() == 3


def test_what_was_reviewed_does_not_count_again(report, meeting, lucia, told):
    assert right(report).exists
    actions.decide(by=lucia, review=meeting, reasons="Deciso.")
    assert right(report).own == ()
    told(0), told(0)
    assert len(right(told(0)).own) == 3 and right(report).is_by_person


def test_the_right_is_that_of_the_day_of_the_asking(told, carla):
    report = told(190)
    for days in (185, 184):
        told(days)
    entered = actions.Entered(words="x", channel="letter", asked_on=clock.today() - dt.timedelta(days=8))
    review = actions.ask_for(by=carla, report=report, person=report.reporter, new=entered)
    inside = [
        d
        for d in (190, 185, 184)
        if clock.today() - dt.timedelta(days=d) >= clock.add_months(entered.asked_on, -6)
    ]
    assert review.facts["reports"] == len(inside)
    assert "Maria" not in str(review.facts)


def test_the_right_costs_the_same_with_many_reports(told, django_assert_max_num_queries):
    report = told(1)
    for n in range(6):
        told(2, person(n))
    report = Report.objects.select_related("reporter").get(pk=report.pk)
    with django_assert_max_num_queries(14):
        queries.right_of(report, report.reporter)


def test_days_are_those_of_the_town(told):
    """Half past eleven in the evening in Rome is still that day, whatever UTC says."""
    report = told(0)
    half_past_eleven = dt.timedelta(hours=23, minutes=30)
    Report.objects.filter(pk=report.pk).update(
        received_at=clock.start_of(dt.date(2026, 6, 30)) + half_past_eleven
    )
    # 31 December less six months is 30 June, the last day of a month that is too short.
    for day, counted in ((dt.date(2026, 12, 30), 1), (dt.date(2026, 12, 31), 1), (dt.date(2027, 1, 1), 0)):
        with clock.at(clock.start_of(day)):
            assert len(right(report).own) == counted
