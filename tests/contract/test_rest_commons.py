"""The programs' door to what is common: spaces, bodies of tenants, pacts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast
from tests.contract.scenes import API, a_key, a_pact, a_space
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.commons.actions import bodies, booking, offices
from vicinia.domain.commons.actions import pacts as pact_actions
from vicinia.domain.commons.models import TenantsBody
from vicinia.domain.commons.states import BodyKind, BodyOrigin, MandateRole, PromiseSide
from vicinia.domain.territory.models import Building
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

pytestmark = pytest.mark.django_db

SEE = Capability.SEE_PARTICIPATION


@pytest.fixture(autouse=True)
def _with_a_password_only(settings: Any) -> None:
    settings.SECOND_FACTOR = False


def test_free_times_say_what_is_taken_and_not_by_whom(client: Client, cast: Cast) -> None:
    space, key = a_space(cast), a_key(SEE)
    day = clock.today() + dt.timedelta(days=5)
    starts_at = clock.start_of(day).replace(hour=10)
    ends_at = starts_at + dt.timedelta(hours=1)
    new = booking.NewBooking(starts_at, ends_at, "Samira Benali", "Un compleanno", 8, "una-volta", True)
    booking.book(by=Actor.visitor(), space=space, new=new)
    (line,) = client.get(f"{API}/spaces", headers=key).json()["results"]
    assert (line["code"], line["capacity"], line["bookings_to_come"]) == (space.code, 20, 1)
    told = client.get(f"{API}/spaces/{space.code}/free-times?since={day}", headers=key)
    first = told.json()["days"][0]
    assert (first["day"], first["closed_because"], len(told.json()["days"])) == (day.isoformat(), "", 14)
    assert [(one["from_time"], one["to_time"], one["is_free"]) for one in first["hours"]] == [
        ("09:00", "10:00", True),
        ("10:00", "11:00", False),
        ("11:00", "12:00", True),
    ]
    assert "Benali" not in told.content.decode() and "compleanno" not in told.content.decode()
    today = client.get(f"{API}/spaces/{space.code}/free-times", headers=key).json()
    assert today["days"][0]["day"] == clock.today().isoformat()
    wrong = client.get(f"{API}/spaces/{space.code}/free-times?since=domani", headers=key)
    assert wrong.status_code == 422 and "since" in wrong.json()["errors"]
    assert client.get(f"{API}/spaces/altrove/free-times", headers=key).status_code == 404


def a_body(cast: Cast) -> TenantsBody:
    """A committee whose signatures are verified and whose assembly is called."""
    building = Building.objects.create(code="corteb", name="Corte B", area=cast.crocetta)
    by, kind, day = cast.actor(cast.lucia), BodyKind.COMMITTEE, clock.today() + dt.timedelta(days=10)
    new = bodies.NewBody(kind, "Comitato Corte B", building, "Azienda casa", BodyOrigin.MANAGER, entitled=8)
    row = bodies.verify(by=by, body=bodies.propose_body(by=by, new=new))
    plan = assemblies.AssemblyPlan("Assemblea", day, dt.time(18), dt.time(20), "Sala", entitled=8)
    row = bodies.plan_assembly(by=by, body=row, new=plan)
    assemblies.call(by=by, assembly=row.assembly)
    return row


def test_a_body_is_told_once_it_is_constituted(client: Client, cast: Cast) -> None:
    row, by, key = a_body(cast), cast.actor(cast.lucia), a_key(SEE)
    assert client.get(f"{API}/tenants-bodies", headers=key).json()["count"] == 0
    with clock.at(clock.now() + dt.timedelta(days=10)):
        assemblies.open_assembly(by=by, assembly=row.assembly, present=6, chair="Ada", secretary="Leo")
        term = clock.today(), clock.add_months(clock.today(), 12)
        new = offices.NewMandate(MandateRole.PRESIDENT, "Samira Benali", *term)
        offices.give_mandate(by=by, body=row, new=new)
        bodies.constitute(by=by, body=row)
    told = client.get(f"{API}/tenants-bodies", headers=key)
    (line,) = told.json()["results"]
    assert (line["reference"], line["building"], line["entitled"]) == (row.reference, "corteb", 8)
    assert line["state"]["code"] == "constituted" and "Benali" not in told.content.decode()


def test_a_pact_tells_its_promises_and_not_who_proposes(client: Client, cast: Cast) -> None:
    pact, key = a_pact(cast), a_key(SEE)
    by = cast.actor(cast.lucia)
    pact_actions.assess_pact(by=by, pact=pact, words="Si può fare.")
    promise = pact_actions.NewPromise(PromiseSide.TOWN, "Porta l'acqua", "in estate")
    pact_actions.add_promise(by=by, pact=pact, new=promise)
    (line,) = client.get(f"{API}/pacts", headers=key).json()["results"]
    assert (line["title"], line["promise_count"]) == ("Il giardino di via Po", 1)
    told = client.get(f"{API}/pacts/{pact.reference}", headers=key)
    assert [(one["side"], one["rhythm"]) for one in told.json()["promises"]] == [("town", "in estate")]
    assert told.json()["reports"] == []
    assert "Bassi" not in told.content.decode()


def test_a_pact_that_nobody_has_read_is_not_told(client: Client, cast: Cast) -> None:
    pact, key = a_pact(cast, published=False), a_key(SEE)
    assert client.get(f"{API}/pacts", headers=key).json()["count"] == 0
    assert client.get(f"{API}/pacts/{pact.reference}", headers=key).status_code == 404


def test_it_is_told_to_who_has_the_scope(client: Client, cast: Cast) -> None:
    space, pact = a_space(cast), a_pact(cast)
    names = (
        "spaces",
        f"spaces/{space.code}/free-times",
        "tenants-bodies",
        "pacts",
        f"pacts/{pact.reference}",
    )
    for name in names:
        assert client.get(f"{API}/{name}").status_code == 401
        assert client.get(f"{API}/{name}", headers=a_key(Capability.SEE_OUTREACH)).status_code == 403
        assert client.get(f"{API}/{name}", headers=a_key(SEE)).status_code == 200
    client.force_login(cast.vera)
    for name in names:
        assert client.get(f"{API}/{name}").status_code == 403
