"""The words of an agreement go when a person is erased, or when the time is over for which they are kept."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from vicinia.domain.agreements import events, queries, rules
from vicinia.domain.agreements.actions import steps
from vicinia.domain.agreements.models import BehaviourAgreement, Term
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """A person is erased: every word of the agreements that they are in goes, that there was one stays. How many there were."""
    found = queries.agreements_with(person_id)
    for agreement in found:
        row = steps.locked(agreement)
        row.parties.filter(person_id=person_id).update(person=None)
        _clear(by, row)
    return len(found)


@transaction.atomic
def forget(*, by: Actor, agreement: BehaviourAgreement) -> BehaviourAgreement:
    """The time that the paper says is over: the words go, and who was in it."""
    row = steps.locked(agreement)
    rules.may_forget(row, clock.today(), months=settings.BEHAVIOUR_KEPT_MONTHS).require()
    row.parties.update(person=None)
    _clear(by, row)
    return row


def _clear(by: Actor, row: BehaviourAgreement) -> None:
    row.why = row.end_note = ""
    row.save()
    row.parties.update(born_on="", words="")
    row.versions.update(why="")
    Term.objects.filter(terms__agreement=row).update(what="")
    row.invitations.update(note="")
    row.reviews.update(notes="")
    row.breaches.update(what="")
    row.responses.update(note="", skipped_why="")
    steps.record(events.ERASED, by, row)
