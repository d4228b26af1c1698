"""What who books or proposes is told."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation

from vicinia.domain.commons.models import Booking, Pact
from vicinia.domain.commons.queries import pacts
from vicinia.domain.people import queries as people
from vicinia.foundation.accounts.actions import give_link
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look import dates
from vicinia.foundation.notifications import actions as notifications

LINK_LASTS_AFTER = dt.timedelta(days=30)


def new_booking_token(*, by: Actor, booking: Booking) -> str:
    """A fresh private link to the page of who booked, good until some days after."""
    lasts = booking.ends_at - clock.now() + LINK_LASTS_AFTER
    return give_link(by=by, purpose=LinkPurpose.BOOKING, about=booking.reference, valid_for=lasts)


def booking_link(token: str) -> str:
    """The address of that page as residents reach it."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("booking_mine", args=[token])


def tell_booker(*, by: Actor, booking: Booking, template: str, token: str = "", words: str = "") -> None:
    """Queue a message to who booked, if we know where they read."""
    address = people.reach(booking.person).email if booking.person else ""
    if not address:
        return
    starts, ends = timezone.localtime(booking.starts_at), timezone.localtime(booking.ends_at)
    with translation.override(booking.language):
        day = dates.full_day_words(starts.date())
    context = {
        "reference": booking.reference,
        "space": booking.space.name,
        "place": booking.space.place,
        "day": day,
        "hours": f"{starts:%H:%M}–{ends:%H:%M}",
        "state": str(booking.state),
        "words": words,
        "link": booking_link(token or new_booking_token(by=by, booking=booking)),
    }
    notifications.queue(
        by=by,
        to=address,
        template=template,
        context=context,
        language=booking.language,
        about=booking,
        key=f"{template}:{booking.reference}:{booking.version}",
    )


def tell_parties(*, by: Actor, pact: Pact, template: str, words: str = "") -> None:
    """Queue a message to everybody in a pact whom we know how to reach."""
    address = settings.PUBLIC_URL.rstrip("/") + reverse("public_pact", args=[pact.reference])
    context = {
        "reference": pact.reference,
        "title": pact.title,
        "state": str(pact.state),
        "words": words,
        "link": address,
    }
    for party in pacts.parties_of(pact):
        to = people.reach(party.person).email if party.person else ""
        if to:
            notifications.queue(
                by=by,
                to=to,
                template=template,
                context=context,
                language=pact.language,
                about=pact,
                key=f"{template}:{pact.reference}:{pact.version}:{party.pk}",
            )
