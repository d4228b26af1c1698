"""Erasing a person from worksites: what they complained of, in their words and photos; that it was so stays counted."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.worksites import events
from vicinia.domain.worksites.models import Complaint
from vicinia.domain.worksites.states import Side
from vicinia.foundation.accounts.actions import revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications

ERASED = "…"


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Part a person from their complaints and take their words out; links close, messages are forgotten."""
    rows = list(Complaint.objects.select_for_update(of=("self",)).filter(person_id=person_id))
    for row in rows:
        row.person, row.words, row.place = None, ERASED, ""
        row.save()
        for reply in row.replies.filter(side=Side.RESIDENT):
            reply.words = ERASED
            reply.save()
        revoke_links(by=by, purpose=LinkPurpose.COMPLAINT, about=row.reference)
        attachments.erase_of(by=by, about=row)
        notifications.forget(by=by, about=row)
        journal.record(events.COMPLAINT_ERASED, by=by, about=row)
    return len(rows)
