"""Consent to be written to: asked for, confirmed by e-mail or signed on paper, ended at one touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.outreach import events, queries, rules
from vicinia.domain.outreach.links import confirm_url, leave_url
from vicinia.domain.outreach.models import Subscription
from vicinia.domain.outreach.states import (
    EndedBecause,
    SubscriptionSource,
    SubscriptionState,
    SubscriptionWay,
)
from vicinia.domain.people.models import Person
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.actions import give_link, revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.accounts.tokens import new_token
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Counter
from vicinia.foundation.notifications import actions as notifications

CONFIRM_WITHIN = dt.timedelta(days=3)
MAILED_LATELY = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class NewSubscription:
    """What is wanted, where to, in which language, of which areas (none: of all the town). The address comes cleaned."""

    address: str
    way: str = SubscriptionWay.EMAIL
    language: str = "it"
    areas: Sequence[Area] = ()
    wants_notices: bool = True
    wants_newsletter: bool = True


@transaction.atomic
def ask_subscription(*, by: Actor, new: NewSubscription) -> None:
    """Ask to be written to by e-mail; who reads that mailbox confirms.

    Whether the address was there already shows nowhere but in that mailbox.
    """
    rules.may_subscribe(wants_notices=new.wants_notices, wants_newsletter=new.wants_newsletter).require()
    _one_at_a_time()
    row = queries.live_at(new.way, new.address)
    if row is None:
        row = _make(new, SubscriptionSource.WEB, SubscriptionState.ASKED)
        journal.record(events.ASKED, by=by, about=row)
    elif queries.was_just_mailed(row, clock.now() - MAILED_LATELY):
        return
    template = "newsletter_there" if row.state == SubscriptionState.ACTIVE else "newsletter_confirm"
    token = give_link(by=by, purpose=LinkPurpose.SUBSCRIBE, about=row.reference, valid_for=CONFIRM_WITHIN)
    _mail(by, row, template, {"link": confirm_url(token)} if template == "newsletter_confirm" else {})


def _one_at_a_time() -> None:
    """Hold one counter to the commit: of two who write the same address down, the second sees the first."""
    Counter.next("subscription")


def _make(new: NewSubscription, source: str, state: str, **more: object) -> Subscription:
    row = Subscription.objects.create(
        way=new.way,
        address=new.address,
        digest=queries.address_digest(new.way, new.address),
        language=new.language,
        wants_notices=new.wants_notices,
        wants_newsletter=new.wants_newsletter,
        source=source,
        state=state,
        **more,
    )
    row.areas.set(new.areas)
    return row


def _mail(by: Actor, row: Subscription, template: str, words: dict[str, str]) -> None:
    if row.way != SubscriptionWay.EMAIL:
        return
    leave = leave_url(row)
    notifications.queue(
        by=by,
        to=row.address,
        template=template,
        context={**words, "leave_link": leave},
        language=row.language,
        about=row,
        key=f"{template}:{row.pk}:{new_token()[:16]}",
        unsubscribe_link=leave,
    )


@transaction.atomic
def confirm_subscription(*, by: Actor, subscription: Subscription) -> Subscription:
    """Who reads the mailbox says yes: from now on they are written to."""
    row: Subscription = Subscription.objects.lock(subscription)
    if row.state == SubscriptionState.ACTIVE:
        return row  # confirmed twice is confirmed
    rules.may_confirm(row).require()

    now = clock.now()
    row.enter(SubscriptionState.ACTIVE, by=by, confirmed_at=now, state_since=now)

    journal.record(events.CONFIRMED, by=by, about=row)
    return row


@transaction.atomic
def subscribe_at_desk(
    *, by: Actor, new: NewSubscription, paper_at: str, person: Person | None = None
) -> Subscription:
    """Somebody signed the form at the desk: it holds from now on, and they are told how to end it."""
    rules.may_subscribe(wants_notices=new.wants_notices, wants_newsletter=new.wants_newsletter).require()
    _one_at_a_time()
    there = queries.live_at(new.way, new.address)
    is_there = there is not None and there.state == SubscriptionState.ACTIVE
    rules.may_subscribe_at_desk(by, paper_at=paper_at, is_there=is_there).require()
    if there is not None:  # asked for on the page and never confirmed: the signed form takes its place
        _end(by, there, EndedBecause.NEVER_CONFIRMED)

    row = _make(
        new,
        SubscriptionSource.DESK,
        SubscriptionState.ACTIVE,
        paper_at=paper_at.strip(),
        person=person,
        confirmed_at=clock.now(),
    )

    journal.record(events.AT_DESK, by=by, about=row)
    _mail(by, row, "newsletter_there", {})
    return row


@transaction.atomic
def leave(*, by: Actor, subscription: Subscription) -> Subscription:
    """Whoever holds the link of a message ends it. Ended twice is ended."""
    row: Subscription = Subscription.objects.lock(subscription)
    if row.state != SubscriptionState.ENDED:
        _end(by, row, EndedBecause.LEFT)
    return row


@transaction.atomic
def end_at_desk(*, by: Actor, way: str, address: str) -> Subscription | None:
    """Somebody asks at the desk not to be written to any more."""
    row = queries.live_at(way, address)
    rules.may_end_at_desk(by, row).require()
    return row and _end(by, row, EndedBecause.DESK)


@transaction.atomic
def forget_unconfirmed(*, by: Actor) -> int:
    """End what was asked for and never confirmed: no address of somebody who said nothing is kept."""
    rows = list(queries.never_confirmed(clock.now() - CONFIRM_WITHIN)[:500].select_for_update())
    for row in rows:
        _end(by, row, EndedBecause.NEVER_CONFIRMED)
    return len(rows)


@transaction.atomic
def erase_subscriptions(*, by: Actor, person_id: int) -> int:
    """End every subscription of a person: by their row, or at an address that is theirs."""
    rows = list(queries.subscriptions_of_person(person_id))
    for row in rows:
        _end(by, row, EndedBecause.ERASED)
    return len(rows)


def _end(by: Actor, row: Subscription, because: EndedBecause) -> Subscription:
    now = clock.now()
    row.enter(
        SubscriptionState.ENDED,
        by=by,
        address="",
        digest="",
        person=None,
        ended_at=now,
        state_since=now,
        ended_because=because,
    )
    revoke_links(by=by, purpose=LinkPurpose.SUBSCRIBE, about=row.reference)
    notifications.forget(by=by, about=row)
    journal.record(events.ENDED, by=by, about=row)
    return row
