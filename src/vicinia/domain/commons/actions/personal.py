"""Erasing a person from signatures, offices, bookings and pacts: the facts stay, without their name."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.commons import events
from vicinia.domain.commons.models import Booking, Mandate, PactParty, Signature
from vicinia.foundation.accounts.actions import revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications

ERASED = "…"


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Part a person from what they signed, held, booked and promised; how many rows were cleared."""
    about = {}
    count = 0
    for signature in Signature.objects.filter(person_id=person_id).select_related("body"):
        signature.person, signature.name, signature.reason = None, ERASED, signature.reason and ERASED
        signature.save()
        about[signature.body.reference] = signature.body
        count += 1
    for mandate in Mandate.objects.filter(person_id=person_id).select_related("body"):
        mandate.person, mandate.name, mandate.is_shown = None, ERASED, False
        mandate.end_reason = mandate.end_reason and ERASED
        mandate.save()
        about[mandate.body.reference] = mandate.body
        count += 1
    for booking in Booking.objects.filter(person_id=person_id):
        booking.person, booking.who, booking.purpose = None, ERASED, ERASED
        booking.end_reason = booking.end_reason and ERASED
        booking.save()
        notifications.forget(by=by, about=booking)
        revoke_links(by=by, purpose=LinkPurpose.BOOKING, about=booking.reference)
        about[booking.reference] = booking
        count += 1
    for party in PactParty.objects.filter(person_id=person_id).select_related("pact"):
        party.person, party.shown = None, ""
        party.save()
        notifications.forget(by=by, about=party.pact)
        about[party.pact.reference] = party.pact
        count += 1
    for row in about.values():
        journal.record(events.ERASED, by=by, about=row)
    return count
