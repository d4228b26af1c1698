"""Key contacts: who is due, what they said, what we hold of a person."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from django.db.models import Case as CaseExpression
from django.db.models import Count, Q, QuerySet, When

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import CaseRows
from vicinia.domain.listening import queries as listening
from vicinia.domain.people import queries as people
from vicinia.domain.presence.models import KeyContact, KeyContactRows, KeyContactTalk
from vicinia.foundation.kernel.actor import Actor

OFFERED_CASES = 20


def key_contacts(by: Actor) -> KeyContactRows:
    """The key contacts that `by` may see."""
    return KeyContact.objects.visible_to(by)


def key_contact_named(by: Actor, reference: str) -> KeyContact:
    """The visible key contact of this reference (404 otherwise)."""
    rows = key_contacts(by).select_related("area", "person").defer("area__boundary")
    row: KeyContact = rows.defer("person__name", "person__address", "person__needs").one(reference=reference)
    return row


def contacts_due(by: Actor, until: dt.date) -> KeyContactRows:
    """Those of one's own teams' areas, or placed nowhere yet, to be heard by a day: also for who sees the whole town."""
    rows = key_contacts(by).filter(Q(area_id__in=by.area_ids) | Q(area_id__isnull=True))
    return rows.due_by(until).in_lines().most_urgent_first()


def contacts_late_by_area(by: Actor, today: dt.date) -> dict[int, int]:
    """How many key contacts of each area should have been heard before today. One query."""
    rows = key_contacts(by).due_by(today - dt.timedelta(days=1)).filter(area_id__isnull=False)
    return dict(rows.order_by().values_list("area_id").annotate(n=Count("pk")))


def talks_of(by: Actor, contact: KeyContact) -> QuerySet[KeyContactTalk]:
    """What a key contact said, newest first. Where it went is told to who may see that."""
    return contact.talks.annotate(
        case_reference=_seen(casework.cases(by), "case"),
        report_reference=_seen(listening.reports(by), "report"),
    )


def _seen(rows: Any, relation: str) -> CaseExpression:
    """The reference of a related row, if it is among some visible rows."""
    visible = Q(**{f"{relation}__in": rows.order_by()})
    return CaseExpression(When(visible, then=f"{relation}__reference"), default=None)


def talk_sent(uuid: UUID) -> KeyContactTalk | None:
    """The talk that was kept under this key, whoever sent it."""
    found: KeyContactTalk | None = KeyContactTalk.objects.filter(uuid=uuid).first()
    return found


def cases_to_tell(by: Actor, area_id: int | None) -> CaseRows:
    """Open cases into whose diary something may go: one's own first, then those of an area, the latest first."""
    rows = casework.cases(by).open().filter(owner_id__isnull=False)
    near = Q(owner_id=by.user_id) | Q(area_id=area_id)
    is_mine = CaseExpression(When(owner_id=by.user_id, then=0), default=1)
    found: CaseRows = rows.filter(near).in_lines().order_by(is_mine, "-opened_at", "-id")[:OFFERED_CASES]
    return found


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of persons who are key contacts that `by` may see."""
    rows = key_contacts(by).filter(person__isnull=False)
    return (rows if among is None else rows.filter(person_id__in=among)).order_by().values("person_id")


def key_contacts_of_person(by: Actor, reference: str) -> KeyContactRows:
    """As which key contacts a person is heard, over every row merged into them."""
    rows = key_contacts(by).filter(person_id__in=people.ids_of(reference))
    return rows.in_lines().most_urgent_first()


def contacts_with(person_id: int) -> list[KeyContact]:
    return list(KeyContact.objects.filter(person_id=person_id).order_by("id"))


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What we hold of a person as key contact, for the copy that they may ask for."""
    rows = KeyContact.objects.filter(person_id=person_id).prefetch_related("talks").order_by("id")
    return [
        {
            "testimone": str(row.get_kind_display()),
            "ente": row.body_name,
            "come si raggiunge": row.reach_words,
            "colloqui": [{"quando": talk.at.isoformat(), "parole": talk.words} for talk in row.talks.all()],
        }
        for row in rows
    ]
