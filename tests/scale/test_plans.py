"""At 100,000 reports every list is read by an index, and more rows need no more statements."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import made_up_town
from vicinia.domain.casework import queries as casework
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import ReportState
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.search import queries as search

pytestmark = [pytest.mark.scale, pytest.mark.django_db]
REPORTS = int(os.environ.get("VICINIA_SCALE_REPORTS", "100000"))


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The made-up town, filled once for all the tests of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        made_up_town.fill(REPORTS)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def coordinator(filled: None) -> Actor:
    return User.objects.get(email="u1@prova.example").as_actor()


@pytest.fixture
def operator(filled: None) -> Actor:
    return User.objects.get(email="u3@prova.example").as_actor()


def plan_of(rows: Any) -> str:
    """How the database would read these rows."""
    return str(rows.explain())


def reads_all_reports(plan: str) -> bool:
    """Whether the plan walks the whole table of reports, row by row."""
    if connection.vendor == "postgresql":
        return "Seq Scan on listening_report" in plan
    return any("SCAN listening_report" in line and "INDEX" not in line for line in plan.splitlines())


def _june(rows: Any) -> Any:
    since, until = (clock.start_of(clock.today().replace(month=month, day=1)) for month in (6, 7))
    return rows.filter(received_at__gte=since, received_at__lt=until).newest_first()


LISTS = {
    "unassigned": lambda rows, by: rows.unassigned().most_urgent_first(),
    "mine": lambda rows, by: rows.owned_by(by).most_urgent_first(),
    "due": lambda rows, by: rows.due().most_urgent_first(),
    "late": lambda rows, by: rows.late().most_urgent_first(),
    "waiting": lambda rows, by: rows.waiting().most_urgent_first(),
    "all": lambda rows, by: rows.newest_first(),
    "area": lambda rows, by: rows.in_area(9).newest_first(),
    "kind": lambda rows, by: rows.filter(category_id=40).newest_first(),
    "state": lambda rows, by: rows.filter(state=ReportState.REDIRECTED).newest_first(),
    "channel": lambda rows, by: rows.filter(channel="letter").newest_first(),
    "period": lambda rows, by: _june(rows),
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_the_whole_town_is_read_by_an_index(name: str, coordinator: Actor) -> None:
    rows = LISTS[name](listening.reports(coordinator), coordinator)[:50]
    plan = plan_of(rows)
    assert not reads_all_reports(plan), plan


@pytest.mark.parametrize("name", LISTS)
def test_a_list_of_some_areas_is_read_by_an_index(name: str, operator: Actor) -> None:
    rows = LISTS[name](listening.reports(operator), operator)[:50]
    plan = plan_of(rows)
    assert not reads_all_reports(plan), plan


def test_points_in_a_box_are_read_by_an_index(operator: Actor) -> None:
    plan = plan_of(listening.points(operator, 44.805, 10.605, 44.825, 10.625)[:2000])
    assert not reads_all_reports(plan), plan


def test_words_are_found_in_the_index_and_their_rows_by_key(coordinator: Actor) -> None:
    found = search.among(listening.reports(coordinator), "report", "rumore")
    plan = plan_of(found.newest_first()[:50])
    assert not reads_all_reports(plan), plan


def test_cases_are_read_by_an_index(operator: Actor) -> None:
    mine = casework.cases(operator).open().owned_by(operator).most_urgent_first()
    plan = plan_of(mine[:50])
    assert "case_owner" in plan or "Index" in plan or "INDEX" in plan, plan


def test_a_plan_that_reads_everything_is_recognised(filled: None) -> None:
    assert reads_all_reports(plan_of(Report.objects.filter(me_too_count=77).order_by()))


def _statements(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("/in-arrivo?vista=tutte&channel=letter", "/in-arrivo?vista=tutte&channel=web"),
        ("/mappa/punti?bbox=10.6050,44.8050,10.6051,44.8051", "/mappa/punti"),
    ],
)
def test_fifty_rows_need_no_more_statements_than_one(
    one: str, many: str, operator: Actor, client: Client, settings: Any
) -> None:
    settings.SECOND_FACTOR = False
    client.force_login(User.objects.get(pk=operator.user_id))
    report = listening.reports(operator).newest_first()[0]
    Report.objects.filter(pk=report.pk).update(channel="letter")
    assert _statements(client, one) == _statements(client, many)
