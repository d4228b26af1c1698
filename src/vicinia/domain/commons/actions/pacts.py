"""A pact is proposed, published, weighed, written together, signed, lived, reported on, renewed or ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from vicinia.domain.commons import events
from vicinia.domain.commons.actions.telling import tell_parties
from vicinia.domain.commons.models import Pact, PactParty, PactPromise, PactReport, Space
from vicinia.domain.commons.queries import pacts as queries
from vicinia.domain.commons.rules import pacts as rules
from vicinia.domain.commons.states import PactLevel, PactOrigin, PactState, PromiseSide, PromiseState
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Area
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.kernel.turns import wait_turn


@dataclass(frozen=True)
class PactDraft:
    """What a pact is for and where. The last five texts may come while it is written together."""

    title: str
    goals: str
    level: PactLevel
    place: str = ""
    origin: PactOrigin = PactOrigin.RESIDENTS
    area: Area | None = None
    space: Space | None = None
    months: int = 12
    language: str = "it"
    public_use: str = ""
    insurance: str = ""
    publicity: str = ""
    monitoring: str = ""
    exclusion: str = ""


@dataclass(frozen=True)
class NewParty:
    """Who proposes or signs, and how everybody is to read of them."""

    shown: str = ""
    details: PersonDetails | None = None


@dataclass(frozen=True)
class NewPromise:
    """What one side promises."""

    side: PromiseSide
    words: str
    rhythm: str = ""


@dataclass(frozen=True)
class NewReport:
    """What came of a pact in one year; `kept` says of each promise how it was kept."""

    year: int
    words: str
    kept: Mapping[int, PromiseState]
    trouble: str = ""
    hours: int = 0
    people: int = 0
    cost: Decimal = Decimal(0)


@transaction.atomic
def propose_pact(*, by: Actor, new: PactDraft, party: NewParty, once: str) -> Pact:
    """Take in a proposal: somebody reads it before everybody can."""
    rules.may_propose(by, title=new.title, goals=new.goals, months=new.months).require()
    wait_turn(f"pact {once}")
    if (there := queries.pact_sent(once)) is not None:
        return there

    row = Pact.objects.create(reference=f"PC{next_reference('pact')}", once=once, **vars(new))
    person = people.meet(by=by, details=party.details) if party.details else None
    PactParty.objects.create(pact=row, person=person, shown=party.shown.strip(), is_proposer=True)

    journal.record(events.PACT_PROPOSED, by=by, about=row)
    return row


@transaction.atomic
def write_pact(*, by: Actor, pact: Pact, new: PactDraft, seen_version: int | None) -> Pact:
    """Write it further, until it is signed."""
    row = queries.locked(pact).require_version(seen_version, yours=new)
    rules.may_write(by, row).require()
    rules.may_propose(by, title=new.title, goals=new.goals, months=new.months).require()

    for name, value in vars(new).items():
        setattr(row, name, value)
    row.save()

    journal.record(events.PACT_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def add_party(*, by: Actor, pact: Pact, new: NewParty) -> PactParty:
    """Somebody else signs too."""
    row = queries.locked(pact)
    rules.may_write(by, row).require()
    rules.may_have_parties(row.parties.count() + 1).require()

    person = people.meet(by=by, details=new.details) if new.details else None
    party = PactParty.objects.create(pact=row, person=person, shown=new.shown.strip())

    journal.record(events.PACT_PARTIES, by=by, about=row)
    return party


@transaction.atomic
def drop_party(*, by: Actor, party: PactParty) -> None:
    """Somebody doesn't sign after all."""
    row = queries.locked(party.pact)
    rules.may_write(by, row).require()

    party.delete()

    journal.record(events.PACT_PARTIES, by=by, about=row)


@transaction.atomic
def add_promise(*, by: Actor, pact: Pact, new: NewPromise) -> PactPromise:
    """Write what one side promises."""
    row = queries.locked(pact)
    rules.may_write(by, row).require()
    rules.may_have_promises(row.promises.count() + 1).require()

    promise = PactPromise.objects.create(pact=row, **vars(new))

    journal.record(events.PACT_PROMISES, by=by, about=row)
    return promise


@transaction.atomic
def drop_promise(*, by: Actor, promise: PactPromise) -> None:
    """Take a promise away before it is signed."""
    row = queries.locked(promise.pact)
    rules.may_write(by, row).require()

    promise.delete()

    journal.record(events.PACT_PROMISES, by=by, about=row)


