"""Contacts in one line, and what they add up to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from vicinia.domain.helpdesk.models import ContactRows, HelpContact
from vicinia.domain.helpdesk.states import Channel, Kind, Topic
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.registries import CountedLink, CountedRow
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look import dates


@dataclass(frozen=True, slots=True)
class Usual:
    """What a colleague noted last today: the next contact starts from it."""

    channel: str = Channel.DESK
    topic: str = Topic.OTHER
    language: str = "it"
    point_id: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table of counts."""

    label: Sentence
    count: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Counts:
    """What the contacts of a period add up to. `record_ids` says which ones they are."""

    since: dt.date
    until: dt.date
    total: int = 0
    minutes: int = 0
    people: int = 0
    record_ids: tuple[int, ...] = ()
    by_kind: tuple[Line, ...] = ()
    by_topic: tuple[Line, ...] = ()
    by_channel: tuple[Line, ...] = ()
    by_language: tuple[Line, ...] = ()
    by_month: tuple[Line, ...] = ()
    by_day: tuple[Line, ...] = ()
    kinds_by_month: tuple[tuple[str, dict[str, int]], ...] = field(default=())


def contacts(by: Actor) -> ContactRows:
    """The contacts that `by` may see."""
    return HelpContact.objects.visible_to(by)


def contacts_in_lines(rows: ContactRows) -> QuerySet[HelpContact]:
    """With what a line of a list shows. One query."""
    joined: QuerySet[HelpContact] = rows.joining(point=("name",), file=("reference",))
    return joined


def contact_numbered(by: Actor, pk: int) -> HelpContact:
    """One visible contact (404 otherwise)."""
    rows = contacts(by).select_related("point", "person", "file", "appointment", "ticket")
    row: HelpContact = rows.one(pk=pk)  # type: ignore[attr-defined]
    return row


def locked_contact(contact: HelpContact) -> HelpContact:
    """The same contact, locked until the transaction ends."""
    row: HelpContact = HelpContact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    return row


def contact_sent(once: str) -> HelpContact | None:
    """The contact that was sent with this token of a page, if it was."""
    return HelpContact.objects.filter(once=once).first()


def usual_of(by: Actor) -> Usual:
    """What this colleague noted last today."""
    rows = HelpContact.objects.filter(by_ref=by.ref, day=clock.today()).order_by("-id")
    last = rows.values_list("channel", "topic", "language", "point_id").first()
    return Usual(*last) if last else Usual()


def contacts_of_person(by: Actor, ids: Collection[int]) -> list[HelpContact]:
    """The newest contacts of a person."""
    return list(contacts(by).counted().filter(person_id__in=ids).newest_first()[:20])


# Counts -----------------------------------------------------------------------------------------------------------

_COUNTED = ("id", "day", "kind", "topic", "channel", "language", "minutes", "person_id")


def counts(since: dt.date, until: dt.date) -> Counts:
    """What the contacts from the first to the last day add up to, both included. One query."""
    rows = list(HelpContact.objects.counted().between(since, until).order_by("id").values(*_COUNTED))
    languages = dict(RESIDENT_LANGUAGES)
    return Counts(
        since=since,
        until=until,
        total=len(rows),
        minutes=sum(row["minutes"] for row in rows),
        people=len({row["person_id"] for row in rows} - {None}),
        record_ids=tuple(row["id"] for row in rows),
        by_kind=_lines(rows, "kind", dict(Kind.choices), keeps_empty=True),
        by_topic=_lines(rows, "topic", dict(Topic.choices)),
        by_channel=_lines(rows, "channel", dict(Channel.choices)),
        by_language=_lines(rows, "language", languages),
        by_month=_by_date(rows, by_month=True),
        by_day=_by_date(rows, by_month=False),
        kinds_by_month=_kinds_by_month(rows),
    )


def _lines(
    rows: list[dict[str, Any]], name: str, labels: Mapping[str, Sentence], *, keeps_empty: bool = False
) -> tuple[Line, ...]:
    count: Counter[str] = Counter(row[name] for row in rows)
    minutes: Counter[str] = Counter()
    for row in rows:
        minutes[row[name]] += row["minutes"]
    found = [
        Line(label, count[value], minutes[value])
        for value, label in labels.items()
        if keeps_empty or count[value]
    ]
    return tuple(found if keeps_empty else sorted(found, key=lambda line: -line.count))


def _month(day: dt.date) -> dt.date:
    return day.replace(day=1)


def _by_date(rows: list[dict[str, Any]], *, by_month: bool) -> tuple[Line, ...]:
    count: Counter[dt.date] = Counter()
    minutes: Counter[dt.date] = Counter()
    for row in rows:
        day = _month(row["day"]) if by_month else row["day"]
        count[day] += 1
        minutes[day] += row["minutes"]
    words = dates.month_words if by_month else dates.short_day_words
    return tuple(Line(words(day), count[day], minutes[day]) for day in sorted(count))


def _kinds_by_month(rows: list[dict[str, Any]]) -> tuple[tuple[str, dict[str, int]], ...]:
    found: dict[dt.date, Counter[str]] = {}
    for row in rows:
        found.setdefault(_month(row["day"]), Counter())[row["kind"]] += 1
    return tuple(
        (dates.month_words(month), {kind: found[month][kind] for kind in Kind.values})
        for month in sorted(found)
    )


def counted_rows(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """Every contact of a period, for a programme. One query."""
    rows = HelpContact.objects.counted().between(since, until).order_by("id")
    for pk, day, kind, person_id in rows.values_list("id", "day", "kind", "person_id"):
        yield CountedRow(pk, day, kind, 1, person_id)


def counted_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those contacts that `by` may open, as lines that lead to their pages. One query."""
    if not by.can(Capability.RUN_HELPDESK):
        return []
    rows = contacts(by).filter(pk__in=record_ids).order_by("id").only("day", "kind")
    return [
        CountedLink(
            row.pk,
            f"{row.get_kind_display()}, {dates.short_day_words(row.day)}",
            reverse("help_contact", args=[row.pk]),
        )
        for row in rows
    ]


def to_forget(before: dt.date) -> QuerySet[HelpContact]:
    """Contacts of long ago that still have words or a person."""
    rows = HelpContact.objects.filter(day__lt=before)
    return (rows.exclude(words="") | rows.filter(person_id__isnull=False)).order_by("id")
