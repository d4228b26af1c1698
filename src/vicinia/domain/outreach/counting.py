"""What a programme may count of outreach: notices and whom they reached, events and who came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach import queries
from vicinia.domain.outreach.models import Delivery, Event, Notice
from vicinia.domain.outreach.states import EventState, NoticeKind, Way
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import Countable, CountedLink, CountedRow, countables


def notices(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The notices that went out, with how many they reached by all ways."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    found = Notice.objects.filter(published_at__gte=first, published_at__lt=last).order_by("id")
    columns = list(found.values_list("id", "published_at", "kind"))
    reach = queries.reach_of_each([pk for pk, _at, _kind in columns])
    for pk, at, kind in columns:
        yield CountedRow(pk, timezone.localdate(at), kind, reach[pk].total)


def notice_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of them that `by` may see."""
    for row in queries.in_lines(queries.notices(by).filter(pk__in=record_ids).order_by("id")):
        yield CountedLink(row.pk, row.title, reverse("notice", args=[row.reference]))


def events(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The events that took place, with how many people came."""
    held = (EventState.HELD, EventState.COUNTED, EventState.REPORTED)
    found = Event.objects.filter(day__gte=since, day__lte=until, state__in=held, assembly__isnull=True)
    for pk, day, came in found.order_by("id").values_list("id", "day", "people_came"):
        yield CountedRow(pk, day, amount=came or 0)


def event_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of them that `by` may see."""
    found = queries.events(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference, title in found.values_list("id", "reference", "title"):
        yield CountedLink(pk, title, reverse("event", args=[reference]))


def deliveries(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """Paper that was carried to doors and boards, with how many doors."""
    found = Delivery.objects.filter(day__gte=since, day__lte=until)
    for pk, day, way, doors in found.order_by("id").values_list("id", "day", "way", "doors"):
        yield CountedRow(pk, day, way, doors)


def register() -> None:
    """Make them known to the programme."""
    of_notices = Countable(
        "notices",
        _("Avvisi pubblicati"),
        _("avvisi"),
        notices,
        notice_links,
        lambda: dict(NoticeKind.choices),
        order=60,
    )
    of_events = Countable("events", _("Eventi svolti"), _("eventi"), events, event_links, order=61)
    of_deliveries = Countable(
        "deliveries",
        _("Consegne di avvisi"),
        _("consegne"),
        deliveries,
        kinds=lambda: dict(Way.choices),
        order=62,
    )
    for one in (of_notices, of_events, of_deliveries):
        countables[one.key] = one
