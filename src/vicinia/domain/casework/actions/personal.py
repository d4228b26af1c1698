"""Erasing a person from cases."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.casework.models import Case, CasePerson, Contact, Plan
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.search import actions as search


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Take a person out of every case, with the words of the contacts that were with them or on their reports."""
    rows = list(CasePerson.objects.select_related("case__category").filter(person_id=person_id))
    their_cases = sorted({row.case for row in rows}, key=lambda case: case.pk)
    contacts = Contact.objects.filter(person_id=person_id) | Contact.objects.filter(
        report__reporter_id=person_id
    )
    alone = [case for case in their_cases if _is_alone(case, person_id)]
    # A contact "with the reporter" names nobody: in a case where there is nobody else it is theirs, and so are the words.
    contacts |= Contact.objects.filter(case__in=alone)
    cleared = Contact.objects.filter(pk__in=contacts.values("pk")).update(person=None, summary="", agreed="")
    for case in alone:
        _clear(by, case)
    for case in their_cases:
        case.outcome_replies.filter(report__reporter_id=person_id).update(words="")
        journal.erase_words(by=by, about=case)
        case.stage_moves.update(reason="")
    CasePerson.objects.filter(pk__in=[row.pk for row in rows]).delete()
    search.refresh("case", [case.pk for case in their_cases])
    return len(rows) + cleared


def _clear(by: Actor, case: Case) -> None:
    """Clear the words and files of a case that was only about this person; what was done, when and how it ended stays."""
    case.title = case.category.name
    for name in ("summary", "outcome_note", "consultation", "address", "place_words", "next_contact_words"):
        setattr(case, name, "")
    # A point can be a front door: the area stays, for the counts.
    case.lat = case.lon = case.civic_number = None
    case.save()
    Plan.objects.filter(case=case).update(goal="")
    attachments.erase_of(by=by, about=case)


def _is_alone(case: Case, person_id: int) -> bool:
    others = CasePerson.objects.filter(case=case).exclude(person_id=person_id)
    return not others.exists()
