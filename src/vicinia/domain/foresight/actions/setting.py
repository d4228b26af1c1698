"""What is watched, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction

from vicinia.domain.foresight import events, queries, rules
from vicinia.domain.foresight.models import GroupKind, KindGroup, WatchSettings
from vicinia.domain.listening.models import Category
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import label_of


@dataclass(frozen=True)
class NewSettings:
    """How the town is to be watched: see `WatchSettings`."""

    budget: int
    longest_days: int
    radius_m: int
    history_days: int
    grid_m: int


@transaction.atomic
def change_settings(*, by: Actor, new: NewSettings, seen_version: int | None = None) -> WatchSettings:
    """Change how the town is watched, from the next run on. Raises Conflict when somebody else has changed it."""
    rules.may_set(by).require()
    rules.make_sense(new.longest_days, new.history_days, new.radius_m, new.grid_m).require()
    WatchSettings.objects.get_or_create(pk=WatchSettings.ONLY)
    row = WatchSettings.objects.select_for_update().get(pk=WatchSettings.ONLY)
    # Version 0 is what a page shows while nobody has decided; the row just made has version 1.
    row.require_version(seen_version or None, yours=new)

    changed = {name: value for name, value in asdict(new).items() if getattr(row, name) != value}
    if not changed:
        return row
    words = [
        f"{label_of(WatchSettings, name)} {getattr(row, name)} → {value}" for name, value in changed.items()
    ]
    for name, value in changed.items():
        setattr(row, name, value)
    row.save()

    journal.record(events.SETTINGS, by=by, about=row, what=", ".join(words))
    return row


@dataclass(frozen=True)
class NewGroup:
    """What a group of kinds is to be."""

    name: str
    kinds: Sequence[Category]
    name_en: str = ""
    position: int = 0
    is_active: bool = True


@transaction.atomic
def save_group(
    *, by: Actor, group: KindGroup | None, new: NewGroup, seen_version: int | None = None
) -> KindGroup:
    """Make a group of kinds, or change it. What was counted before keeps its own counts."""
    rules.may_group(by, queries.kinds_elsewhere(new.kinds, group)).require()
    row = (
        KindGroup()
        if group is None
        else KindGroup.objects.lock(group).require_version(seen_version, yours=new)
    )

    row.name, row.name_en = new.name, new.name_en
    row.position, row.is_active = new.position, new.is_active
    row.save()
    GroupKind.objects.filter(group=row).exclude(category__in=new.kinds).delete()
    known = set(GroupKind.objects.filter(group=row).values_list("category_id", flat=True))
    GroupKind.objects.bulk_create(
        GroupKind(group=row, category=kind) for kind in new.kinds if kind.pk not in known
    )

    names = ", ".join(kind.name for kind in new.kinds)
    journal.record(events.GROUP, by=by, about=row, group=row.name, kinds=names)
    return row


@transaction.atomic
def propose_groups(*, by: Actor) -> int:
    """Make groups out of the groups of the categories, of the kinds that no group watches yet; how many were made."""
    rules.may_propose_groups(by).require()
    proposed = queries.proposed_groups()
    if not proposed:
        return 0
    taken = set(KindGroup.objects.values_list("name", flat=True))
    made = 0
    for parent, kinds in proposed:
        if parent.name in taken:
            group = KindGroup.objects.get(name=parent.name)
        else:
            group = KindGroup.objects.create(
                name=parent.name, name_en=parent.name_en, position=parent.position
            )
            made += 1
        GroupKind.objects.bulk_create(GroupKind(group=group, category=kind) for kind in kinds)
    journal.record(events.GROUPS_PROPOSED, by=by, about="foresight:groups")
    return made
