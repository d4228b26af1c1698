"""Keeping the list of bodies."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction

from vicinia.domain.network import events, rules
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class BodyCard:
    """What is known of a body."""

    code: str
    name: str
    email: str = ""
    phone: str = ""
    hours: str = ""
    competences: str = ""
    is_active: bool = True


@transaction.atomic
def write_body(*, by: Actor, card: BodyCard) -> PartnerBody:
    """Add a body, or update the one with this code."""
    rules.may_keep(by).require()

    values = asdict(card)
    body, _made = PartnerBody.objects.update_or_create(code=values.pop("code"), defaults=values)

    journal.record(events.WRITTEN, by=by, about=f"body:{body.code}")
    return body
