"""The page of a case in which everything has happened: every subject, 500 lines of chronology, fifteen statements."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.permissions.leaks import planted_around as around
from tests.permissions.leaks.town import (
    Town,
    again,
    corner,
    gather,
    plant_case,
    plant_referrals,
    plant_thinking,
)
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case, Matter
from vicinia.domain.listening.tests.factories import report_in
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.registries import panels_at

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15
LINES, KINDS = 500, 25


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def town() -> Town:
    return gather()


def statements(client: Client, case: Case) -> tuple[int, str]:
    """How many statements the page takes, and what it says."""
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("case", args=[case.reference]))
    assert answer.status_code == 200
    return len(asked), answer.content.decode()


def live(town: Town) -> Case:
    """A row of every subject on one case, then acts of every day until there are 500 lines."""
    here = corner(town, "own")
    case = plant_case(here)
    plant_thinking(here, case)
    plant_referrals(here, case)
    around.plant_mediation(here, case)
    around.plant_meetings(here, case)
    around.plant_presence(here, case)
    by, today, number = here.by, clock.today(), 0
    while lines(case).count() < LINES:
        number += 1
        contact = casework.NewContact(how="phone", reached=bool(number % 3), summary=f"Parola {number}")
        casework.contact_in_case(by=by, case=again(case), new=contact)
        new = casework.NewCommitment(what=f"Impegno {number}", due_on=today)
        promised = casework.add_commitment(by=by, case=again(case), new=new)
        casework.end_commitment(by=by, commitment=promised, state="kept")
        plan = casework.NewIntervention(kind="presence", what=f"Passaggio {number}", planned_on=today)
        done = casework.plan_intervention(by=by, case=again(case), new=plan)
        casework.carry_out(by=by, intervention=done, result="Tranquillo.")
        casework.finish_task(
            by=by, task=casework.add_task(by=by, case=again(case), what="Sentire", due_on=today)
        )
        if number % 5 == 0:
            casework.link_report(by=by, case=again(case), report=report_in(case.area))
    return again(case)


def lines(case: Case) -> Any:
    return Entry.objects.filter(about=f"case:{case.reference}")


def test_the_page_of_a_full_case_takes_fifteen_statements(town: Town) -> None:
    case = live(town)
    assert lines(case).count() >= LINES
    assert lines(case).values("event").distinct().count() >= KINDS
    open_of = {row.kind.split(".")[0] for row in Matter.objects.filter(case=case)}
    assert open_of >= {"referral", "mediation", "risk"}
    for user in (town.cast.anna, town.cast.carla, town.cast.lucia):
        client = Client()
        client.force_login(user)
        statements(client, case)  # what a process asks once
        count, page = statements(client, case)
        assert count <= MOST_STATEMENTS, f"{user}: {count}"
        panels = panels_at("case", user.as_actor())
        assert len(panels) >= 8
        for panel in panels:
            assert reverse(panel.url_name, args=[case.reference]) in page
