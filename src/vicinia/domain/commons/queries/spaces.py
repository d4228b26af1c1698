"""Spaces: their hours, who has them when, what is free."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from vicinia.domain.commons.models import (
    Booking,
    BookingRows,
    BookingSlot,
    Space,
    SpaceClosure,
    SpaceHours,
    SpaceRows,
)
from vicinia.domain.commons.rules.spaces import SLOT, Asked, SpaceFacts
from vicinia.domain.commons.states import HOLDING, BookingState
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible

DAYS_SHOWN = 14


def spaces(by: Actor) -> SpaceRows:
    """The spaces that `by` may see."""
    return Space.objects.visible_to(by)


def space_named(by: Actor, code: str) -> Space:
    """The visible space with this address (404 otherwise)."""
    row: Space = spaces(by).select_related("area", "keeper").one(code=code)
    return row


def in_lines(rows: SpaceRows) -> QuerySet[Space]:
    """With what a line of a list shows: the area, how many bookings are to come. One query."""
    to_come = Q(bookings__state__in=HOLDING, bookings__ends_at__gt=clock.now())
    found: QuerySet[Space] = rows.joining(area=("name",)).annotate(
        booking_count=Count("bookings", filter=to_come)
    )
    return found


def shown_spaces() -> QuerySet[Space]:
    """The spaces that everybody may ask for."""
    return in_lines(Space.objects.in_use().by_name())


def shown_space(code: str) -> Space:
    """A space as everybody reads of it, also one that isn't lent any more (404 otherwise)."""
    row: Space = Space.objects.select_related("keeper").joining(area=("name",)).one(code=code)
    return row


def code_is_used(code: str) -> bool:
    return Space.objects.filter(code=code).exists()


def hours_of(space: Space) -> list[SpaceHours]:
    return list(space.hours.order_by("weekday", "from_time", "id"))


def hours_named(space: Space, pk: int) -> SpaceHours:
    """One opening time (404 otherwise)."""
    row: SpaceHours = space.hours.one(pk=pk)  # type: ignore[attr-defined]
    row.space = space
    return row


def closures_of(space: Space) -> list[SpaceClosure]:
    """Closures that are not over yet."""
    return list(space.closures.filter(to_day__gte=clock.today()).order_by("from_day", "id"))


def closure_of(space: Space, pk: int) -> SpaceClosure:
    """One closure (404 otherwise)."""
    row: SpaceClosure = space.closures.one(pk=pk)  # type: ignore[attr-defined]
    row.space = space
    return row


def facts_for(space: Space, asked: Asked, *, person_id: int | None) -> SpaceFacts:
    """What is so of a space at the time that is asked for. Four queries; the space is locked by who asks."""
    day = timezone.localdate(asked.starts_at)
    closure = space.closures.filter(from_day__lte=day, to_day__gte=day).order_by("id").first()
    taken = BookingSlot.objects.filter(space=space, at__gte=asked.starts_at, at__lt=asked.ends_at)
    mine = Booking.objects.holding().to_come().filter(space=space, person_id=person_id)
    return SpaceFacts(
        hours=hours_of(space),
        closed_because=closure.reason if closure else "",
        is_taken=taken.exists(),
        open_bookings=mine.count() if person_id else 0,
        now=clock.now(),
    )


def slots_between(starts_at: dt.datetime, ends_at: dt.datetime) -> list[dt.datetime]:
    """The half hours of a time."""
    count = (ends_at - starts_at) // SLOT
    return [starts_at + SLOT * number for number in range(count)]


# Days with what is free -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Stretch:
    """Some hours of a day, free or not."""

    from_time: dt.time
    to_time: dt.time
    is_free: bool


@dataclass(frozen=True)
class Day:
    """One day of a space, hour by hour; `closed_because` on a day of closure."""

    day: dt.date
    stretches: list[Stretch]
    closed_because: str = ""

    @property
    def is_free(self) -> bool:
        return any(one.is_free for one in self.stretches)


