"""Passing a file on, printing from it, erasing a person from it, reminding of its days."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.mediation import events, queries, rules
from vicinia.domain.mediation.actions import steps
from vicinia.domain.mediation.models import Check, MediationFile, Meeting, Suitability
from vicinia.foundation.accounts.models import User
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def pass_on(*, by: Actor, file: MediationFile, to: User, with_notes: bool = False) -> MediationFile:
    """Another mediator goes on. The notes go along only if both parties let them; else nobody reads them any more."""
    file = steps.locked(file)
    can = queries.can_mediate(to)
    rules.may_pass(by, file, to_user_id=to.pk, to_name=to.name, can=can).require()
    if with_notes:
        _hand_notes(by, file, to)
    file.mediator = to
    file.save()
    journal.record(events.PASSED, by=by, about=file.case, mediator=to.name)
    steps.leave_open(by, file)
    steps.tell_mediator(by, file, "mediation_asked", f"given:{file.version}")
    return file


def _hand_notes(by: Actor, file: MediationFile, to: User) -> None:
    mine = {"file": file, "reader_id": file.mediator_id}
    Suitability.objects.filter(file=file, reader=to).delete()  # older answers of who mediates again
    for notes in (Meeting, Suitability, Check):
        notes.objects.filter(**mine).update(reader=to)
    journal.record(events.HANDED, by=by, about=file)


@transaction.atomic
def note_print(*, by: Actor, file: MediationFile) -> None:
    """Keep that a paper of the file was made: for signing, or a party's own copy."""
    rules.is_mediator(by, file).require()
    journal.record(events.PRINTED, by=by, about=file)


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """A person is erased: every word of the mediations in which they are a party goes, that there was one stays."""
    found = queries.files_with(person_id)
    for file in found:
        row = steps.locked(file)
        row.asked = row.signed_at = ""
        row.save()
        row.parties.filter(person_id=person_id).update(person=None, words="")
        row.meeting_rows.update(place="", who_came="", notes="")
        row.suitability_rows.update(answers_json="")
        row.terms.update(what="", by_when="")
        row.checks.update(notes="")
        journal.record(events.ERASED, by=by, about=row)
    return len(found)


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Write to mediators whose day has come: a step agreed for today, a check that is due; each once. How many were due."""
    today = clock.today()
    steps_today, checks = queries.steps_on(today), queries.checks_due(today)
    for file in steps_today:
        steps.tell_mediator(by, file, "mediation_reminder", f"next:{today.isoformat()}")
    for check in checks:
        steps.tell_mediator(by, check.file, "mediation_reminder", f"check:{check.pk}")
    return len(steps_today) + len(checks)
