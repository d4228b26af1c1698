"""Erasing a person from the help desk: their appointments, what was noted of them, what was followed for them."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.helpdesk import events, queries
from vicinia.domain.helpdesk.actions import appointments, files
from vicinia.domain.helpdesk.states import AppointmentState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Part a person from all of it; a time that is still to come is free again, and what was counted stays."""
    made = list(queries.appointments_of_person(person_id).select_for_update(of=("self",)))
    for row in made:
        if row.state == AppointmentState.BOOKED and row.starts_at > clock.now():
            row.enter(AppointmentState.CANCELLED, by=by)
        appointments.forget(by=by, row=row)
        journal.record(events.ERASED, by=by, about=row)
    noted = list(queries.contacts_with(person_id).select_for_update(of=("self",)))
    for contact in noted:
        contact.words, contact.person = "", None
        contact.save()
        journal.record(events.ERASED, by=by, about=contact)
    followed = list(queries.files_about(person_id).select_for_update(of=("self",)))
    for file in followed:
        files.forget(by=by, row=file)
        journal.record(events.ERASED, by=by, about=file)
    return len(made) + len(noted) + len(followed)
