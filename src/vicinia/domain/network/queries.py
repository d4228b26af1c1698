"""Reads about partner bodies."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from vicinia.domain.network.models import Agreement, AgreementRows, BodyPerson, BodyRows, PartnerBody
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def bodies() -> BodyRows:
    """The bodies that can be asked."""
    return PartnerBody.objects.active()


def every_body() -> BodyRows:
    """Every body, those still asked first."""
    rows: BodyRows = PartnerBody.objects.order_by("-is_active", "name", "id")
    return rows


def body_named(code: str) -> PartnerBody:
    """The body of this code, also one that is no longer asked (404 otherwise)."""
    body: PartnerBody = PartnerBody.objects.one(code=code)
    return body


def body_coded(code: str) -> PartnerBody | None:
    return PartnerBody.objects.active().filter(code=code).first()


def areas_of(body: PartnerBody) -> QuerySet[Area]:
    """The areas that a body looks after; none means the whole town."""
    return body.areas.defer("boundary")


def body_of(by: Actor) -> PartnerBody | None:
    """The body for which a partner's account or link acts; None for everybody else, and for who is there no more."""
    if by.body_id is not None:
        return PartnerBody.objects.active().filter(pk=by.body_id).first()
    if by.user_id is None:
        return None
    rows = BodyPerson.objects.filter(user_id=by.user_id, is_active=True, body__is_active=True)
    person = rows.select_related("body").first()
    return person.body if person else None


def has_account(body: PartnerBody) -> bool:
    """Whether somebody signs in for a body."""
    return body.people.filter(is_active=True, user__is_active=True).exists()


def person_of(user: User | None) -> BodyPerson | None:
    """Whose account this is among the people of the bodies."""
    return BodyPerson.objects.filter(user=user).select_related("body").first() if user else None


def people_of(body: PartnerBody) -> QuerySet[BodyPerson]:
    return body.people.select_related("user")


def person_in(body: PartnerBody, pk: int) -> BodyPerson:
    """Someone of this body (404 otherwise)."""
    row: BodyPerson = body.people.all().one(pk=pk)
    return row


def agreements_of(body: PartnerBody) -> AgreementRows:
    rows: AgreementRows = body.agreements.all()
    return rows


def agreement_in(body: PartnerBody, pk: int) -> Agreement:
    """An agreement with this body (404 otherwise)."""
    row: Agreement = body.agreements.all().one(pk=pk)
    return row


def agreement_with(body: PartnerBody) -> Agreement | None:
    """The agreement in force with a body today, the newest first."""
    found: Agreement | None = body.agreements.all().in_force(clock.today()).first()
    return found


def expiring_agreements() -> AgreementRows:
    """Agreements that expire soon enough to be renewed now."""
    soon = clock.today() + dt.timedelta(days=settings.AGREEMENT_WARNING_DAYS)
    rows: AgreementRows = Agreement.objects.expiring(soon, clock.today())
    return rows.select_related("body").order_by("expires_on", "id")
