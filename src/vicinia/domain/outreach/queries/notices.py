"""Notices: which ones, for whom, how far they went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from vicinia.domain.outreach.models import (
    Delivery,
    DeliveryRows,
    Notice,
    NoticeRows,
    Publication,
    Subscription,
)
from vicinia.domain.outreach.models.notices import FIRST_LANGUAGE, NoticeText
from vicinia.domain.outreach.states import NoticeKind, SubscriptionWay, Way
from vicinia.domain.people import queries as people
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Area, Building, Stair
from vicinia.foundation.journal.lines import about_ref
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES


@dataclass(frozen=True, slots=True)
class Reach:
    """How many a notice has reached, by way. Doors count once, however many papers they got; pages are not counted."""

    emails: int = 0
    sms: int = 0
    doors: int = 0
    posters: int = 0

    @property
    def total(self) -> int:
        return self.emails + self.sms + self.doors


@dataclass(frozen=True, slots=True)
class StairToDo:
    """A stair that a notice is carried to: how many doors, and when which paper got there."""

    stair: Stair
    doors: int
    deliveries: tuple[Delivery, ...] = ()


def notices(by: Actor) -> NoticeRows:
    """The notices that `by` may see."""
    return Notice.objects.visible_to(by)


def notice_named(by: Actor, reference: str) -> Notice:
    """The visible notice of this reference (404 otherwise), with its texts."""
    rows = notices(by).select_related("event").prefetch_related("texts")
    row: Notice = rows.one(reference=reference)
    return row


def in_lines(rows: NoticeRows) -> QuerySet[Notice]:
    """With what a line of a list shows. Five queries, however many rows."""
    return rows.prefetch_related(
        "texts",
        Prefetch("areas", Area.objects.defer("boundary")),
        Prefetch("buildings", Building.objects.only("name")),
        Prefetch("stairs", Stair.objects.select_related("building").only("name", "building__name")),
    )


def notices_of(about: Any) -> NoticeRows:
    """The notices that belong to a row of a higher subject, newest first; that subject says who may see them."""
    rows: NoticeRows = Notice.objects.filter(about=about_ref(about)).prefetch_related("texts")
    return rows.order_by("-id")


def public_notices(area: str = "", *, past: bool = False) -> QuerySet[Notice]:
    """What stands on the web page, newest first: what holds now, or what held; all of the town's, or what an area reads."""
    rows: NoticeRows = Notice.objects.public() if past else Notice.objects.current()
    if past:
        rows = rows.exclude(pk__in=Notice.objects.current().order_by().values("pk"))
    return in_lines(for_area(rows, area).newest_first())


def for_area(rows: NoticeRows, area: str) -> NoticeRows:
    """Those that an area reads: for it, for houses in it, or for all of the town."""
    if not area:
        return rows
    there = _reaching(Area.objects.filter(code=area).order_by().values("pk"))
    everywhere = Q(areas=None, buildings=None, stairs=None)
    return rows.filter(pk__in=Notice.objects.filter(everywhere | there).order_by().values("pk"))


def _reaching(areas: Any) -> Q:
    return Q(areas__in=areas) | Q(buildings__area__in=areas) | Q(stairs__building__area__in=areas)


def public_notice(reference: str) -> Notice:
    """A notice as everybody may read it (404 otherwise)."""
    row: Notice = in_lines(Notice.objects.public().select_related("event")).one(reference=reference)  # type: ignore[attr-defined]
    return row


def locked(notice: Notice) -> Notice:
    """The same notice, locked until the transaction ends."""
    row: Notice = Notice.objects.lock(notice)
    return row


def text_in(notice: Notice, language: str) -> NoticeText:
    """The text of a notice in a language (404 otherwise)."""
    found = notice.by_language.get(language)
    if found is None:
        raise NotVisible
    return found


# For whom -----------------------------------------------------------------------------------------------------------


def audience_names(notice: Notice) -> list[str]:
    """For whom it is, in words; empty for all of the town."""
    names = [area.name for area in notice.areas.all()]
    names += [building.name for building in notice.buildings.all()]
    return names + [stair.where for stair in notice.stairs.all()]


def area_ids_of(notice: Notice) -> set[int]:
    """The areas in which who it is for lives; empty for all of the town."""
    found = set(notice.areas.order_by().values_list("pk", flat=True))
    found |= set(notice.buildings.order_by().values_list("area_id", flat=True))
    found |= set(notice.stairs.order_by().values_list("building__area_id", flat=True))
    return found - {None}  # type: ignore[arg-type]  # a building may have no area yet


def stairs_of(notice: Notice) -> list[Stair]:
    """The stairs that it is carried to: those named, and those of the buildings and areas named. Three queries."""
    areas = notice.areas.order_by().values("pk")
    chosen = notice.buildings.order_by().values("pk")
    own = notice.stairs.order_by().values("building_id")
    everywhere = not (areas.exists() or chosen.exists() or own.exists())
    whole = Building.objects.in_use().filter(Q(pk__in=chosen) | Q(area__in=areas))
    if everywhere:
        whole = Building.objects.in_use()
    buildings = list(Building.objects.in_use().filter(Q(pk__in=whole.values("pk")) | Q(pk__in=own)))
    wholly = set(whole.values_list("pk", flat=True))
    named = set(notice.stairs.values_list("pk", flat=True))
    found = territory.stairs_of(buildings)
    return [stair for stair in found if stair.building_id in wholly or stair.pk in named]


