"""Erasing a person from cases."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.casework.models import Case, CasePerson, Contact
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Take a person out of every case, with the words of the contacts that were with them or on their reports."""
    rows = list(CasePerson.objects.select_related("case").filter(person_id=person_id))
    their_cases = {row.case for row in rows}
    contacts = Contact.objects.filter(person_id=person_id) | Contact.objects.filter(
        report__reporter_id=person_id
    )
    if their_cases:
        # A contact "with the reporter" names nobody: in a case where they are the only reporter it is theirs.
        contacts |= Contact.objects.filter(
            case__in=[case for case in their_cases if _only_reporter(case, person_id)]
        )
    cleared = Contact.objects.filter(pk__in=contacts.values("pk")).update(person=None, summary="", agreed="")
    for case in their_cases:
        case.outcome_replies.filter(report__reporter_id=person_id).update(words="")
        journal.erase_words(by=by, about=case)
    CasePerson.objects.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows) + cleared


def _only_reporter(case: Case, person_id: int) -> bool:
    others = CasePerson.objects.filter(case=case).exclude(person_id=person_id)
    return not others.exists()
