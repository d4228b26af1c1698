"""The private page of a household: its link, and what it writes from there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.mobility import events, queries, rules
from vicinia.domain.mobility.actions.telling import outside, tell_of_message
from vicinia.domain.mobility.models import FamilyMessage, RehousingFile
from vicinia.domain.mobility.queries import family
from vicinia.foundation.accounts import actions as accounts
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.turns import wait_turn

LINK_LASTS = dt.timedelta(days=1200)


@dataclass(frozen=True)
class NewMessage:
    """What a household writes from its page. `once` is the token of that page: twice is one."""

    kind: str
    words: str
    once: str


def new_token(*, by: Actor, file: RehousingFile) -> str:
    """A fresh link to the page of a household; those of before go on."""
    about = family.link_about(file)
    return accounts.give_link(by=by, purpose=LinkPurpose.REHOUSING, about=about, valid_for=LINK_LASTS)


def link_of(token: str) -> str:
    """The address of that page as the household reaches it."""
    return outside("rehousing_mine", token)


@transaction.atomic
def give_link(*, by: Actor, file: RehousingFile) -> str:
    """Give a household the link to its page."""
    file = queries.locked_file(file)
    rules.may_give_link(by, file, accompanies=queries.is_companion(by, file)).require()
    token = new_token(by=by, file=file)
    journal.record(events.FAMILY_LINK, by=by, about=file)
    return token


@transaction.atomic
def renew_link(*, by: Actor, file: RehousingFile) -> str:
    """Close every link to a household's page and give a new one: the paper may be in other hands."""
    file = queries.locked_file(file)
    rules.may_give_link(by, file, accompanies=queries.is_companion(by, file)).require()
    accounts.revoke_links(by=by, purpose=LinkPurpose.REHOUSING, about=family.link_about(file))
    token = new_token(by=by, file=file)
    journal.record(events.FAMILY_LINK, by=by, about=file)
    return token


@transaction.atomic
def write_message(*, by: Actor, file: RehousingFile, new: NewMessage) -> FamilyMessage:
    """A household asks something, or cannot on that day: who accompanies it is told."""
    file = queries.locked_file(file)
    rules.may_write_message(by, file, new.words).require()
    wait_turn(f"family message {new.once}")
    if (there := family.message_once(new.once)) is not None:
        return there

    row = FamilyMessage.objects.create(file=file, kind=new.kind, words=new.words.strip(), once=new.once)

    journal.record(events.FAMILY_WROTE, by=by, about=file)
    tell_of_message(by=by, message=row)
    return row


@transaction.atomic
def read_message(*, by: Actor, message: FamilyMessage) -> FamilyMessage:
    """Somebody who accompanies the household has read it and will answer."""
    row: FamilyMessage = FamilyMessage.objects.lock(message)
    rules.may_accompany(by, accompanies=queries.is_companion(by, row.file)).require()
    if row.read_at is None:
        row.read_at, row.read_by = clock.now(), by.name
        row.save()
        journal.record(events.FAMILY_READ, by=by, about=row.file)
    return row
