"""From outside the wall: a mediation is asked, taken back, given to another mediator, and its end is read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.casework.models import Case
from vicinia.domain.mediation import events, queries, rules
from vicinia.domain.mediation.actions import steps
from vicinia.domain.mediation.models import MediationFile, Party
from vicinia.domain.mediation.rules import WhoItIs
from vicinia.domain.mediation.states import MediationState, Side
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class NewMediation:
    """Whom the operator asks, with which words, and who the two parties are."""

    mediator: User
    asked: str
    first: WhoItIs
    second: WhoItIs


@transaction.atomic
def ask(*, by: Actor, case: Case, new: NewMediation) -> MediationFile:
    """Ask for a mediation. The words and the parties go behind the wall; the case waits for the answer."""
    case = steps.locked_case(case)
    rules.may_ask(by, case, has_open=queries.has_open(case)).require()
    rules.may_mediate(new.mediator.name, can=queries.can_mediate(new.mediator)).require()
    rules.may_be_parties(new.first, new.second).require()

    file = MediationFile.objects.create(
        reference=f"M{next_reference('mediation')}",
        case=case,
        mediator=new.mediator,
        asked=new.asked,
        by_ref=by.ref,
        by_name=by.name,
    )
    for side, who in ((Side.A, new.first), (Side.B, new.second)):
        Party.objects.create(file=file, side=side, person_id=who.person_id, words=who.words.strip())

    journal.record(events.ASKED, by=by, about=case, mediator=new.mediator.name)
    steps.leave_open(by, file)
    steps.tell_mediator(by, file, "mediation_asked", "asked")
    return file


@transaction.atomic
def withdraw(*, by: Actor, file: MediationFile) -> MediationFile:
    """Take it back before there is an agreement: by who works on the case, or by the mediator when both parties give up."""
    file = steps.locked(file)
    rules.may_withdraw(by, file).require()
    steps.enter(by, file, MediationState.WITHDRAWN)
    if rules.is_mediator(by, file):
        return file
    steps.settle(by, file)
    steps.tell_mediator(by, file, "mediation_withdrawn", "withdrawn")
    return file


@transaction.atomic
def replace_mediator(*, by: Actor, file: MediationFile, to: User) -> MediationFile:
    """Give it to another mediator when the first has no access any more. The notes stay closed: nobody reads them."""
    file = steps.locked(file)
    rules.may_replace(by, file, can_still=queries.can_mediate(file.mediator)).require()
    rules.may_mediate(to.name, can=queries.can_mediate(to)).require()
    file.mediator = to
    file.save()
    journal.record(events.PASSED, by=by, about=file.case, mediator=to.name)
    steps.leave_open(by, file)
    steps.tell_mediator(by, file, "mediation_asked", f"given:{file.version}")
    return file


@transaction.atomic
def read_end(*, by: Actor, file: MediationFile) -> MediationFile:
    """Who is in charge has read how it ended: it stands open no more."""
    file = steps.locked(file)
    rules.may_read_end(by, file).require()
    steps.settle(by, file)
    journal.record(events.READ, by=by, about=file.case)
    return file
