"""Who opens what of the mobility: the desk, the household's own page, the programs' door.

Dwellings are for who sees the mobility, numbers of households for who makes the plan, words for who accompanies the
household: for anybody else its pages do not exist. Every address stands in one of the tables of `mobility_world.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import URLPattern, reverse

from tests.cast import Cast
from tests.contract.scenes import API, a_key
from tests.permissions.mobility_world import (
    ASSIGN_PAGES,
    INNER,
    OWN_PAGES,
    RUN_PAGES,
    SEE_PAGES,
    WITHOUT_A_ROW,
    WORDS,
    Args,
    World,
    make_world,
)
from tests.permissions.test_matrix import EVERYBODY, ask, everybody, of
from vicinia.domain.mobility import actions
from vicinia.domain.mobility import urls as mobility_urls
from vicinia.domain.mobility.engine import solving
from vicinia.domain.mobility.queries import family
from vicinia.domain.mobility.tests import solvers
from vicinia.foundation.accounts.states import KEY_SCOPES, Capability

pytestmark = pytest.mark.django_db
SEES = ("anna", "bruno", "carla", "lucia")
RUNS = ("carla", "lucia")
ASSIGNS = ("carla",)


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.fixture
def world(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr(solving, "solve", solvers.plain)
    with time_machine.travel(dt.datetime(2027, 1, 15, 9, tzinfo=dt.UTC), tick=False):
        yield make_world(cast)


def both(client: Client, name: str, args: list[Any]) -> set[int]:
    """What looking and acting give, but for an address that only one of the two opens."""
    return {ask(client, method, name, *args) for method in ("get", "post")} - {405}


def test_every_address_stands_in_one_table() -> None:
    tables = (set(SEE_PAGES), set(RUN_PAGES), set(ASSIGN_PAGES), set(OWN_PAGES), WITHOUT_A_ROW)
    there = {str(one.name) for one in mobility_urls.urlpatterns if isinstance(one, URLPattern)}
    assert set().union(*tables) == there
    assert sum(map(len, tables)) == len(there)


@pytest.mark.parametrize(
    ("pages", "who_may"), [(SEE_PAGES, SEES), (RUN_PAGES, RUNS), (ASSIGN_PAGES, ASSIGNS)]
)
def test_pages_of_the_plan_are_for_who_has_the_capability(
    cast: Cast, world: World, pages: dict[str, Args], who_may: tuple[str, ...]
) -> None:
    for who, _user, client in everybody(cast):
        for name, args in pages.items():
            statuses = both(client, name, args(world))
            if who in who_may:
                # Only a plan that is impossible has remedies.
                expected = {404} if name == "mobility_remedy" else {200, 303, 409, 422}
                assert statuses <= expected, (who, name, statuses)
            else:
                assert statuses <= {403, 409} and 403 in statuses, (who, name, statuses)


def test_pages_of_a_household_exist_for_who_accompanies_it_only(cast: Cast, world: World) -> None:
    for who, _user, client in everybody(cast):
        for companion, moved in world.of.items():
            for name, args in OWN_PAGES.items():
                statuses = both(client, name, args(moved))
                if who == companion:
                    assert statuses <= {200, 303, 409, 422}, (who, name, statuses)
                else:
                    assert statuses == {404 if who in RUNS else 403}, (who, name, companion, statuses)


def test_what_is_of_another_household_is_not_found_under_the_own(cast: Cast, world: World) -> None:
    lucia, mine, other = of(cast.lucia), world.of["lucia"], world.of["carla"]
    for name in INNER:
        args = OWN_PAGES[name]
        assert both(lucia, name, [*args(mine)[:-1], args(other)[-1]]) == {404}, name
    companion = other.file.companions.get().pk
    crossed = [world.relocation.reference, mine.number, companion]
    assert both(lucia, "rehousing_companion_remove", crossed) == {404}


def test_plans_that_nobody_published_are_for_who_makes_them(cast: Cast, world: World) -> None:
    proposed = [world.relocation.reference, world.plans[2].number]
    for who, _user, client in everybody(cast):
        for name in ("mobility_plan", "mobility_plan_paper", "mobility_plan_table"):
            expected = 200 if who in RUNS else 404 if who in SEES else 403
            assert ask(client, "get", name, *proposed) == expected, (who, name)


def test_who_no_longer_accompanies_finds_nothing(cast: Cast, world: World) -> None:
    moved = world.of["lucia"]
    actions.remove_companion(by=moved.by, companion=moved.file.companions.get())
    client = of(cast.lucia)
    for name, args in OWN_PAGES.items():
        assert both(client, name, args(moved)) == {404}, name


def test_a_visitor_is_led_to_sign_in(client: Client, world: World) -> None:
    given = {name: args(world) for name, args in (SEE_PAGES | RUN_PAGES | ASSIGN_PAGES).items()}
    given |= {name: args(world.of["lucia"]) for name, args in OWN_PAGES.items()}
    for name, args in given.items():
        for method in ("get", "post"):
            answer = getattr(client, method)(reverse(name, args=args))
            led = answer.status_code == 302 and answer["Location"].startswith("/accesso")
            assert led or answer.status_code == 405, (name, method, answer.status_code)


# The household's own page -----------------------------------------------------------------------------------------


def test_the_page_of_a_household_opens_by_its_own_link_only(cast: Cast, client: Client, world: World) -> None:
    mine, other = world.of["lucia"], world.of["carla"]
    page = client.get(reverse("rehousing_mine", args=[mine.token]))
    assert page.status_code == 200 and f"{mine.number}" in page.content.decode()
    assert not re.search(rf"\b{other.number}\b|{other.by.name}", page.content.decode())
    for token in ("x", "0" * 43, mine.token[:-1], str(mine.file.pk), family.link_about(mine.file)):
        assert client.get(reverse("rehousing_mine", args=[token])).status_code == 404, token
    for who in EVERYBODY:
        # Whoever holds the paper reads it, signed in or not; the account opens nothing more.
        answer = of(getattr(cast, who)).get(reverse("rehousing_mine", args=[mine.token]))
        assert answer.status_code == 200 and WORDS not in answer.content.decode()
    actions.renew_link(by=mine.by, file=mine.file)
    assert client.get(reverse("rehousing_mine", args=[mine.token])).status_code == 404
    assert client.post(reverse("rehousing_mine", args=[mine.token])).status_code == 404
    assert client.get(reverse("rehousing_mine", args=[other.token])).status_code == 200


# The programs' door -----------------------------------------------------------------------------------------------


def test_programs_read_dwellings_with_the_scope_for_it(cast: Cast, client: Client, world: World) -> None:
    reference = world.relocation.reference
    paths = ("relocations", f"relocations/{reference}", f"relocations/{reference}/plans/2")
    for path in paths:
        for who, _user, signed_in in everybody(cast):
            expected = 200 if who in SEES else 403
            assert signed_in.get(f"{API}/{path}").status_code == expected, (who, path)
        for scope in KEY_SCOPES:
            expected = 200 if scope == Capability.SEE_MOBILITY else 403
            assert client.get(f"{API}/{path}", headers=a_key(scope)).status_code == expected, (scope, path)
        assert client.get(f"{API}/{path}").status_code == 401
    key = a_key(Capability.SEE_MOBILITY)
    for path in (f"relocations/{reference}/plans/3", f"relocations/{reference}/plans/9", "relocations/MB99"):
        assert client.get(f"{API}/{path}", headers=key).status_code == 404, path
