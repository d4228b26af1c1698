"""Keeping the list of bodies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from vicinia.domain.network import events, queries, rules
from vicinia.domain.network.models import Agreement, BodyPerson, PartnerBody
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
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
    is_internal: bool = False
    area_ids: Sequence[int] = ()
    is_active: bool = True


@transaction.atomic
def write_body(*, by: Actor, card: BodyCard) -> PartnerBody:
    """Add a body, or update the one with this code."""
    rules.may_keep(by).require()

    values = asdict(card)
    area_ids = values.pop("area_ids")
    body, _made = PartnerBody.objects.update_or_create(code=values.pop("code"), defaults=values)
    body.areas.set(area_ids)

    journal.record(events.WRITTEN, by=by, about=f"body:{body.code}")
    return body


@dataclass(frozen=True)
class PersonCard:
    """What is known of someone of a body. `user` is their account, if they open our pages."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""
    user: User | None = None
    is_active: bool = True


@transaction.atomic
def write_person(
    *, by: Actor, body: PartnerBody, card: PersonCard, person: BodyPerson | None = None
) -> BodyPerson:
    """Add someone to a body, or correct who is there. An account belongs to one body."""
    rules.may_keep(by).require()
    person = BodyPerson.objects.lock(person) if person else BodyPerson(body=body)
    rules.may_link(card.user, queries.person_of(card.user), person).require()

    for name in ("name", "role", "phone", "email", "user", "is_active"):
        setattr(person, name, getattr(card, name))
    person.save()

    journal.record(events.PERSON_WRITTEN, by=by, about=f"body:{body.code}")
    return person


@dataclass(frozen=True)
class AgreementCard:
    """What an agreement says."""

    title: str
    signed_on: dt.date
    lawful_basis: str
    data_categories: Sequence[str]
    protocol: str = ""
    expires_on: dt.date | None = None


@transaction.atomic
def sign_agreement(*, by: Actor, body: PartnerBody, card: AgreementCard) -> Agreement:
    """Write down an agreement with a body."""
    rules.may_keep(by).require()
    rules.may_sign(card.signed_on, card.expires_on).require()

    agreement = Agreement.objects.create(body=body, **asdict(card))

    journal.record(events.AGREEMENT, by=by, about=f"body:{body.code}", title=card.title)
    return agreement


@transaction.atomic
def end_agreement(*, by: Actor, agreement: Agreement, reason: str) -> Agreement:
    """End an agreement before it expires, saying why."""
    rules.may_keep(by).require()
    agreement = Agreement.objects.lock(agreement)
    rules.may_end(agreement, reason).require()

    agreement.ended_on = clock.today()
    agreement.end_reason = reason
    agreement.save()

    about = f"body:{agreement.body.code}"
    journal.record(events.AGREEMENT_ENDED, by=by, about=about, title=agreement.title, reason=reason)
    return agreement
