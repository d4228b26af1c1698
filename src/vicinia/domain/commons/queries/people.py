"""What is held of people: who signs, holds an office, books, or is in a pact."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from vicinia.domain.commons.models import Booking, Mandate, PactParty, Signature
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor

HELD: tuple[Any, ...] = (Signature, Mandate, Booking, PactParty)


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of everybody who signs, represents, books or promises, for who runs participation."""
    parts = [model.objects.filter(person_id__isnull=False) for model in HELD]
    if not by.can(Capability.RUN_PARTICIPATION):
        parts = [rows.none() for rows in parts]
    if among is not None:
        parts = [rows.filter(person_id__in=among) for rows in parts]
    first, *others = (rows.order_by().values("person_id") for rows in parts)
    return first.union(*others, all=True)


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What a person signed, was given, booked and promised, for their copy."""
    signatures = Signature.objects.filter(person_id=person_id).select_related("body").order_by("id")
    mandates = Mandate.objects.filter(person_id=person_id).select_related("body").order_by("id")
    bookings = Booking.objects.filter(person_id=person_id).select_related("space").order_by("id")
    parties = PactParty.objects.filter(person_id=person_id).select_related("pact").order_by("id")
    return [
        *(
            {"firma per": row.body.reference, "tipo": row.get_kind_display(), "giorno": str(row.signed_on)}
            for row in signatures
        ),
        *(
            {"incarico in": row.body.reference, "quale": row.get_role_display(), "dal": str(row.from_day)}
            for row in mandates
        ),
        *(
            {
                "prenotazione": row.reference,
                "spazio": row.space.name,
                "giorno": str(row.day),
                "perché": row.purpose,
            }
            for row in bookings
        ),
        *({"patto": row.pact.reference, "titolo": row.pact.title, "nome": row.shown} for row in parties),
    ]
