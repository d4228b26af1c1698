"""A meeting as an entry of one's calendar: when, where and its title, nothing of its agenda."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from vicinia.domain.meetings.models import Meeting
from vicinia.foundation.documents.calendars import Entry, calendar_of


def entry(meeting: Meeting, url: str) -> bytes:
    """The calendar file."""
    return calendar_of(
        [
            Entry(
                uid=meeting.reference,
                sequence=meeting.version,
                changed_at=meeting.updated_at,
                starts_at=_moment(meeting.day, meeting.from_time),
                ends_at=_moment(meeting.day, meeting.to_time),
                title=meeting.title,
                place=meeting.place,
                url=url,
            )
        ]
    )


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))
