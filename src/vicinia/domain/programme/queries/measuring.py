"""What the registry can count, and indicators computed from it, with the records behind each figure."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vicinia.domain.programme.models import ActionSheet, Activity, ActivityLink, Cost, Indicator
from vicinia.domain.programme.states import ActivityKind, Measure, Scope
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import Countable, CountedLink, CountedRow, countables
from vicinia.foundation.kernel.verdict import Sentence

ACTIVITIES, COSTS = "activities", "costs"
# How far from the day of an activity a record may be that it names.
LINK_SPAN = dt.timedelta(days=31)
# How many records of one source are offered to be named.
OFFERED = 12


def _activity_rows(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    rows = Activity.objects.live().between(since, until).order_by("id")
    for pk, day, kind, people in rows.values_list("id", "day", "kind", "people"):
        yield CountedRow(pk, day, kind, people)


def _activity_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    rows = Activity.objects.visible_to(by).filter(pk__in=record_ids).order_by("id")
    for pk, what in rows.values_list("id", "what"):
        yield CountedLink(pk, what, reverse("programme_activity", args=[pk]))


def _cost_rows(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    rows = Cost.objects.live().between(since, until).order_by("id")
    for pk, day, amount in rows.values_list("id", "day", "amount"):
        yield CountedRow(pk, day, amount=round(amount))


def _cost_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    rows = Cost.objects.filter(sheet__in=ActionSheet.objects.visible_to(by).order_by(), pk__in=record_ids)
    for pk, what in rows.order_by("id").values_list("id", "what"):
        yield CountedLink(pk, what, reverse("cost", args=[pk]))


def register_countables() -> None:
    """What the programme itself has to count."""
    countables[ACTIVITIES] = Countable(
        ACTIVITIES,
        _("Attività delle schede"),
        _("attività"),
        _activity_rows,
        _activity_links,
        lambda: dict(ActivityKind.choices),
        order=10,
    )
    countables[COSTS] = Countable(
        COSTS, _("Spese delle schede, in euro interi"), _("spese"), _cost_rows, _cost_links, order=11
    )


def sources() -> list[Countable]:
    """What can be counted, in order."""
    return sorted(countables.values(), key=lambda one: (one.order, one.key))


@dataclass(frozen=True)
class Figure:
    """A number with the records behind it; none are kept where a figure never says which."""

    value: int
    record_ids: tuple[int, ...] = ()
    is_known: bool = True


@dataclass
class Counts:
    """The records of a period, each source read once."""

    since: dt.date
    until: dt.date
    _rows: dict[str, list[CountedRow]] = field(default_factory=dict)

    def rows(self, source: str) -> list[CountedRow]:
        if source not in self._rows:
            self._rows[source] = list(countables[source].rows(self.since, self.until))
        return self._rows[source]


def kinds_of(source: str) -> dict[str, Sentence]:
    """The kinds that records of a source may have."""
    return countables[source].kinds() if source in countables else {}


def figure_of(indicator: Indicator, counts: Counts, named: Collection[int]) -> Figure:
    """An indicator over the period of `counts`; `named` are the records of its source that the sheet's activities name."""
    countable = countables.get(indicator.source)
    if countable is None:  # a subject that is not installed any more
        return Figure(0, is_known=False)
    rows: Sequence[CountedRow] = counts.rows(indicator.source)
    if indicator.kinds:
        rows = [row for row in rows if row.kind in indicator.kinds]
    if indicator.scope == Scope.SHEET:
        rows = [row for row in rows if row.record_id in named]
    if indicator.measure == Measure.PEOPLE:
        known = {row.person_id for row in rows if row.person_id is not None}
        value = len(known) + sum(row.amount for row in rows if row.person_id is None)
    elif indicator.measure == Measure.AMOUNT:
        value = sum(row.amount for row in rows)
    else:
        value = len(rows)
    ids = () if countable.links is None else tuple(row.record_id for row in rows)
    return Figure(value, ids)


def named_by(sheet: ActionSheet, activities: Sequence[Activity]) -> dict[str, set[int]]:
    """The records that activities of a sheet name, by source; the activities are records of their own. One query."""
    found: dict[str, set[int]] = defaultdict(set)
    links = ActivityLink.objects.filter(activity__sheet=sheet, activity__void_reason="")
    for source, record_id in links.values_list("source", "record_id"):
        found[source].add(record_id)
    found[ACTIVITIES] = {row.pk for row in activities}
    return found


def links_to(by: Actor, source: str, record_ids: Collection[int]) -> list[CountedLink]:
    """The records behind a figure that `by` may see, as lines that lead to them."""
    countable = countables.get(source)
    if countable is None or countable.links is None or not record_ids:
        return []
    return list(countable.links(by, record_ids))


# People reached ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reached:
    """People reached: who is known counts once, who was only counted counts once for each activity."""

    known: int
    counted: int

    @property
    def total(self) -> int:
        return self.known + self.counted


class PeopleReached:
    """Whom activities reached, from the records that they name. One query for the links, and one for each source."""

    def __init__(self, activities: Iterable[Activity]) -> None:
        self.activities = list(activities)

    @cached_property
    def _known(self) -> dict[int, set[int]]:
        """The people whom each activity's records know, by activity."""
        found: dict[int, set[int]] = defaultdict(set)
        links = list(
            ActivityLink.objects.filter(activity__in=[row.pk for row in self.activities]).order_by("id")
        )
        if not links:
            return found
        since = min(row.day for row in self.activities) - LINK_SPAN
        until = max(row.day for row in self.activities) + LINK_SPAN
        counts = Counts(since, until)
        people: dict[str, dict[int, int]] = {}
        for source in sorted({link.source for link in links} & set(countables)):
            people[source] = {
                row.record_id: row.person_id for row in counts.rows(source) if row.person_id is not None
            }
        for link in links:
            person = people.get(link.source, {}).get(link.record_id)
            if person is not None:
                found[link.activity_id].add(person)
        return found

    def of(self, activities: Sequence[Activity]) -> Reached:
        """Whom some of these activities reached."""
        known: set[int] = set()
        counted = 0
        for row in activities:
            theirs = self._known.get(row.pk, set())
            known |= theirs
            counted += max(0, row.people - len(theirs))
        return Reached(len(known), counted)


# Records to be named ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offered:
    """Records near the day of an activity that it may name."""

    countable: Countable
    links: list[CountedLink]


def records_near(by: Actor, activity: Activity) -> list[Offered]:
    """The records around an activity that `by` may see, the nearest in time, by source."""
    found = []
    for countable in sources():
        if countable.links is None or countable.key in (ACTIVITIES, COSTS):
            continue
        rows = list(countable.rows(activity.day - LINK_SPAN, activity.day + LINK_SPAN))
        rows.sort(key=lambda row: (abs((row.on - activity.day).days), row.record_id))
        links = list(countable.links(by, [row.record_id for row in rows[:OFFERED]]))
        if links:
            found.append(Offered(countable, links))
    return found


def records_of(by: Actor, activity: Activity) -> tuple[list[Offered], int]:
    """The records that an activity names and `by` may see, by source, and how many others it names."""
    named: dict[str, list[int]] = defaultdict(list)
    for link in activity.links.order_by("id"):
        named[link.source].append(link.record_id)
    shown = [Offered(one, links_to(by, one.key, named[one.key])) for one in sources() if one.key in named]
    hidden = sum(map(len, named.values())) - sum(len(one.links) for one in shown)
    return [one for one in shown if one.links], hidden
