"""What is common, in the day of who looks after it."""

import datetime as dt

import pytest

from vicinia.domain.commons.actions import bodies, booking, pacts, spaces
from vicinia.domain.commons.models import Pact, TenantsBody
from vicinia.domain.commons.queries import bodies as bodies_read
from vicinia.domain.commons.states import (
    BodyKind,
    BodyOrigin,
    BodyState,
    BookingState,
    PactLevel,
    PactState,
    SignatureKind,
)
from vicinia.domain.territory.tests.factories import BuildingFactory, DwellingFactory, StairFactory
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.desk.day import day_of

pytestmark = pytest.mark.django_db


def whats(by):
    found = day_of(by)
    return [item.what for item in [*found.late, *found.today, *found.soon]]


def test_a_booking_waits_for_a_yes_and_a_proposal_to_be_read(cast):
    lucia, anna, visitor = cast.actor(cast.lucia), cast.actor(cast.anna), Actor.visitor()
    card = spaces.SpaceCard("Sala comune", "Corte B", 20, "Si lascia pulito.", is_approved=True)
    room = spaces.open_space(by=lucia, new=card)
    day = clock.today() + dt.timedelta(days=5)
    hours = {"from_time": dt.time(9), "to_time": dt.time(12)}
    spaces.add_hours(by=lucia, space=room, weekday=day.weekday(), **hours)
    starts_at = clock.start_of(day).replace(hour=9)
    ends_at = starts_at + dt.timedelta(hours=2)
    new = booking.NewBooking(starts_at, ends_at, "Maria Bassi", "Un compleanno", 8, "una-volta", True)
    made = booking.book(by=visitor, space=room, new=new)
    draft = pacts.PactDraft("Il giardino di via Po", "Curarlo.", PactLevel.CONTINUOUS)
    pact = pacts.propose_pact(by=visitor, new=draft, party=pacts.NewParty("Maria Bassi"), once="patto")

    asked = "Prenotazione da confermare: Sala comune"
    assert whats(lucia) == [asked, "Patto proposto, da leggere"]
    assert whats(anna) == []
    (item,) = (one for one in day_of(lucia).today if one.what == asked)
    assert item.why.endswith("09:00") and item.dos[0].url.endswith(f"{made.booking.reference}/rispondi")

    booking.decide(by=lucia, booking=made.booking, state=BookingState.CONFIRMED)
    pacts.publish_pact(by=lucia, pact=pact)
    assert whats(lucia) == []


def test_signatures_terms_and_accounts(cast):
    lucia, today = cast.actor(cast.lucia), clock.today()
    house = BuildingFactory(name="Corte B", area=cast.crocetta)
    DwellingFactory(stair=StairFactory(building=house, name="A"))
    new = bodies.NewBody(
        BodyKind.SELF_MANAGEMENT, "Corte B", house, "Azienda casa", BodyOrigin.ASSIGNEES, services=["green"]
    )
    body = bodies.propose_body(by=lucia, new=new)
    (door,) = bodies_read.doors_left(body, SignatureKind.REQUEST)
    signature = bodies.NewSignature(door, "Maria Bassi", today)
    bodies.sign(by=lucia, body=body, kind=SignatureKind.REQUEST, new=signature)
    assert whats(lucia) == ["Firme da verificare: Corte B"]

    last_year = today.year - 1
    values = {"state": BodyState.ACTIVE, "constituted_on": today, "until": today + dt.timedelta(days=3)}
    TenantsBody.objects.update(signed_on=dt.date(last_year, 1, 10), account_days=0, **values)
    row = pacts.propose_pact(
        by=lucia,
        new=pacts.PactDraft("Il cortile", "Curarlo.", PactLevel.SHARED),
        party=pacts.NewParty("Maria Bassi"),
        once="altro",
    )
    term = {"signed_on": today, "starts_on": today, "ends_on": today + dt.timedelta(days=2)}
    Pact.objects.filter(pk=row.pk).update(state=PactState.ACTIVE, **term)
    assert sorted(whats(lucia)) == [
        "Firme da verificare: Corte B",
        f"Rendiconto {last_year} che manca: Corte B",
        "Scade il patto: Il cortile",
        "Scade la convenzione: Corte B",
    ]
