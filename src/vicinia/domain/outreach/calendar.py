"""Events as entries of people's own calendars."""

from __future__ import annotations

from collections.abc import Iterable

from vicinia.domain.outreach.links import event_url
from vicinia.domain.outreach.models import Event
from vicinia.foundation.documents.calendars import Entry, calendar_of


def feed(events: Iterable[Event], *, name: str = "") -> bytes:
    """The calendar file of some events; what was called off says so."""
    return calendar_of(map(_entry, events), name=name)


def _entry(event: Event) -> Entry:
    return Entry(
        uid=event.reference,
        sequence=event.edition,
        changed_at=event.edited_at,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        title=event.title,
        place=event.place,
        url=event_url(event),
        text=event.description,
        is_cancelled=event.is_cancelled,
    )
