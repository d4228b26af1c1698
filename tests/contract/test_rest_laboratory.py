"""The programs' door to the laboratory: what is told, what is decided together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.contract.scenes import API, a_key, a_notice, a_process, a_proposal, an_assembly, an_event
from vicinia.domain.outreach import actions as outreach
from vicinia.domain.outreach.states import Contact
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db

TOLD, TOGETHER = Capability.SEE_OUTREACH, Capability.SEE_PARTICIPATION
LISTS: dict[str, tuple[Capability, Callable[[Cast], Any]]] = {
    "notices": (TOLD, a_notice),
    "events": (TOLD, an_event),
    "processes": (TOGETHER, a_process),
    "assemblies": (TOGETHER, an_assembly),
    "proposals": (TOGETHER, a_proposal),
}


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: Any) -> None:
    settings.SECOND_FACTOR = False


@pytest.mark.parametrize("name", LISTS)
def test_a_list_and_its_row_are_for_who_has_the_scope(client: Client, cast: Cast, name: str) -> None:
    scope, make = LISTS[name]
    row, key = make(cast), a_key(scope)
    page = client.get(f"{API}/{name}", headers=key).json()
    assert [line["reference"] for line in page["results"]] == [row.reference]
    addresses = [f"{API}/{name}"]
    if name != "processes":
        addresses.append(f"{API}/{name}/{row.reference}")
        assert client.get(addresses[1], headers=key).json()["reference"] == row.reference
        assert client.get(f"{API}/{name}/2020-0001", headers=key).status_code == 404
    for address in addresses:
        assert client.get(address).status_code == 401
        for other in (Capability.SEE_REPORTS, TOGETHER if scope is TOLD else TOLD):
            assert client.get(address, headers=a_key(other)).status_code == 403


@pytest.mark.parametrize("who", ["vera", "dario", "ada", "paolo"])
@pytest.mark.parametrize("name", LISTS)
def test_who_does_not_work_in_the_quarter_reads_nothing_here(
    client: Client, cast: Cast, name: str, who: str
) -> None:
    row = LISTS[name][1](cast)
    client.force_login(getattr(cast, who))
    assert client.get(f"{API}/{name}").status_code == 403
    if name != "processes":
        assert client.get(f"{API}/{name}/{row.reference}").status_code == 403


def test_an_event_says_how_many_come_and_not_who(client: Client, cast: Cast) -> None:
    event = an_event(cast)
    new = outreach.NewSignUp(3, "Samira Benali", Contact.PHONE, "0131 555666")
    outreach.sign_up(by=Actor.visitor(), event=event, new=new)
    answer = client.get(f"{API}/events/{event.reference}", headers=a_key(TOLD))
    assert answer.json()["taken"] == 3
    assert "Benali" not in answer.content.decode() and "555666" not in answer.content.decode()


def test_what_nobody_has_read_is_not_told(client: Client, cast: Cast) -> None:
    idea, key = a_proposal(cast, published=False), a_key(TOGETHER)
    assert client.get(f"{API}/proposals", headers=key).json()["count"] == 0
    assert client.get(f"{API}/proposals/{idea.reference}", headers=key).status_code == 404


def test_a_day_is_that_of_the_call(client: Client, cast: Cast) -> None:
    assembly = an_assembly(cast)
    told = client.get(f"{API}/assemblies/{assembly.reference}", headers=a_key(TOGETHER)).json()
    assert (dt.date.fromisoformat(told["day"]), told["hour"]) == (assembly.day, "18:00")
    assert told["minutes"] is None
    assert client.get(f"{API}/decisions", headers=a_key(TOGETHER)).json()["count"] == 0
