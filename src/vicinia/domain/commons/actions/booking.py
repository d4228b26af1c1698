"""A space is booked, once or every so many weeks, confirmed or refused, given back.

Who books locks the space; each half hour is a row that the database lets exist once (`BookingSlot`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from vicinia.domain.commons import events
from vicinia.domain.commons.actions.telling import new_booking_token, tell_booker
from vicinia.domain.commons.models import Booking, BookingSeries, BookingSlot, Space
from vicinia.domain.commons.queries import spaces as queries
from vicinia.domain.commons.rules import may_run
from vicinia.domain.commons.rules import spaces as rules
from vicinia.domain.commons.states import BookingState, Channel
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.actions import revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.kernel.verdict import no
from vicinia.foundation.look import dates


@dataclass(frozen=True)
class NewBooking:
    """When, for what, for how many, by whom. `once` is the token of the page that sends it."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    who: str
    purpose: str
    people: int
    once: str
    accepts_rules: bool
    details: PersonDetails | None = None
    channel: Channel = Channel.PORTAL
    language: str = "it"

    @property
    def asked(self) -> rules.Asked:
        return rules.Asked(self.starts_at, self.ends_at, self.people, self.accepts_rules)


@dataclass(frozen=True)
class Booked:
    """A booking, and the token of its page; none for a page that was sent before."""

    booking: Booking
    token: str = ""


@dataclass(frozen=True)
class Repeated:
    """The bookings of a series, and the days on which it could not be had."""

    bookings: list[Booking]
    skipped: list[dt.date]


@transaction.atomic
def book(*, by: Actor, space: Space, new: NewBooking) -> Booked:
    """Book a space for some hours."""
    row = queries.locked_space(space)
    if (there := queries.booking_sent(new.once, new.starts_at)) is not None:
        return Booked(there)
    person = people.meet(by=by, details=new.details) if new.details else None
    facts = queries.facts_for(row, new.asked, person_id=person.pk if person else None)
    rules.may_book(by, row, new.asked, facts).require()

    booking = _hold(row, new, person)
    token = new_booking_token(by=by, booking=booking)

    journal.record(events.BOOKED, by=by, about=booking, space=row.name, day=booking.day.isoformat())
    tell_booker(by=by, booking=booking, template="booking_made", token=token)
    return Booked(booking, token)


def _hold(
    space: Space, new: NewBooking, person: Person | None, series: BookingSeries | None = None
) -> Booking:
    booking = Booking.objects.create(
        reference=f"PR{next_reference('booking')}",
        space=space,
        series=series,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        person=person,
        who=new.who.strip(),
        purpose=new.purpose.strip(),
        people=new.people,
        channel=new.channel,
        language=new.language,
        rules_edition=space.rules_edition,
        rules_accepted_at=clock.now(),
        state=BookingState.ASKED if space.is_approved else BookingState.CONFIRMED,
        once=new.once,
    )
    slots = queries.slots_between(new.starts_at, new.ends_at)
    BookingSlot.objects.bulk_create([BookingSlot(space=space, booking=booking, at=at) for at in slots])
    return booking


@transaction.atomic
def book_again_and_again(
    *, by: Actor, space: Space, new: NewBooking, weeks: int, until: dt.date, skips_taken: bool = False
) -> Repeated:
    """Book the same hours every so many weeks: all of them or, if asked, those that can be had."""
    row = queries.locked_space(space)
    first = timezone.localdate(new.starts_at)
    rules.may_repeat(by, weeks=weeks, first=first, until=until).require()
    person = people.meet(by=by, details=new.details) if new.details else None

    series = BookingSeries.objects.create(every_weeks=weeks, until=until)
    made: list[Booking] = []
    skipped: list[dt.date] = []
    day = first
    while day <= until:
        one = _on(new, day)
        facts = queries.facts_for(row, one.asked, person_id=person.pk if person else None)
        verdict = rules.may_book(by, row, one.asked, facts)
        if verdict:
            made.append(_hold(row, one, person, series))
        else:
            skipped.append(day)
        day += dt.timedelta(weeks=weeks)
    if not made or (skipped and not skips_taken):
        days = ", ".join(dates.short_day_words(one) for one in skipped)
        no(_("In questi giorni non si può: %(days)s.") % {"days": days}).require()

    for booking in made:
        journal.record(events.BOOKED, by=by, about=booking, space=row.name, day=booking.day.isoformat())
    tell_booker(by=by, booking=made[0], template="booking_made")
    return Repeated(made, skipped)


def _on(new: NewBooking, day: dt.date) -> NewBooking:
    """The same hours by the clock on the wall, on another day."""

    def moved(moment: dt.datetime) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(day, timezone.localtime(moment).time()))

    return replace(new, starts_at=moved(new.starts_at), ends_at=moved(new.ends_at))


def _record(by: Actor, row: Booking) -> None:
    label = journal.kept(BookingState(row.state).label)
    journal.record(events.BOOKING_ENTERED, by=by, about=row, state=label)


@transaction.atomic
def decide(*, by: Actor, booking: Booking, state: BookingState, reason: str = "") -> Booking:
    """Confirm a booking that waits for it, or refuse it with a reason."""
    queries.locked_space(booking.space)
    row = queries.locked_booking(booking)
    rules.may_decide(by, row, state, reason).require()

    row.enter(state, by=by, end_reason=reason.strip(), state_since=clock.now())
    if not row.is_holding:
        BookingSlot.objects.filter(booking=row).delete()

    _record(by, row)
    tell_booker(by=by, booking=row, template="booking_decided", words=row.end_reason)
    return row


@transaction.atomic
def cancel(*, by: Actor, booking: Booking, reason: str = "") -> Booking:
    """Give a space back: who booked it by the private link, or the desk with a reason."""
    queries.locked_space(booking.space)
    row = queries.locked_booking(booking)
    rules.may_cancel(by, row, now=clock.now(), reason=reason).require()
    return free_for(by=by, booking=row, reason=reason)


@transaction.atomic
def free_for(*, by: Actor, booking: Booking, reason: str) -> Booking:
    """The space is free again, and who had it is told why. For acts that have already asked whether they may."""
    row = queries.locked_booking(booking)
    row.enter(BookingState.CANCELLED, by=by, end_reason=reason.strip(), state_since=clock.now())
    BookingSlot.objects.filter(booking=row).delete()

    _record(by, row)
    tell_booker(by=by, booking=row, template="booking_decided", words=row.end_reason)
    return row


@transaction.atomic
def cancel_series(*, by: Actor, booking: Booking, reason: str) -> list[Booking]:
    """Give back this one and all that were asked for together and are to come."""
    rows = [booking, *queries.others_in_series(booking)]
    return [cancel(by=by, booking=row, reason=reason) for row in rows]


@transaction.atomic
def renew_booking_link(*, by: Actor, booking: Booking) -> str:
    """Close the private links of a booking and give a new one, for who lost theirs or has no e-mail."""
    row = queries.locked_booking(booking)
    may_run(by).require()

    revoke_links(by=by, purpose=LinkPurpose.BOOKING, about=row.reference)
    token = new_booking_token(by=by, booking=row)

    journal.record(events.BOOKING_LINK, by=by, about=row)
    return token