def _entered(by: Actor, row: Pact, words: str = "") -> Pact:
    label = journal.kept(PactState(row.state).label)
    journal.record(events.PACT_ENTERED, by=by, about=row, state=label)
    tell_parties(by=by, pact=row, template="pact_step", words=words)
    return row


@transaction.atomic
def publish_pact(*, by: Actor, pact: Pact) -> Pact:
    """Let everybody read it."""
    row = queries.locked(pact)
    rules.may_publish(by, row).require()

    row.enter(PactState.PUBLISHED, by=by, state_since=clock.now())

    return _entered(by, row)


@transaction.atomic
def assess_pact(*, by: Actor, pact: Pact, words: str) -> Pact:
    """What the offices that it concerns think of it."""
    row = queries.locked(pact)
    rules.may_assess(by, row, words).require()

    row.enter(PactState.ASSESSED, by=by, assessment=words.strip(), state_since=clock.now())

    return _entered(by, row, row.assessment)


@transaction.atomic
def finish_design(*, by: Actor, pact: Pact) -> Pact:
    """It is written together to its end: it can be signed."""
    row = queries.locked(pact)
    rules.may_finish_design(by, row, queries.facts_of(row)).require()

    row.enter(PactState.CODESIGNED, by=by, state_since=clock.now())

    return _entered(by, row)


@transaction.atomic
def sign_pact(*, by: Actor, pact: Pact, on: dt.date) -> Pact:
    """Everybody has signed on that day."""
    row, today = queries.locked(pact), clock.today()
    rules.may_sign(by, row, on=on, today=today, parties=row.parties.count()).require()

    row.enter(PactState.SIGNED, by=by, signed_on=on, state_since=clock.now())
    row.parties.update(signed_on=on)

    return _entered(by, row)


@transaction.atomic
def begin_pact(*, by: Actor, pact: Pact, starts_on: dt.date) -> Pact:
    """From this day it holds, for as many months as it says."""
    row = queries.locked(pact)
    rules.may_begin(by, row, starts_on=starts_on).require()

    ends_on = clock.add_months(starts_on, row.months)
    row.enter(PactState.ACTIVE, by=by, starts_on=starts_on, ends_on=ends_on, state_since=clock.now())

    return _entered(by, row)


@transaction.atomic
def report_pact(*, by: Actor, pact: Pact, new: NewReport) -> PactReport:
    """Tell what came of it in a year, promise by promise."""
    row, today = queries.locked(pact), clock.today()
    has_one = queries.has_report(row, new.year)
    rules.may_report(by, row, year=new.year, today=today, has_one=has_one, words=new.words).require()

    promises = queries.promises_of(row)
    for promise in promises:
        promise.state = new.kept.get(promise.pk, PromiseState.PROMISED)
        promise.save()
    report = PactReport.objects.create(
        pact=row,
        year=new.year,
        words=new.words.strip(),
        trouble=new.trouble.strip(),
        hours=new.hours,
        people=new.people,
        cost=new.cost,
        promises=[{"side": one.side, "words": one.words, "state": one.state} for one in promises],
        by_name=by.name,
    )
    if row.state == PactState.ACTIVE:
        row.enter(PactState.REPORTED, by=by, state_since=clock.now())

    journal.record(events.PACT_REPORTED, by=by, about=row, year=str(new.year))
    tell_parties(by=by, pact=row, template="pact_step", words=report.words)
    return report


@transaction.atomic
def renew_pact(*, by: Actor, pact: Pact, months: int) -> Pact:
    """Go on for some months more; every promise begins anew."""
    row = queries.locked(pact)
    rules.may_renew(by, row, months=months).require()

    ends_on = clock.add_months(max(row.ends_on or clock.today(), clock.today()), months)
    row.enter(PactState.ACTIVE, by=by, ends_on=ends_on, renewals=row.renewals + 1, state_since=clock.now())
    row.promises.update(state=PromiseState.PROMISED)

    journal.record(events.PACT_RENEWED, by=by, about=row, day=ends_on.isoformat())
    tell_parties(by=by, pact=row, template="pact_step")
    return row


@transaction.atomic
def end_pact(*, by: Actor, pact: Pact, state: PactState, reason: str) -> Pact:
    """Close it, refuse it, or take it back for who proposed it; with a reason."""
    row = queries.locked(pact)
    rules.may_end(by, row, state, reason).require()

    said = reason.strip()
    row.enter(state, by=by, reason=said, end_reason=said, state_since=clock.now())

    return _entered(by, row, said)
