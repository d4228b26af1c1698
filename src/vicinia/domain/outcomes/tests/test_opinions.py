"""The survey at closing: to everyone once, by link or phone, in shares that say nothing of single people."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import report_in
from vicinia.domain.outcomes import actions, queries, rules
from vicinia.domain.outcomes.models import Opinion
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db
GOOD = {"satisfied": 5, "serious": 4, "informed": 3, "known": 5, "again": 4}


def says(report: Report, **answers: int) -> Opinion:
    return actions.give_opinion(by=Actor.resident(report.reference), report=report, answers=GOOD | answers)


@pytest.fixture
def report(case: Case) -> Report:
    return Report.objects.get(case_link__case=case)


def test_who_reported_says_it_once_for_each_closing(case: Case, anna: Actor, report: Report) -> None:
    with pytest.raises(Refused, match="ancora aperto"):
        says(report)
    assert not queries.may_still_tell(report)
    closed = close_case(anna, case)
    assert queries.may_still_tell(report)
    assert not says(report).by_staff
    assert not queries.may_still_tell(report)
    with pytest.raises(Refused, match="già detto"):
        says(report)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(report=report, case=case, closed_at=Opinion.objects.get().closed_at, **GOOD)
    close_case(anna, casework.reopen(by=anna, case=closed, reason="Di nuovo."))
    assert says(report, satisfied=1).satisfied == 1


def test_nobody_answers_for_another_and_staff_write_down_a_call(
    cast: Cast, case: Case, anna: Actor, report: Report
) -> None:
    close_case(anna, case)
    with pytest.raises(Refused, match="altra segnalazione"):
        actions.give_opinion(by=Actor.resident("2026-9999"), report=report, answers=GOOD)
    with pytest.raises(Refused, match="altra segnalazione"):
        actions.give_opinion(by=cast.actor(cast.vera), report=report, answers=GOOD)
    assert [row.pk for row in queries.reports_to_ask(Case.objects.get())] == [report.pk]
    assert actions.give_opinion(by=anna, report=report, answers=GOOD).by_staff
    assert queries.reports_to_ask(Case.objects.get()) == []


def test_the_copy_for_the_person_has_what_they_said(case: Case, anna: Actor, report: Report) -> None:
    close_case(anna, case)
    says(report)
    assert report.reporter_id is not None
    (row,) = queries.copy_for_person(report.reporter_id)
    assert (row["caso"], row["Segnaleresti di nuovo?"]) == (case.reference, 4)
    assert queries.copy_for_person(0) == []


def test_an_open_case_has_no_opinion(case: Case, report: Report) -> None:
    assert queries.opinion_of(report, case) is None and queries.reports_to_ask(case) == []


def test_a_share_has_its_interval_and_few_answers_have_none() -> None:
    """Wilson 1927: 47 of 100 satisfied is between 37.5 and 56.7 per cent."""
    share = rules.told_share([5] * 47 + [2] * 53, invited=200)
    assert share.satisfied is not None and (share.number, share.rate) == (100, 0.5)
    assert (round(share.satisfied.low, 3), round(share.satisfied.high, 3)) == (0.375, 0.567)
    assert rules.told_share([5] * 9, invited=9).satisfied is None
    assert rules.told_share([3] * 10, invited=10).satisfied.estimate == 0  # type: ignore[union-attr]
    assert rules.told_share([], invited=0).rate == 0


def test_opinions_are_counted_for_the_period_in_two_queries(cast: Cast, anna: Actor) -> None:
    for number in range(11):
        case = close_case(anna, case_of(anna, report_in(cast.crocetta)))
        if number:
            says(Report.objects.get(case_link__case=case), satisfied=4 if number > 2 else 2)
    until = clock.today() + dt.timedelta(days=1)
    with CaptureQueriesContext(connection) as caught:
        found = queries.opinions(until - dt.timedelta(days=30), until)
    assert len(caught) == 2 and (found.invited, found.answered) == (11, 10)
    first = found.rows[0][1]
    assert first.satisfied is not None and first.satisfied.estimate == 0.8
    earlier = queries.opinions(until - dt.timedelta(days=90), until - dt.timedelta(days=30))
    assert (earlier.invited, earlier.answered) == (0, 0)


def test_the_pages_at_the_desk(client: Client, cast: Cast, case: Case, anna: Actor, report: Report) -> None:
    close_case(anna, case)
    client.force_login(cast.anna)
    panel = reverse("outcome_on_case", args=[case.reference])
    assert "risponde al telefono" in client.get(panel).content.decode()
    address = reverse("opinion", args=[case.reference, report.reference])
    assert (
        client.get(address).status_code == 200 and client.post(address, {"satisfied": 5}).status_code == 422
    )
    assert client.post(address, GOOD).status_code == 303
    assert client.post(address, GOOD).status_code == 409
    assert "risponde al telefono" not in client.get(panel).content.decode()
    client.force_login(cast.bruno)
    assert client.get(address).status_code == 404

    for user in cast.everybody:
        client.force_login(user)
        answer = client.get(reverse("opinions"))
        assert answer.status_code == (200 if user in (cast.carla, cast.vera) else 403), user.name
        if answer.status_code == 200:
            page = answer.content.decode()
            assert "Con meno di 10 risposte" in page and "%</td>" not in page


def test_who_reported_twice_is_asked_once(cast: Cast, case: Case, anna: Actor, report: Report) -> None:
    again = report_in(cast.crocetta, title="Di nuovo")
    gino = report_in(cast.crocetta, reporter=PersonDetails(name="Gino Verdi", phone="059 111222"))
    unknown = report_in(cast.crocetta, reporter=None)
    for other in (again, gino, unknown):
        casework.link_report(by=anna, case=case, report=other)
    closed = close_case(anna, case)
    today = clock.today()
    assert [row.pk for row in queries.reports_to_ask(closed)] == [report.pk, gino.pk]
    says(again)
    assert not queries.may_still_tell(report) and queries.may_still_tell(gino)
    with pytest.raises(Refused, match="già detto"):
        says(report)
    assert [row.pk for row in queries.reports_to_ask(closed)] == [gino.pk]
    found = queries.opinions(today, today + dt.timedelta(days=1))
    assert (found.invited, found.answered) == (2, 1)
