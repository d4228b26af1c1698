"""Who wants to be written to. No address leaves this room but towards the outbox."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Count, Q, QuerySet

from vicinia.domain.outreach.models import SignUp, Subscription, SubscriptionRows
from vicinia.domain.outreach.states import SubscriptionState
from vicinia.domain.people.models import ContactKind, ContactPoint
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.blind_index import digest
from vicinia.foundation.kernel.errors import NotVisible

_LEAVING = signing.Signer(salt="outreach.leave")


@dataclass(frozen=True, slots=True)
class Subscribers:
    """How many want to be written to."""

    active: int
    by_email: int
    by_sms: int
    newsletter: int
    notices: int
    asked: int
    ended_this_year: int


def subscribers(by: Actor) -> Subscribers:
    """The figures, for who keeps the newsletter. One query."""
    is_active = Q(state=SubscriptionState.ACTIVE)
    year = clock.start_of(clock.today().replace(month=1, day=1))
    found = Subscription.objects.visible_to(by).aggregate(
        active=Count("pk", filter=is_active),
        by_email=Count("pk", filter=is_active & Q(way="email")),
        by_sms=Count("pk", filter=is_active & Q(way="sms")),
        newsletter=Count("pk", filter=is_active & Q(wants_newsletter=True)),
        notices=Count("pk", filter=is_active & Q(wants_notices=True)),
        asked=Count("pk", filter=Q(state=SubscriptionState.ASKED)),
        ended_this_year=Count("pk", filter=Q(ended_at__gte=year)),
    )
    return Subscribers(**found)


def consents_on_paper(by: Actor) -> SubscriptionRows:
    """The signed forms and where each is kept, the newest first: what an auditor asks for. No address is among it."""
    rows: SubscriptionRows = Subscription.objects.visible_to(by).exclude(paper_at="")
    return rows.defer("address").order_by("-id")


def address_digest(way: str, address: str) -> str:
    """What finds an address again: the same as of people's contact points."""
    return digest(ContactKind.EMAIL if way == "email" else ContactKind.PHONE, address)


def live_at(way: str, address: str) -> Subscription | None:
    """The subscription that an address has, asked for or active."""
    rows = Subscription.objects.live().filter(way=way, digest=address_digest(way, address))
    return rows.first()


def leave_token(subscription: Subscription) -> str:
    """What stands in each message and ends the subscription: good as long as it lasts, kept nowhere."""
    return _LEAVING.sign(subscription.reference)


def subscription_to_leave(token: str) -> Subscription:
    """The subscription that such a token ends, also one that has ended (404 if it is no token of ours)."""
    try:
        reference = _LEAVING.unsign(token)
    except signing.BadSignature:
        raise NotVisible from None
    row: Subscription = Subscription.objects.one(reference=reference)
    return row


def subscription_of_link(token: str) -> Subscription:
    """The subscription that a confirmation link is about (404 otherwise)."""
    reference = accounts.link_is_about(token, LinkPurpose.SUBSCRIBE)
    if reference is None:
        raise NotVisible
    row: Subscription = Subscription.objects.one(reference=reference)
    return row


def was_just_mailed(subscription: Subscription, since: dt.datetime) -> bool:
    """Whether a confirmation is on its way: nobody's mailbox is filled from our page."""
    newest = accounts.newest_link(LinkPurpose.SUBSCRIBE, subscription.reference)
    return newest is not None and newest.created_at > since


def never_confirmed(before: dt.datetime) -> QuerySet[Subscription]:
    """Asked for, and never confirmed since."""
    return Subscription.objects.filter(state=SubscriptionState.ASKED, created_at__lt=before).order_by("id")


# A person -----------------------------------------------------------------------------------------------------------


def _digests_of(person_id: int) -> list[str]:
    return list(ContactPoint.objects.filter(person_id=person_id).values_list("digest", flat=True))


def subscriptions_of_person(person_id: int) -> QuerySet[Subscription]:
    """Of a person: by their row, or by an address that is theirs."""
    own = Q(person_id=person_id) | Q(digest__in=_digests_of(person_id))
    return Subscription.objects.live().filter(own).order_by("id")


def sign_ups_of_person(person_id: int) -> QuerySet[SignUp]:
    """Of a person: by their row, or by a contact that is theirs."""
    own = Q(person_id=person_id) | Q(contact_digest__in=_digests_of(person_id))
    return SignUp.objects.filter(own, forgotten_at__isnull=True).select_related("event").order_by("id")


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What a person subscribed and signed up to, for their copy."""
    found: list[dict[str, Any]] = [
        {
            "comunicazioni": row.get_way_display(),
            "recapito": row.address,
            "dal": row.confirmed_at.date().isoformat() if row.confirmed_at else "",
            "da dove": row.get_source_display(),
        }
        for row in subscriptions_of_person(person_id)
    ]
    found += [
        {
            "evento": row.event.title,
            "giorno": row.event.day.isoformat(),
            "nome": row.name,
            "persone": row.people,
            "richieste": row.needs,
        }
        for row in sign_ups_of_person(person_id)
    ]
    return found
