"""Help files: which are open, whose, and what falls due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from vicinia.domain.helpdesk.models import (
    Appointment,
    FileNote,
    FileRows,
    HelpContact,
    HelpFile,
    Ticket,
)
from vicinia.domain.helpdesk.queries.appointments import to_tell, today
from vicinia.domain.helpdesk.states import FileState
from vicinia.domain.people.models import ContactPoint
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.paging import COUNTED_AT_MOST, counts_up_to


def files(by: Actor) -> FileRows:
    """The help files that `by` may see."""
    return HelpFile.objects.visible_to(by)


def files_in_lines(rows: FileRows) -> QuerySet[HelpFile]:
    """With what a line of a list shows. One query."""
    joined: QuerySet[HelpFile] = rows.joining(owner=("name",))
    return joined


def file_named(by: Actor, reference: str) -> HelpFile:
    """The visible help file of this reference (404 otherwise)."""
    rows = files(by).select_related("owner", "person", "report", "case")
    row: HelpFile = rows.one(reference=reference)  # type: ignore[attr-defined]
    return row


def locked_file(file: HelpFile) -> HelpFile:
    """The same help file, locked until the transaction ends."""
    rows = HelpFile.objects.select_for_update(of=("self",)).select_related("owner", "person")
    row: HelpFile = rows.get(pk=file.pk)
    return row


def notes_of(file: HelpFile) -> list[FileNote]:
    """The diary, newest first."""
    return list(file.notes.order_by("-id"))


def contacts_of(file: HelpFile) -> list[HelpContact]:
    """The contacts that belong to a help file, newest first."""
    return list(file.contacts.counted().newest_first())  # type: ignore[attr-defined]


def able_to_follow() -> QuerySet[User]:
    """The colleagues who may be put in charge of a help file."""
    return accounts.users_who_can(Capability.SEE_HELPDESK)


def files_due(by: Actor, until: dt.date) -> QuerySet[HelpFile]:
    """The help files that `by` follows and whose next step falls due."""
    if by.user_id is None:
        return HelpFile.objects.none()
    rows: QuerySet[HelpFile] = files(by).open().filter(owner_id=by.user_id, next_on__lte=until).due_first()
    return rows


def files_of_person(by: Actor, ids: Collection[int]) -> list[HelpFile]:
    """The newest help files of a person."""
    return list(files_in_lines(files(by).filter(person_id__in=ids).newest_first())[:20])


def to_forget(before: dt.datetime) -> QuerySet[HelpFile]:
    """Help files that were closed long ago and still have words."""
    return HelpFile.objects.filter(
        state=FileState.CLOSED, closed_at__lt=before, forgotten_at__isnull=True
    ).order_by("id")


@dataclass(frozen=True)
class Waiting:
    """What of the help desk waits for somebody, for the laboratory's page."""

    queue: int
    appointments: int
    to_tell: int
    files: int
    late_files: int


def waiting(by: Actor) -> Waiting:
    """How much waits, of what `by` may see. One query."""
    found = counts_up_to(
        COUNTED_AT_MOST,
        queue=Ticket.objects.visible_to(by).waiting().filter(day=clock.today()),
        appointments=today(by),
        to_tell=to_tell(by),
        files=files(by).open(),
        late_files=files(by).open().filter(next_on__lt=clock.today()),
    )
    return Waiting(**found)


# A person -----------------------------------------------------------------------------------------------------------


def appointments_of_person(person_id: int) -> QuerySet[Appointment]:
    """Of a person: by their row, or by a contact that is theirs."""
    digests = list(ContactPoint.objects.filter(person_id=person_id).values_list("digest", flat=True))
    own = Q(person_id=person_id) | Q(contact_digest__in=digests)
    return Appointment.objects.filter(own, forgotten_at__isnull=True).order_by("id")


def contacts_with(person_id: int) -> QuerySet[HelpContact]:
    return HelpContact.objects.filter(person_id=person_id).order_by("id")


def files_about(person_id: int) -> QuerySet[HelpFile]:
    return HelpFile.objects.filter(person_id=person_id).order_by("id")


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of the people of contacts, appointments and help files that `by` may see."""
    held = HelpContact.objects.filter(person_id__isnull=False)
    if not by.can(Capability.RUN_HELPDESK):
        held = held.none()
    booked = Appointment.objects.visible_to(by).filter(person_id__isnull=False)
    groups: list[QuerySet[Any]] = [held, booked, files(by).filter(person_id__isnull=False)]
    if among is not None:
        groups = [rows.filter(person_id__in=among) for rows in groups]
    first, second, third = (rows.order_by().values("person_id") for rows in groups)
    return first.union(second, third, all=True)


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What the help desk holds of a person, for their copy."""
    return [
        *(
            {
                "appuntamento": row.reference,
                "quando": row.starts_at.isoformat(),
                "nome": row.name,
                "recapito": row.contact_value,
                "di che cosa": row.words,
            }
            for row in appointments_of_person(person_id)
        ),
        *(
            {"contatto allo sportello": row.day.isoformat(), "per": str(row), "in una riga": row.words}
            for row in contacts_with(person_id)
        ),
        *(_file(row) for row in files_about(person_id).prefetch_related("notes")),
    ]


def _file(row: HelpFile) -> dict[str, Any]:
    return {
        "pratica": row.reference,
        "in breve": row.title,
        "che cosa serve": row.words,
        "risposta": row.answer,
        "diario": [note.words for note in row.notes.all()],
    }