def stairs_to_do(by: Actor, notice: Notice) -> list[StairToDo]:
    """Its stairs with what was carried there."""
    stairs = stairs_of(notice)
    doors = territory.stair_counts(stairs)
    carried: dict[int, list[Delivery]] = {}
    for delivery in deliveries_of(by, notice):
        carried.setdefault(delivery.stair_id or 0, []).append(delivery)
    return [StairToDo(stair, doors[stair.pk], tuple(carried.get(stair.pk, ()))) for stair in stairs]


def recipients(notice: Notice, way: str, *, after: int, limit: int) -> list[Subscription]:
    """The next who wanted to be written to of this, in the order of their ids."""
    rows = Subscription.objects.active().filter(way=SubscriptionWay(way), pk__gt=after)
    wants = "wants_newsletter" if notice.kind == NoticeKind.NEWSLETTER else "wants_notices"
    rows = rows.filter(**{wants: True})
    if areas := area_ids_of(notice):
        there = Subscription.areas.through.objects.filter(area_id__in=areas).values("subscription_id")
        anywhere = Subscription.areas.through.objects.values("subscription_id")
        rows = rows.filter(Q(pk__in=there) | ~Q(pk__in=anywhere))
    return list(rows.order_by("pk")[:limit])


def could_reach(notice: Notice, way: str) -> int:
    """How many a way would write to."""
    return len(recipients(notice, way, after=0, limit=100_000))


# How far ------------------------------------------------------------------------------------------------------------


def ways_of(notice: Notice) -> list[Publication]:
    """By which ways it has gone out."""
    return list(notice.publications.order_by("id"))


def unsent() -> list[Publication]:
    """Publications that still have people to write to."""
    return list(Publication.objects.filter(finished_at__isnull=True).order_by("id"))


def deliveries_of(by: Actor, notice: Notice) -> DeliveryRows:
    """What was carried where, newest first."""
    rows: DeliveryRows = Delivery.objects.visible_to(by).filter(notice=notice)
    return rows.select_related("stair__building").order_by("-day", "-id")


def delivery_of(by: Actor, notice: Notice, pk: int) -> Delivery:
    """One delivery of a notice (404 otherwise)."""
    row: Delivery = deliveries_of(by, notice).one(pk=pk)
    return row


def delivered_already(notice: Notice, way: str, stairs: Iterable[Stair]) -> list[str]:
    """The stairs among these to which this paper is written down as carried."""
    rows = Delivery.objects.filter(notice=notice, way=way, stair__in=list(stairs))
    return [row.stair.where for row in rows.select_related("stair__building")]


def reach_of(notice: Notice) -> Reach:
    """How many it has reached. Two queries."""
    return reach_of_each([notice.pk]).get(notice.pk, Reach())


def reach_of_each(ids: Collection[int]) -> dict[int, Reach]:
    """How many each of some notices has reached. Three queries."""
    sent: dict[tuple[int, str], int] = {}
    for row in Publication.objects.filter(notice__in=ids).values_list("notice_id", "way", "reached"):
        sent[row[0], row[1]] = row[2]
    doors: dict[int, dict[Any, int]] = {}
    rows = Delivery.objects.filter(notice__in=ids).exclude(way=Way.POSTER)
    for notice_id, stair_id, place, count in rows.values_list("notice_id", "stair_id", "place", "doors"):
        there = doors.setdefault(notice_id, {})
        key = stair_id or place
        there[key] = max(there.get(key, 0), count)
    posters = dict(
        Delivery.objects.filter(notice__in=ids, way=Way.POSTER)
        .order_by()
        .values_list("notice_id")
        .annotate(n=Count("pk"))
    )
    return {
        pk: Reach(
            emails=sent.get((pk, Way.EMAIL), 0),
            sms=sent.get((pk, Way.SMS), 0),
            doors=sum(doors.get(pk, {}).values()),
            posters=posters.get(pk, 0),
        )
        for pk in ids
    }


def unread_languages(notice: Notice) -> list[str]:
    """The languages in which nobody who speaks them has read it again; Italian is ours."""
    return [
        text.language
        for text in notice.by_language.values()
        if not text.is_read_again and text.language != FIRST_LANGUAGE
    ]


# Languages ----------------------------------------------------------------------------------------------------------


def languages_spoken(stairs: Collection[Stair]) -> dict[int, dict[str, int]]:
    """How many households of each stair speak which language: which leaflets are needed where."""
    return people.languages_by_stair(stairs)


def summed(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    """The counts of several stairs together."""
    total: Counter[str] = Counter()
    for one in counts:
        total.update(one)
    return dict(total)


def languages_in_words(counts: dict[str, int]) -> str:
    """ "arabo 4, romeno 2": the most spoken first."""
    names = dict(RESIDENT_LANGUAGES)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{names.get(code, code)} {count}" for code, count in ordered)


# Choosing -----------------------------------------------------------------------------------------------------------


def stairs_to_choose(by: Actor) -> QuerySet[Stair]:
    """The stairs that a notice may name."""
    rows = Stair.objects.in_use().filter(building__in=territory.buildings(by).order_by().values("pk"))
    return rows.select_related("building").order_by("building__name", "name", "id")


def notices_to_name(by: Actor) -> NoticeRows:
    """The newest notices, which a line of the plan may name."""
    newest = notices(by).order_by("-id").values("pk")[:100]
    rows: NoticeRows = notices(by).filter(pk__in=list(newest.values_list("pk", flat=True)))
    return rows.prefetch_related("texts").order_by("-id")
