"""Entries for people's own calendars (RFC 5545): one to put in, or a feed to subscribe to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone

if TYPE_CHECKING:
    from icalendar import Event


@dataclass(frozen=True, slots=True)
class Entry:
    """Something at a time and place. `uid` lasts, `sequence` grows with each change that calendars must take over."""

    uid: str
    sequence: int
    changed_at: dt.datetime
    starts_at: dt.datetime
    ends_at: dt.datetime
    title: str
    place: str
    url: str
    text: str = ""
    is_cancelled: bool = False


def calendar_of(entries: Iterable[Entry], *, name: str = "") -> bytes:
    """The calendar file. Times stand in the town's own time zone, which the file describes."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Vicinia//Vicinia//IT")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    if name:
        made.add("name", name)
        made.add("x-wr-calname", name)
        made.add("refresh-interval", dt.timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for entry in entries:
        made.add_component(_event(entry))
    made.add_missing_timezones()
    ready: bytes = made.to_ical()
    return ready


def _event(entry: Entry) -> Event:
    from icalendar import Event

    zone = timezone.get_default_timezone()
    event = Event()
    event.add("uid", f"{entry.uid}@{urlsplit(settings.PUBLIC_URL).hostname}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at.astimezone(dt.UTC))
    event.add("last-modified", entry.changed_at.astimezone(dt.UTC))
    event.add("dtstart", entry.starts_at.astimezone(zone))
    event.add("dtend", entry.ends_at.astimezone(zone))
    event.add("summary", " ".join(entry.title.split()))
    event.add("location", " ".join(entry.place.split()))
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    if entry.text:
        event.add("description", entry.text)
    return event


def as_response(content: bytes, name: str, *, is_private: bool) -> HttpResponse:
    """A calendar file; what is one person's is kept by no cache."""
    cache = "private, no-store" if is_private else "public, max-age=900"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": cache}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
