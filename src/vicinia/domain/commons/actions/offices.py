"""Who holds an office in a body, and its yearly account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal

from django.db import transaction

from vicinia.domain.commons import events
from vicinia.domain.commons.models import AccountLine, Mandate, TenantsAccount, TenantsBody
from vicinia.domain.commons.queries import bodies as queries
from vicinia.domain.commons.rules import bodies as rules
from vicinia.domain.commons.states import AccountState, LineKind, MandateRole
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Stair
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class NewMandate:
    """Somebody's office, from when to when."""

    role: MandateRole
    name: str
    from_day: dt.date
    until: dt.date
    stair: Stair | None = None
    is_shown: bool = False
    details: PersonDetails | None = None


@dataclass(frozen=True)
class NewLine:
    """One sum of an account."""

    kind: LineKind
    day: dt.date
    words: str
    amount: Decimal


@transaction.atomic
def give_mandate(*, by: Actor, body: TenantsBody, new: NewMandate) -> Mandate:
    """Enter who was chosen for an office."""
    row = queries.locked(body)
    values = {one.name: getattr(new, one.name) for one in fields(new) if one.name != "details"}
    mandate = Mandate(body=row, **values)
    rules.may_have_mandate(by, row, mandate).require()

    mandate.person = people.meet(by=by, details=new.details) if new.details else None
    mandate.save(force_insert=True)

    journal.record(events.BODY_MANDATE, by=by, about=row)
    return mandate


@transaction.atomic
def end_mandate(*, by: Actor, mandate: Mandate, on: dt.date, reason: str) -> Mandate:
    """End an office before its time, with a reason."""
    body = queries.locked(mandate.body)
    row = queries.mandate_of(body, mandate.pk)
    rules.may_end_mandate(by, row, on=on, reason=reason).require()

    row.ended_on, row.end_reason = on, reason.strip()
    row.save()

    journal.record(events.BODY_MANDATE, by=by, about=body)
    return row


# Yearly accounts --------------------------------------------------------------------------------------------------


@transaction.atomic
def begin_account(*, by: Actor, body: TenantsBody, year: int) -> TenantsAccount:
    """Begin the account of a year with what the last one closed with."""
    row = queries.locked(body)
    has_one = row.accounts.filter(year=year).exists()
    rules.may_account(by, row, year=year, today=clock.today(), has_one=has_one).require()

    account = TenantsAccount.objects.create(body=row, year=year, opening=queries.opening_of(row, year))

    journal.record(events.ACCOUNT_BEGUN, by=by, about=account)
    return account


@transaction.atomic
def add_line(*, by: Actor, account: TenantsAccount, new: NewLine) -> AccountLine:
    """Write one sum."""
    row = queries.locked_account(account)
    rules.may_write(by, row).require()
    rules.may_have_line(year=row.year, day=new.day, count=row.lines.count() + 1).require()

    line = AccountLine.objects.create(account=row, **vars(new))

    journal.record(events.ACCOUNT_LINES, by=by, about=row)
    return line


@transaction.atomic
def drop_line(*, by: Actor, line: AccountLine) -> None:
    """Take a sum away."""
    row = queries.locked_account(line.account)
    rules.may_write(by, row).require()

    line.delete()

    journal.record(events.ACCOUNT_LINES, by=by, about=row)


@transaction.atomic
def describe_account(
    *, by: Actor, account: TenantsAccount, opening: Decimal, words: str, seen_version: int | None
) -> TenantsAccount:
    """Say with what it opens, and in words what was done."""
    row = queries.locked_account(account).require_version(seen_version, yours=words)
    rules.may_write(by, row).require()

    row.opening, row.words = opening, words.strip()
    row.save()

    journal.record(events.ACCOUNT_LINES, by=by, about=row)
    return row


def _record(by: Actor, row: TenantsAccount) -> None:
    label = journal.kept(AccountState(row.state).label)
    journal.record(events.ACCOUNT_ENTERED, by=by, about=row, state=label)


@transaction.atomic
def submit_account(*, by: Actor, account: TenantsAccount) -> TenantsAccount:
    """Hand it in: nothing in it changes while the tenants read it."""
    row = queries.locked_account(account)
    rules.may_submit(by, row, lines=row.lines.count()).require()

    row.enter(AccountState.SUBMITTED, by=by, state_since=clock.now(), return_reason="")

    _record(by, row)
    return row


@transaction.atomic
def return_account(*, by: Actor, account: TenantsAccount, reason: str) -> TenantsAccount:
    """Give it back with what is to be corrected."""
    row = queries.locked_account(account)
    rules.may_return(by, row, reason).require()

    said = reason.strip()
    row.enter(AccountState.DRAFT, by=by, reason=said, return_reason=said, state_since=clock.now())

    _record(by, row)
    return row


@transaction.atomic
def approve_account(*, by: Actor, account: TenantsAccount, on: dt.date, where: str) -> TenantsAccount:
    """The tenants approved it: it is closed for good, and everybody reads its sums."""
    row = queries.locked_account(account)
    rules.may_approve(by, row, on=on, where=where, is_over=row.body.is_over, today=clock.today()).require()

    row.enter(
        AccountState.APPROVED, by=by, approved_on=on, approved_where=where.strip(), state_since=clock.now()
    )

    _record(by, row)
    return row
