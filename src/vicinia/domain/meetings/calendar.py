"""A meeting as an entry of one's calendar (RFC 5545): when, where and its title, nothing of its agenda."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.utils import timezone

from vicinia.domain.meetings.models import Meeting

_LONGEST_LINE = 70


def entry(meeting: Meeting, url: str) -> str:
    """The calendar file. Times are in UTC, so that no time zone has to be described."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Vicinia//Vicinia//IT",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        f"UID:{meeting.reference}@{settings.PUBLIC_URL.split('//')[-1].split('/')[0]}",
        f"SEQUENCE:{meeting.version}",
        f"DTSTAMP:{_utc(meeting.updated_at)}",
        f"DTSTART:{_utc(_moment(meeting.day, meeting.from_time))}",
        f"DTEND:{_utc(_moment(meeting.day, meeting.to_time))}",
        f"SUMMARY:{_text(meeting.title)}",
        f"LOCATION:{_text(meeting.place)}",
        f"URL:{url}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))


def _utc(moment: dt.datetime) -> str:
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(words: str) -> str:
    for mark in ("\\", ";", ","):
        words = words.replace(mark, f"\\{mark}")
    return " ".join(words.split())


def _folded(line: str) -> str:
    """Long lines go on after a line break and a space; the longest letters have four bytes."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > _LONGEST_LINE:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