def days_of(space: Space, first: dt.date, count: int = DAYS_SHOWN) -> list[Day]:
    """Some days of a space with what is free and what is taken; nobody's name. Three queries."""
    last = first + dt.timedelta(days=count - 1)
    hours = hours_of(space)
    closures = list(space.closures.filter(from_day__lte=last, to_day__gte=first).order_by("id"))
    span = (clock.start_of(first), clock.start_of(last + dt.timedelta(days=1)))
    rows = BookingSlot.objects.filter(space=space, at__gte=span[0], at__lt=span[1])
    taken = {timezone.localtime(at) for at in rows.values_list("at", flat=True)}
    found = []
    for number in range(count):
        day = first + dt.timedelta(days=number)
        reason = next((one.reason for one in closures if one.from_day <= day <= one.to_day), "")
        of_day = [] if reason else [one for one in hours if one.weekday == day.weekday()]
        stretches = [part for one in of_day for part in _stretches(day, one, taken)]
        found.append(Day(day, stretches, reason))
    return found


def _stretches(day: dt.date, hours: SpaceHours, taken: set[dt.datetime]) -> list[Stretch]:
    """The opening hours of a day, cut where free becomes taken."""
    at = timezone.make_aware(dt.datetime.combine(day, hours.from_time))
    end = timezone.make_aware(dt.datetime.combine(day, hours.to_time))
    found: list[Stretch] = []
    for slot in slots_between(at, end):
        is_free, following = slot not in taken, (slot + SLOT).time()
        if found and found[-1].is_free == is_free:
            found[-1] = Stretch(found[-1].from_time, following, is_free)
        else:
            found.append(Stretch(slot.time(), following, is_free))
    return found


# Bookings ---------------------------------------------------------------------------------------------------------


def bookings(by: Actor) -> BookingRows:
    """The bookings that `by` may see."""
    rows: BookingRows = Booking.objects.visible_to(by).select_related("space", "series")
    return rows


def booking_named(by: Actor, reference: str) -> Booking:
    """The visible booking of this reference (404 otherwise)."""
    row: Booking = bookings(by).select_related("person").one(reference=reference)
    return row


def bookings_of(by: Actor, space: Space) -> BookingRows:
    """What is to come in a space."""
    rows: BookingRows = bookings(by).holding().to_come().filter(space=space)
    return rows.soonest_first()


def within(space: Space, from_day: dt.date, to_day: dt.date) -> list[Booking]:
    """Bookings that hold a space on some days, from now on."""
    first, last = clock.start_of(from_day), clock.start_of(to_day + dt.timedelta(days=1))
    rows = Booking.objects.holding().to_come().filter(space=space, starts_at__lt=last, ends_at__gt=first)
    return list(rows.soonest_first())


def asked(by: Actor) -> BookingRows:
    """Bookings that wait for a yes, for who runs the spaces."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return Booking.objects.none()
    rows: BookingRows = bookings(by).filter(state=BookingState.ASKED).to_come()
    return rows.soonest_first()


def others_in_series(booking: Booking) -> list[Booking]:
    """The other bookings that were asked for together and are to come."""
    if booking.series_id is None:
        return []
    rows = Booking.objects.holding().to_come().filter(series=booking.series_id).exclude(pk=booking.pk)
    return list(rows.select_related("space").soonest_first())


def booking_sent(once: str, starts_at: dt.datetime) -> Booking | None:
    """The booking that was sent with this token of a page, if it was."""
    return Booking.objects.filter(once=once, starts_at=starts_at).first()


def booking_of_link(token: str) -> Booking:
    """The booking whose holder has this private link (404 otherwise)."""
    reference = accounts.link_is_about(token, LinkPurpose.BOOKING)
    rows = Booking.objects.select_related("space", "series").filter(reference=reference)
    row = rows.first() if reference else None
    if row is None:
        raise NotVisible
    return row


# Locks ------------------------------------------------------------------------------------------------------------


def locked_space(space: Space) -> Space:
    """The space, read again and locked: who books it stands in a queue."""
    row: Space = Space.objects.select_for_update(of=("self",)).get(pk=space.pk)
    return row


def locked_booking(booking: Booking) -> Booking:
    rows = Booking.objects.select_for_update(of=("self",)).select_related("space", "person")
    row: Booking = rows.get(pk=booking.pk)
    return row
