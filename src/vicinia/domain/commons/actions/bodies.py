"""A body of tenants is asked for, signed for, constituted in assembly, put to work, suspended, renewed and ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies.states import AssemblyKind
from vicinia.domain.commons import events
from vicinia.domain.commons.models import CommonsRule, Signature, TenantsBody
from vicinia.domain.commons.queries import bodies as queries
from vicinia.domain.commons.rules import bodies as rules
from vicinia.domain.commons.rules import may_run
from vicinia.domain.commons.states import (
    BodyKind,
    BodyOrigin,
    BodyState,
    SignatureKind,
    SignatureState,
)
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class NewBody:
    """Which tenants, for what, asked for by whom. No stairs: the whole building. `entitled` 0: its dwellings in use."""

    kind: BodyKind
    name: str
    building: Building
    manager: str
    origin: BodyOrigin = BodyOrigin.ASSIGNEES
    stairs: Sequence[Stair] = ()
    entitled: int = 0
    services: Sequence[str] = ()
    purpose: str = ""


@dataclass(frozen=True)
class NewSignature:
    """Who signs for a dwelling, and when. `details` where we know how to reach them."""

    dwelling: Dwelling
    name: str
    signed_on: dt.date
    details: PersonDetails | None = None


@dataclass(frozen=True)
class NewRule:
    """What the town asks."""

    request_share: int
    acceptance_share: int
    notice_days: int
    convention_months: int
    account_days: int


@transaction.atomic
def set_rule(*, by: Actor, new: NewRule, seen_version: int | None = None) -> CommonsRule:
    """Change what the town asks of bodies from now on; those that were proposed keep what they were proposed under."""
    row = queries.locked_rule().require_version(seen_version, yours=new)
    for name, value in vars(new).items():
        setattr(row, name, value)
    rules.may_set(by, row).require()

    row.save()

    journal.record(events.RULES_CHANGED, by=by, about="commons_rules:town")
    return row


def _describe(row: TenantsBody, new: NewBody) -> None:
    row.kind, row.name, row.building, row.manager = new.kind, new.name.strip(), new.building, new.manager
    row.origin, row.services, row.purpose = new.origin, list(new.services), new.purpose.strip()
    row.entitled = new.entitled or len(queries.doors_of(new.building, new.stairs))


@transaction.atomic
def propose_body(*, by: Actor, new: NewBody) -> TenantsBody:
    """Take in the request of tenants or of the manager, under the town's rules of today."""
    rule = queries.the_rule()
    row = TenantsBody(
        reference=f"AG{next_reference('tenants_body')}",
        request_share=rule.request_share,
        acceptance_share=rule.acceptance_share,
        notice_days=rule.notice_days,
        convention_months=rule.convention_months,
        account_days=rule.account_days,
        by_name=by.name,
    )
    _describe(row, new)
    rules.may_describe(by, row).require()

    row.save(force_insert=True)
    row.stairs.set(new.stairs)

    kind = journal.kept(BodyKind(row.kind).label)
    journal.record(events.BODY_PROPOSED, by=by, about=row, kind=kind)
    return row


@transaction.atomic
def change_body(*, by: Actor, body: TenantsBody, new: NewBody, seen_version: int | None) -> TenantsBody:
    """Correct what was written about it, before it is constituted."""
    row = queries.locked(body).require_version(seen_version, yours=new)
    _describe(row, new)
    rules.may_describe(by, row).require()

    row.save()
    row.stairs.set(new.stairs)

    journal.record(events.BODY_CHANGED, by=by, about=row)
    return row


# Signatures -------------------------------------------------------------------------------------------------------


@transaction.atomic
def sign(*, by: Actor, body: TenantsBody, kind: SignatureKind, new: NewSignature) -> Signature:
    """Enter one dwelling's signature; somebody checks it afterwards."""
    row = queries.locked(body)
    there = queries.has_signed(row, kind, new.dwelling)
    rules.may_sign(by, row, kind, has_signed=there).require()

    person = people.meet(by=by, details=new.details) if new.details else None
    signature = Signature.objects.create(
        body=row, kind=kind, dwelling=new.dwelling, person=person, name=new.name, signed_on=new.signed_on
    )

    journal.record(events.BODY_SIGNED, by=by, about=row, kind=journal.kept(SignatureKind(kind).label))
    return signature


@transaction.atomic
def check_signature(*, by: Actor, signature: Signature, state: SignatureState, reason: str = "") -> Signature:
    """Say whether a signature is valid: who signed holds that dwelling."""
    body = queries.locked(signature.body)
    rules.may_check(by, body, state, reason).require()
    row = queries.signature_of(body, signature.pk)

    row.state, row.reason, row.checked_by = state, reason.strip(), by.name
    row.save()

    label = journal.kept(SignatureState(state).label)
    journal.record(events.BODY_CHECKED, by=by, about=body, state=label)
    return row


def _record_state(by: Actor, row: TenantsBody) -> None:
    label = journal.kept(BodyState(row.state).label)
    journal.record(events.BODY_ENTERED, by=by, about=row, state=label)


