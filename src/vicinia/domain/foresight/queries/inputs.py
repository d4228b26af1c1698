"""What a run reads: groups of kinds, settings, and the counts of the register. No person is read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from vicinia.domain.foresight.counts import Counts, Grid
from vicinia.domain.foresight.models import GroupKind, KindGroup, WatchSettings
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import LegalBasis, ReportState
from vicinia.foundation.kernel import clock

# What somebody set aside, or joined to another one, counts for nothing.
NOT_COUNTED = (ReportState.SET_ASIDE, ReportState.MERGED)

Row = tuple[dt.date, float | None, float | None, int | None]


def watch_settings() -> WatchSettings:
    """How the town is watched; what is proposed, not saved and of version 0, while nobody has decided."""
    return WatchSettings.objects.filter(pk=WatchSettings.ONLY).first() or WatchSettings(
        pk=WatchSettings.ONLY, version=0
    )


def groups_in_use() -> QuerySet[KindGroup]:
    """The groups that are watched and have at least one kind, in their order."""
    return KindGroup.objects.filter(is_active=True, kinds__isnull=False).distinct()


def all_groups() -> QuerySet[KindGroup]:
    """Every group, in order."""
    return KindGroup.objects.all()


def is_name_taken(name: str, group: KindGroup | None) -> bool:
    """Whether a group other than this one is called so."""
    others = KindGroup.objects.exclude(pk=group.pk) if group else KindGroup.objects.all()
    return others.filter(name=name).exists()


@dataclass(frozen=True)
class GroupRow:
    """A group with the names of its kinds, for the page of groups."""

    group: KindGroup
    kinds: tuple[str, ...]


def group_rows() -> list[GroupRow]:
    """Every group with its kinds, in order. Two queries."""
    names: dict[int, list[str]] = {}
    for link in GroupKind.objects.select_related("category").order_by("category__position", "category__name"):
        names.setdefault(link.group_id, []).append(link.category.label)
    return [GroupRow(group, tuple(names.get(group.pk, ()))) for group in KindGroup.objects.all()]


def group_named(pk: int) -> KindGroup:
    """The group of this number (404 otherwise)."""
    row: KindGroup = KindGroup.objects.one(pk=pk)
    return row


def kinds_elsewhere(kinds: Collection[Category], group: KindGroup | None) -> list[str]:
    """Names of those kinds that a group other than this one has."""
    taken = GroupKind.objects.filter(category__in=kinds)
    if group is not None:
        taken = taken.exclude(group=group)
    return [link.category.label for link in taken.select_related("category")]


def kinds_of(group: KindGroup) -> QuerySet[Category]:
    """The kinds of a group."""
    links = GroupKind.objects.filter(group=group).values("category_id")
    return Category.objects.filter(pk__in=links)


def kinds_unwatched() -> int:
    """How many kinds in use no group watches. One query."""
    watched = GroupKind.objects.values("category_id")
    return Category.objects.filter(is_active=True, parent__isnull=False).exclude(pk__in=watched).count()


def proposed_groups() -> list[tuple[Category, list[Category]]]:
    """The groups of the taxonomy with those of their kinds that no group watches yet."""
    kinds: dict[int, list[Category]] = {}
    parents: dict[int, Category] = {}
    watched = set(GroupKind.objects.values_list("category_id", flat=True))
    for kind in Category.objects.filter(is_active=True, parent__isnull=False).select_related("parent"):
        if kind.pk not in watched and kind.parent is not None:
            parents[kind.parent.pk] = kind.parent
            kinds.setdefault(kind.parent.pk, []).append(kind)
    return sorted(
        ((parents[pk], of) for pk, of in kinds.items()), key=lambda pair: (pair[0].position, pair[0].name)
    )


def first_day_of(last_day: dt.date, history_days: int) -> dt.date:
    """The first day of a history that ends with `last_day`."""
    return last_day - dt.timedelta(days=history_days - 1)


@dataclass(frozen=True)
class Register:
    """Day, point and area of every administrative report of a period that counts, by kind."""

    first_day: dt.date
    last_day: dt.date
    rows: dict[int, list[Row]]

    def counts(self, categories: Iterable[int], grid: Grid) -> Counts:
        """The counts of some kinds."""
        rows = (row for pk in categories for row in self.rows.get(pk, ()))
        return Counts.of(rows, grid=grid, first_day=self.first_day, last_day=self.last_day)

    def points(self) -> list[tuple[float, float]]:
        """Every point, of any kind: how much is reported where."""
        return [
            (lat, lon)
            for rows in self.rows.values()
            for _day, lat, lon, _area in rows
            if lat is not None and lon is not None
        ]


def read_register(last_day: dt.date, history_days: int) -> Register:
    """The register as the analysis may see it: counts will be made of it, and nothing else kept. One query.

    By the local day on which a report came in; never of the police regime. Reports of an import that was undone are gone.
    """
    first_day = first_day_of(last_day, history_days)
    found = (
        Report.objects.filter(
            legal_basis=LegalBasis.ADMINISTRATIVE,
            received_at__gte=clock.start_of(first_day),
            received_at__lt=clock.start_of(last_day + dt.timedelta(days=1)),
        )
        .exclude(state__in=NOT_COUNTED)
        .order_by()
        .values_list("category_id", "received_at", "lat", "lon", "area_id")
    )
    rows: dict[int, list[Row]] = {}
    for category_id, received_at, lat, lon, area_id in found.iterator(chunk_size=5000):
        rows.setdefault(category_id, []).append((timezone.localdate(received_at), lat, lon, area_id))
    return Register(first_day, last_day, rows)


def categories_of_groups() -> dict[int, list[int]]:
    """Ids of the kinds of each group in use. One query."""
    found: dict[int, list[int]] = {}
    links = GroupKind.objects.filter(group__is_active=True).order_by("group_id", "category_id")
    for group_id, category_id in links.values_list("group_id", "category_id"):
        found.setdefault(group_id, []).append(category_id)
    return found
