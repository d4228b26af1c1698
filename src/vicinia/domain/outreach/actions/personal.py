"""Erasing a person from what they wanted to read and to come to."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.outreach.actions.newsletter import erase_subscriptions
from vicinia.domain.outreach.actions.signing import erase_sign_ups
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """End their subscriptions and empty their sign-ups; how many rows that were. The two lines of the journal are theirs."""
    ended = erase_subscriptions(by=by, person_id=person_id)
    return ended + erase_sign_ups(by=by, person_id=person_id)
