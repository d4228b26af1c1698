"""Inside the wall: what the parties agree, its signing, and how it holds."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import asdict, dataclass

from django.conf import settings
from django.db import transaction

from vicinia.domain.mediation import queries, rules
from vicinia.domain.mediation.actions import steps
from vicinia.domain.mediation.documents import AGREEMENT
from vicinia.domain.mediation.models import Check, MediationFile, Term
from vicinia.domain.mediation.states import MediationState
from vicinia.foundation.documents import actions as documents
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class Pact:
    """One thing that is agreed: who does what, by when."""

    by_whom: str
    what: str
    by_when: str = ""


@transaction.atomic
def add_term(*, by: Actor, file: MediationFile, pact: Pact) -> Term:
    """Write one thing that the parties agree."""
    file = steps.locked(file)
    rules.may_write_terms(by, file).require()
    term = Term.objects.create(file=file, **asdict(pact))
    steps.written(by, file)
    return term


@transaction.atomic
def correct_term(*, by: Actor, term: Term, pact: Pact, seen_version: int | None) -> Term:
    """Write it better, while it is not signed."""
    file = steps.locked(term.file)
    rules.may_write_terms(by, file).require()
    row = queries.term_in(by, file, term.pk)
    row.require_version(seen_version, yours=pact)
    for name, value in asdict(pact).items():
        setattr(row, name, value)
    row.save()
    steps.written(by, file)
    return row


@transaction.atomic
def drop_term(*, by: Actor, term: Term) -> None:
    """Take it out, while it is not signed."""
    file = steps.locked(term.file)
    rules.may_write_terms(by, file).require()
    queries.term_in(by, file, term.pk).delete()
    steps.written(by, file)


@transaction.atomic
def agree(*, by: Actor, file: MediationFile) -> MediationFile:
    """The parties agree: the paper is printed for them to sign."""
    file = steps.locked(file)
    rules.may_agree(by, file, terms=queries.terms_of(file).count()).require()
    steps.enter(by, file, MediationState.AGREED)
    return file


@transaction.atomic
def talk_again(*, by: Actor, file: MediationFile) -> MediationFile:
    """Before signing they want to talk again."""
    file = steps.locked(file)
    rules.may_move(by, file, MediationState.SESSIONS).require()
    steps.enter(by, file, MediationState.SESSIONS)
    return file


@transaction.atomic
def sign(*, by: Actor, file: MediationFile, signed_on: dt.date, place: str = "") -> MediationFile:
    """Both have signed: how it holds is asked after some months, on days set now."""
    file = steps.locked(file)
    terms = queries.terms_of(file).count()
    rules.may_sign(by, file, signed_on=signed_on, today=clock.today(), terms=terms).require()
    for months in settings.MEDIATION_CHECK_MONTHS:
        due_on = clock.add_working_days(months_after(signed_on, int(months)), 0)
        Check.objects.create(file=file, due_on=due_on)
    texts = documents.keep_texts(by=by, key=AGREEMENT)
    signed = {"signed_on": signed_on, "signed_at": place, "next_on": None, "text_digests": texts}
    steps.enter(by, file, MediationState.CHECKING, **signed)
    return file


@transaction.atomic
def end_without(*, by: Actor, file: MediationFile) -> MediationFile:
    """They have talked and do not agree, or do not sign."""
    file = steps.locked(file)
    rules.may_move(by, file, MediationState.NO_AGREEMENT).require()
    steps.enter(by, file, MediationState.NO_AGREEMENT)
    return file


@transaction.atomic
def check(*, by: Actor, check: Check, kept: str, notes: str = "") -> Check:
    """What both parties say of how it holds, on one of its days."""
    file = steps.locked(check.file)
    row = queries.check_in(by, file, check.pk)
    rules.may_check(by, file, row).require()
    row.kept, row.notes, row.done_on, row.reader_id = kept, notes, clock.today(), file.mediator_id
    row.save()
    steps.written(by, file)
    return row


@transaction.atomic
def finish(*, by: Actor, file: MediationFile, state: str) -> MediationFile:
    """The last check is made, or one has failed for good: kept or not kept crosses the wall."""
    file = steps.locked(file)
    rules.may_finish(by, file, state, queries.checks_of(by, file)).require()
    steps.enter(by, file, MediationState(state))
    return file


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last of that month: 31 January and one month is 28 or 29 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
