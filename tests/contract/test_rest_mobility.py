"""The programs' door to the mobility: dwellings and months, never a household."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.contract.scenes import API, a_key, a_plan, a_relocation
from vicinia.domain.mobility import actions
from vicinia.domain.mobility.models import Relocation, Unit
from vicinia.domain.mobility.tests.factories import a_household, court, works
from vicinia.domain.people.models import Household
from vicinia.domain.worksites.models import Lot
from vicinia.foundation.accounts.states import KEY_SCOPES, Capability
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db
SEE = Capability.SEE_MOBILITY
SEES = {"anna", "bruno", "carla", "lucia"}
EVERYBODY = ["anna", "bruno", "carla", "lucia", "marco", "paolo", "vera", "dario", "ada"]


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def row(cast: Cast) -> Relocation:
    return a_relocation(cast)


def paths_of(row: Relocation) -> list[str]:
    one = f"{API}/relocations/{row.reference}"
    return [f"{API}/relocations", one, f"{one}/plans/1"]


def queries_of(client: Client, path: str, key: dict[str, str]) -> int:
    client.get(path, headers=key)
    with CaptureQueriesContext(connection) as found:
        assert client.get(path, headers=key).status_code == 200
    return len(found)


def test_a_relocation_tells_how_its_dwellings_stand(client: Client, cast: Cast, row: Relocation) -> None:
    key = a_key(SEE)
    listed, one, plan = (client.get(path, headers=key).json() for path in paths_of(row))
    (line,) = listed["results"]
    assert (line["reference"], line["is_open"], line["adequacy"]) == (row.reference, True, "prova")
    assert one["plan"] == 1
    assert [door["today"] for door in one["dwellings"]] == ["taken"] * 2 + ["free"] * 4
    assert (plan["state"], plan["status"], plan["solver"]) == ("published", "optimal", "plain 1")
    assert len(plan["instance_sha256"]) == 64
    months = {door["code"]: door["months"] for door in plan["dwellings"]}
    assert all(len(kinds) == len(plan["months"]) for kinds in months.values())
    # While there are works in the first two, their households are in two others; then they are back.
    assert [months[f"C-{n}"][1] for n in (1, 2)] == ["works"] * 2
    assert sum(kinds[1] == "taken" for kinds in months.values()) == 2
    assert [months[f"C-{n}"][-1] for n in (1, 2)] == ["taken"] * 2


@pytest.mark.parametrize("who", EVERYBODY)
def test_who_sees_the_mobility_reads_it(client: Client, cast: Cast, row: Relocation, who: str) -> None:
    client.force_login(getattr(cast, who))
    for path in paths_of(row):
        assert client.get(path).status_code == (200 if who in SEES else 403), path


@pytest.mark.parametrize("scope", KEY_SCOPES)
def test_a_key_reads_it_with_the_scope_for_it(client: Client, row: Relocation, scope: str) -> None:
    for path in paths_of(row):
        assert client.get(path, headers=a_key(scope)).status_code == (200 if scope == SEE else 403), path
        assert client.get(path).status_code == 401


def test_what_is_not_there_or_not_published_is_not_found(client: Client, cast: Cast, row: Relocation) -> None:
    key, reference = a_key(SEE), row.reference
    proposed = f"{API}/relocations/{reference}/plans/{a_plan(cast, row).number}"
    assert client.get(proposed, headers=key).status_code == 404
    client.force_login(cast.anna)
    assert client.get(proposed).status_code == 404
    client.force_login(cast.lucia)
    assert client.get(proposed).json()["state"] == "proposed"
    for path in ("MB9", f"{reference}/plans/7", f"{reference}/plans/{10**30}"):
        assert client.get(f"{API}/relocations/{path}", headers=key).status_code == 404, path


def test_no_number_of_a_household_is_told_to_anybody(client: Client, cast: Cast, row: Relocation) -> None:
    """Not even to who reads it on the pages: programs keep what they were told."""
    numbers = (98_711, 98_712)
    for household, number in zip(Household.objects.order_by("id"), numbers, strict=True):
        household.number = number
        household.save()
    lucia = cast.actor(cast.lucia)
    actions.publish_plan(by=lucia, plan=a_plan(cast, row))
    paths = [*paths_of(row), f"{API}/relocations/{row.reference}/plans/2"]
    for who in SEES:
        client.force_login(getattr(cast, who))
        for path in paths:
            assert not re.search("9.?871[12]", client.get(path).content.decode()), (who, path)
    for path in paths:
        assert not re.search("9.?871[12]", client.get(path, headers=a_key(SEE)).content.decode()), path


def test_lists_and_rows_cost_the_same_with_one_and_with_fifty(
    client: Client, cast: Cast, row: Relocation
) -> None:
    key = a_key(SEE)
    few = [queries_of(client, path, key) for path in paths_of(row)]
    doors = court("D", doors=50, area=cast.crocetta)
    Unit.objects.bulk_create(Unit(relocation=row, dwelling=door) for door in doors)
    lot, first = Lot.objects.get(), clock.add_months(clock.today(), 2)
    for door in doors[:25]:
        works(lot, door, first, clock.add_months(first, 2))
        a_household(row, door)
    actions.publish_plan(by=cast.actor(cast.lucia), plan=a_plan(cast, row))
    for number in range(49):
        copy = Relocation.objects.get(pk=row.pk)
        copy.pk, copy.reference = None, f"MB{number + 2}"
        copy.save()
    *both, _plan = paths_of(row)
    paths = [*both, f"{API}/relocations/{row.reference}/plans/2"]
    many = [queries_of(client, path, key) for path in paths]
    assert client.get(paths[0], headers=key).json()["count"] == 50
    assert len(client.get(paths[2], headers=key).json()["dwellings"]) == 56
    assert many == few and max(few) <= 8, (few, many)
