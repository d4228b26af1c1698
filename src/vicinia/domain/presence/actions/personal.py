"""Erasing a person from the key contacts."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.presence import events, queries
from vicinia.domain.presence.models import KeyContact
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Take a person out of the key contacts with every word of theirs; a shop or a school goes on without them."""
    found = queries.contacts_with(person_id)
    for contact in found:
        row: KeyContact = KeyContact.objects.lock(contact)
        for case in {talk.case for talk in row.talks.select_related("case") if talk.case}:
            journal.erase_words(by=by, about=case)  # the line of the contact carried what they said
        row.talks.update(words="")
        row.person = None
        row.reach_words = ""
        if not row.body_name:
            _withdraw(row)
        row.save()
        journal.erase_words(by=by, about=row)
        journal.record(events.CONTACT_ERASED, by=by, about=row)
    return len(found)


def _withdraw(row: KeyContact) -> None:
    """Nobody is left to be heard, and where they live goes too; the area stays, for the counts."""
    row.is_active = False
    row.retired_reason = _("I dati di questa persona sono stati cancellati.")
    row.lat = row.lon = row.civic_number = None
    row.address = row.place_words = ""
