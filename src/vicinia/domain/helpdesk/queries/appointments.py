"""Appointments: the agenda, one's own, what falls due."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from vicinia.domain.helpdesk.hours import is_open_at
from vicinia.domain.helpdesk.models import Appointment, AppointmentRows, HelpPoint
from vicinia.domain.helpdesk.queries.points import days_of
from vicinia.domain.helpdesk.states import AppointmentState, Reach
from vicinia.domain.people.models import ContactKind
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.blind_index import digest
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.look import dates


def appointments(by: Actor) -> AppointmentRows:
    """The appointments that `by` may see."""
    return Appointment.objects.visible_to(by)


def appointment_named(by: Actor, reference: str) -> Appointment:
    """The visible appointment of this reference (404 otherwise)."""
    row: Appointment = appointments(by).select_related("point", "person").one(reference=reference)  # type: ignore[attr-defined]
    return row


def locked_appointment(appointment: Appointment) -> Appointment:
    """The same appointment, locked until the transaction ends."""
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("point")
    row: Appointment = rows.get(pk=appointment.pk)
    return row


def agenda(by: Actor, point: HelpPoint, day: dt.date) -> AppointmentRows:
    """The appointments of one day at one desk, the soonest first."""
    start = clock.start_of(day)
    rows = appointments(by).filter(
        point=point, starts_at__gte=start, starts_at__lt=clock.start_of(day + dt.timedelta(days=1))
    )
    shown: AppointmentRows = rows.select_related("help_contact")
    return shown.soonest_first()


def today(by: Actor) -> AppointmentRows:
    """Who is still to come today, at every desk."""
    start = clock.start_of(clock.today())
    rows = appointments(by).to_come().filter(starts_at__gte=start, starts_at__lt=start + dt.timedelta(days=1))
    joined: AppointmentRows = rows.joining(point=("name",))
    return joined.soonest_first()


def to_tell(by: Actor) -> AppointmentRows:
    """Who is to be told by voice of what has changed."""
    rows: AppointmentRows = appointments(by).exclude(to_call="").joining(point=("name",))
    return rows.soonest_first()


def out_of_hours(by: Actor, point: HelpPoint) -> list[Appointment]:
    """Appointments to come at times when the desk no longer receives: they are to be moved. Three queries."""
    rows = list(
        appointments(by).filter(point=point, state=AppointmentState.BOOKED, starts_at__gte=clock.now())
    )
    if not rows:
        return []
    last = max(clock.today(), *(dates.local_day(row.starts_at) for row in rows))
    count = (last - clock.today()).days + 2
    hours = {one.day: one for one in days_of(point, clock.today(), count)}
    outside = [
        row for row in rows if is_open_at(hours[dates.local_day(row.starts_at)], row.starts_at) is None
    ]
    return sorted(outside, key=lambda row: (row.starts_at, row.pk))


def sent_before(once: str) -> Appointment | None:
    """The appointment that a form made already."""
    return Appointment.objects.filter(once=once).select_related("point").first() if once else None


def contact_digest(way: str, value: str) -> str:
    """What finds a contact again: the same as of people's contact points."""
    if way == Reach.NONE or not value:
        return ""
    return digest(ContactKind.EMAIL if way == Reach.EMAIL else ContactKind.PHONE, value)


def held_with(found: str) -> int:
    """How many appointments to come were made with this contact."""
    if not found:
        return 0
    rows = Appointment.objects.to_come().filter(contact_digest=found, starts_at__gte=clock.now())
    return int(rows.count())


def appointment_of_link(token: str) -> Appointment:
    """The appointment that a live private link opens (404 otherwise: wrong, expired and closed look the same)."""
    reference = accounts.link_is_about(token, LinkPurpose.APPOINTMENT)
    if reference is None:
        raise NotVisible
    row: Appointment = Appointment.objects.select_related("point").one(reference=reference)
    return row


def to_remind(until: dt.datetime) -> QuerySet[Appointment]:
    """Those of the coming day whom nobody has reminded."""
    rows = Appointment.objects.filter(
        state=AppointmentState.BOOKED,
        reminded_at__isnull=True,
        starts_at__gt=clock.now(),
        starts_at__lt=until,
    )
    return rows.exclude(contact=Reach.NONE).order_by("starts_at", "id")


def to_forget(before: dt.datetime) -> QuerySet[Appointment]:
    """Appointments that are long over, with what is still known of who came."""
    return Appointment.objects.filter(starts_at__lt=before, forgotten_at__isnull=True).order_by("id")
