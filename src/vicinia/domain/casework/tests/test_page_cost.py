"""The page of a case costs the same whatever has happened in it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.casework import actions
from vicinia.domain.casework.models import Case
from vicinia.domain.listening.tests.factories import report_in
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db
MOST_STATEMENTS = 15


def statements(desk: Client, case: Case) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert desk.get(reverse("case", args=[case.reference])).status_code == 200
    return len(asked)


def live(cast: Cast, anna: Actor, case: Case, *, contacts: int) -> None:
    """A long story: many contacts, and some of everything else."""
    for number in range(contacts):
        new = actions.NewContact(how="phone", direction="out", reached=True, summary=f"Parola {number}")
        actions.contact_in_case(by=anna, case=case, new=new)
    for number in range(5):
        today = clock.today()
        actions.add_commitment(by=anna, case=case, new=actions.NewCommitment(what=f"c{number}", due_on=today))
        new_one = actions.NewIntervention(kind="presence", what=f"i{number}", planned_on=today)
        actions.plan_intervention(by=anna, case=case, new=new_one)
        actions.add_task(by=anna, case=case, what=f"t{number}", due_on=today)
        actions.link_report(by=anna, case=case, report=report_in(cast.crocetta))


def test_a_case_with_500_lines_costs_as_much_as_a_new_one(
    desk: Client, settings: object, cast: Cast, anna: Actor, case: Case
) -> None:
    settings.SECOND_FACTOR = False  # type: ignore[attr-defined]
    desk.get(reverse("case", args=[case.reference]))
    new = statements(desk, case)
    live(cast, anna, case, contacts=500)
    assert new == statements(desk, case) <= MOST_STATEMENTS
