"""Minutes on paper: the whole for staff, an extract for a body. Items name a case by its title, and nobody in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.formats import time_format

from vicinia.domain.meetings import queries
from vicinia.domain.meetings.documents import EXTRACT, LANGUAGE, MINUTES
from vicinia.domain.meetings.models import AgendaItem, Extract, Meeting
from vicinia.domain.meetings.states import Attendance, MeetingState
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents.composing import compose_kept, part
from vicinia.foundation.kernel.actor import Actor


def minutes(*, by: Actor, meeting: Meeting) -> bytes:
    """The minutes with every item that `by` may see."""

    def values() -> dict[str, Any]:
        shown = {
            "attendance": attendance_of(meeting),
            "items": queries.minutes_of(by, meeting),
            "notes": list(queries.notes_of(meeting)),
        }
        areas = meeting.areas.values_list("name", flat=True)
        return {
            **_named(meeting),
            "hours": "–".join(time_format(time, "G:i") for time in (meeting.from_time, meeting.to_time)),
            "areas": " · ".join(areas),
            "is_draft": meeting.state == MeetingState.HELD,
            "convened_by": meeting.by_name,
            "closed_on": meeting.minuted_at,
            "minutes": part("meetings/papers/minutes_items.html", shown),
        }

    document = compose_kept(MINUTES, meeting.text_digest, LANGUAGE, values)
    context = {"meeting": meeting, "document": document}
    return pdf.render("meetings/papers/minutes.html", context, language=document.language)


def _named(meeting: Meeting) -> dict[str, Any]:
    return {
        "reference": meeting.reference,
        "title": meeting.title,
        "day": meeting.day,
        "place": meeting.place,
    }


def attendance_of(meeting: Meeting) -> list[tuple[Any, list[str]]]:
    """Who was there and who was not, by name."""
    invited = queries.invited_to(meeting)
    named = [
        (Attendance(mark).label, [one.name for one in invited if one.attendance == mark])
        for mark in (Attendance.YES, Attendance.EXCUSED, Attendance.NO, Attendance.UNKNOWN)
    ]
    return [(label, names) for label, names in named if names]


def extract(*, by: Actor, row: Extract) -> bytes:
    """What a body got: the same words and date whenever it is printed again."""
    chosen = set(row.items.values_list("pk", flat=True))
    items = [item for item in queries.minutes_of(by, row.meeting) if item.pk in chosen]

    def values() -> dict[str, Any]:
        shown = {"rows": as_given(items, row), "with_said": row.with_said}
        return {
            **_named(row.meeting),
            "body": row.body.name,
            "given_on": row.created_at,
            "items": part("meetings/given.html", shown),
        }

    document = compose_kept(EXTRACT, row.text_digest, LANGUAGE, values)
    context = {"meeting": row.meeting, "document": document}
    return pdf.render(
        "meetings/papers/extract.html", context, language=document.language, made_at=row.created_at
    )


def as_given(items: Sequence[AgendaItem], row: Extract) -> list[tuple[AgendaItem, list[str]]]:
    """Each item with the notes that stood beneath it when it was given."""
    return [
        (item, [note.text for note in item.notes.all() if note.created_at <= row.created_at])
        for item in items
    ]
