"""What a programme may count of what is common: bookings of spaces with the people they brought, reports of pacts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vicinia.domain.commons.models import Booking, PactReport
from vicinia.domain.commons.queries import pacts, spaces
from vicinia.domain.commons.states import BookingState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import Countable, CountedLink, CountedRow, countables


def register_all() -> None:
    """Make both known."""
    countables["commons.bookings"] = Countable(
        "commons.bookings", _("Uso degli spazi comuni"), _("persone"), booked, booking_links, order=60
    )
    countables["commons.pact_reports"] = Countable(
        "commons.pact_reports", _("Ore donate nei patti"), _("ore"), reported, report_links, order=61
    )


def booked(since: dt.date, until: dt.date) -> Iterator[CountedRow]:
    """Confirmed bookings that are over, with how many people each was for."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    rows = Booking.objects.filter(
        state=BookingState.CONFIRMED, starts_at__gte=first, starts_at__lt=last, ends_at__lte=clock.now()
    )
    for row in rows.order_by("id"):
        yield CountedRow(row.pk, row.day, amount=row.people)


def booking_links(by: Actor, ids: Collection[int]) -> Iterator[CountedLink]:
    """Those bookings that `by` may see."""
    for row in spaces.bookings(by).filter(pk__in=ids).order_by("id"):
        url = reverse("booking", args=[row.reference])
        yield CountedLink(row.pk, f"{row.reference}, {row.space.name}", url)


def reported(since: dt.date, until: dt.date) -> Iterator[CountedRow]:
    """Yearly reports of pacts, on the day on which they were told, with the hours given."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    for row in PactReport.objects.filter(created_at__gte=first, created_at__lt=last).order_by("id"):
        yield CountedRow(row.pk, row.created_at.date(), amount=row.hours)


def report_links(by: Actor, ids: Collection[int]) -> Iterator[CountedLink]:
    """Those reports whose pact `by` may see."""
    visible = pacts.pacts(by).order_by().values("pk")
    rows = PactReport.objects.filter(pk__in=ids, pact__in=visible).select_related("pact")
    for row in rows.order_by("id"):
        url = reverse("pact", args=[row.pact.reference])
        yield CountedLink(row.pk, f"{row.pact.reference}, {row.year}", url)