@transaction.atomic
def verify(*, by: Actor, body: TenantsBody) -> TenantsBody:
    """Enough valid signatures ask for it: the assembly may be prepared."""
    row = queries.locked(body)
    rules.may_verify(by, row, queries.signed(row, SignatureKind.REQUEST)).require()

    row.enter(BodyState.VERIFIED, by=by, state_since=clock.now())

    _record_state(by, row)
    return row


@transaction.atomic
def plan_assembly(*, by: Actor, body: TenantsBody, new: assemblies.AssemblyPlan) -> TenantsBody:
    """Prepare the assembly that constitutes it: its call, sheet and minutes are those of every assembly."""
    row = queries.locked(body)
    meeting = queries.meeting_of(row)
    rules.may_plan_assembly(by, row, day=new.day, today=clock.today(), meeting=meeting).require()

    row.assembly = assemblies.plan(by=by, kind=AssemblyKind.ASSEMBLY, new=new)
    assemblies.add_point(by=by, assembly=row.assembly, new=assemblies.NewPoint(row.name, row.purpose))
    row.save()

    journal.record(events.BODY_ASSEMBLY, by=by, about=row, assembly=row.assembly.reference)
    return row


@transaction.atomic
def constitute(*, by: Actor, body: TenantsBody) -> TenantsBody:
    """Its assembly was held and enough have joined: it exists from that day."""
    row = queries.locked(body)
    rules.may_constitute(
        by,
        row,
        meeting=queries.meeting_of(row),
        joined=queries.signed(row, SignatureKind.ACCEPTANCE),
        mandates=len(queries.mandates_in_force(row)),
    ).require()

    day = row.assembly.meets_on if row.assembly else clock.today()
    row.enter(BodyState.CONSTITUTED, by=by, constituted_on=day, state_since=clock.now())

    _record_state(by, row)
    return row


# At work ----------------------------------------------------------------------------------------------------------


@transaction.atomic
def activate(
    *, by: Actor, body: TenantsBody, signed_on: dt.date, convention: str = "", seen_version: int | None = None
) -> TenantsBody:
    """The manager has signed the convention, or recognised the committee: it is at work until its term."""
    row = queries.locked(body).require_version(seen_version, yours=convention)
    rules.may_activate(by, row, signed_on=signed_on, convention=convention, today=clock.today()).require()

    until = clock.add_months(signed_on, row.convention_months)
    row.enter(
        BodyState.ACTIVE,
        by=by,
        signed_on=signed_on,
        until=until,
        convention=convention.strip(),
        state_since=clock.now(),
    )

    _record_state(by, row)
    return row


@transaction.atomic
def suspend(*, by: Actor, body: TenantsBody, reason: str) -> TenantsBody:
    """Stop it for a while, with a reason."""
    row = queries.locked(body)
    rules.may_suspend(by, row, reason).require()

    said = reason.strip()
    row.enter(BodyState.SUSPENDED, by=by, reason=said, pause_reason=said, state_since=clock.now())

    _record_state(by, row)
    return row


@transaction.atomic
def resume(*, by: Actor, body: TenantsBody) -> TenantsBody:
    """Let it go on."""
    row = queries.locked(body)
    rules.may_resume(by, row).require()

    row.enter(BodyState.ACTIVE, by=by, pause_reason="", state_since=clock.now())

    _record_state(by, row)
    return row


@transaction.atomic
def end(*, by: Actor, body: TenantsBody, state: BodyState, reason: str) -> TenantsBody:
    """It ceases, or the manager or the majority revokes it. The mandates end with it."""
    row = queries.locked(body)
    rules.may_end(by, row, state, reason).require()

    said, today = reason.strip(), clock.today()
    row.enter(state, by=by, reason=said, end_reason=said, state_since=clock.now())
    for mandate in queries.mandates_in_force(row):
        mandate.ended_on, mandate.end_reason = today, said
        mandate.save()

    _record_state(by, row)
    return row


@transaction.atomic
def give_notice(*, by: Actor, body: TenantsBody, reason: str) -> TenantsBody:
    """Say before its term that the convention isn't renewed."""
    row = queries.locked(body)
    rules.may_give_notice(by, row, reason).require()

    row.notice_reason = reason.strip()
    row.save()

    journal.record(events.BODY_NOTICE, by=by, about=row, day=str(row.until))
    return row


@transaction.atomic
def go_on(*, by: Actor, body_id: int) -> bool:
    """At its term a convention renews itself, or ends where notice was given. Whether anything was to do."""
    row, today = queries.locked(body_id), clock.today()
    may_run(by).require()
    if row.until is None or not rules.goes_on(row, today):
        return False
    if row.notice_reason:
        end(by=by, body=row, state=BodyState.CEASED, reason=row.notice_reason)
        return True

    while row.until < today:
        row.until = clock.add_months(row.until, row.convention_months)
        row.renewals += 1
    row.save()

    journal.record(events.BODY_RENEWED, by=by, about=row, day=row.until.isoformat())
    return True


@transaction.atomic
def note_print(*, by: Actor, body: TenantsBody, paper: str) -> None:
    """Say in the journal that a paper with names was printed."""
    may_run(by).require()
    journal.record(events.BODY_PRINTED, by=by, about=body, paper=paper)
