"""Events: which ones, who comes, who waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from vicinia.domain.outreach.models import Event, EventRows, SignUp, SignUpRows
from vicinia.domain.outreach.states import SignUpState
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.journal.lines import about_ref
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible


@dataclass(frozen=True, slots=True)
class Seats:
    """Sign-ups of an event, in people: with a place, waiting, come; and how many sign-ups are to be told by voice."""

    confirmed: int = 0
    waiting: int = 0
    came: int = 0
    to_call: int = 0


def events(by: Actor) -> EventRows:
    """The events that `by` may see."""
    return Event.objects.visible_to(by)


def event_named(by: Actor, reference: str) -> Event:
    """The visible event of this reference (404 otherwise)."""
    row: Event = events(by).one(reference=reference)
    return row


def events_in_lines(rows: EventRows) -> QuerySet[Event]:
    """With the areas that a line of a list shows."""
    return rows.prefetch_related(Prefetch("areas", Area.objects.defer("boundary")))


def events_of(about: Any) -> EventRows:
    """The events that belong to a row of a higher subject; that subject says who may see them."""
    rows: EventRows = Event.objects.filter(about=about_ref(about))
    return rows.soonest_first()


def public_events(area: str = "", *, past: bool = False) -> QuerySet[Event]:
    """What was announced: to come, the soonest first, or past."""
    rows: EventRows = Event.objects.public()
    rows = rows.over().newest_first() if past else rows.to_come().soonest_first()
    if area:
        rows = rows.filter(Q(areas__code=area) | Q(areas=None))
    return events_in_lines(rows)


def public_event(reference: str) -> Event:
    """An event as everybody may read of it (404 otherwise)."""
    row: Event = events_in_lines(Event.objects.public()).one(reference=reference)  # type: ignore[attr-defined]
    return row


def for_calendars(area: str = "") -> QuerySet[Event]:
    """What calendars take over: announced and not long past, called off or not."""
    since = clock.add_months(clock.today(), -3)
    rows: EventRows = Event.objects.public().filter(day__gte=since)
    if area:
        rows = rows.filter(Q(areas__code=area) | Q(areas=None))
    return rows.soonest_first()


def locked_event(event: Event) -> Event:
    """The same event, locked until the transaction ends: places are given one after the other."""
    row: Event = Event.objects.lock(event)
    return row


# Sign-ups -----------------------------------------------------------------------------------------------------------


def seats_of(event: Event) -> Seats:
    """How many come, wait and have come. One query."""
    live = Q(state=SignUpState.CONFIRMED)
    found = event.sign_ups.aggregate(
        confirmed=Sum("people", filter=live),
        waiting=Sum("people", filter=Q(state=SignUpState.WAITING)),
        came=Sum("came"),
        to_call=Count("pk", filter=~Q(to_call="")),
    )
    return Seats(**{name: count or 0 for name, count in found.items()})


def sign_ups_of(by: Actor, event: Event) -> SignUpRows:
    """Who signed up, in their order, for who may see people."""
    rows: SignUpRows = SignUp.objects.visible_to(by).filter(event=event)
    return rows.order_by("id")


def sign_up_of(by: Actor, event: Event, pk: int) -> SignUp:
    """One sign-up of an event (404 otherwise)."""
    row: SignUp = sign_ups_of(by, event).select_related("event").one(pk=pk)
    return row


def sign_up_with_code(by: Actor, event: Event, code: str) -> SignUp | None:
    """The sign-up that is shown at the door, however it is spelled."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return sign_ups_of(by, event).filter(code=plain).first()


def sent_before(event: Event, once: str) -> SignUp | None:
    """The sign-up that a form sent already."""
    return SignUp.objects.filter(event=event, once=once).first() if once else None


def sign_up_of_link(token: str) -> SignUp:
    """The sign-up that a live private link opens (404 otherwise: wrong, expired and closed look the same)."""
    about = accounts.link_is_about(token, LinkPurpose.SIGN_UP) or ""
    kind, _colon, pk = about.partition(":")
    if kind != "sign-up" or not pk.isdigit():
        raise NotVisible
    row: SignUp = SignUp.objects.select_related("event").one(pk=int(pk))
    return row


def to_forget(before: Any) -> QuerySet[SignUp]:
    """Sign-ups of events that are long over, with what is still known of who they were."""
    rows = SignUp.objects.filter(event__day__lt=before, forgotten_at__isnull=True)
    return rows.order_by("id")


def events_to_name(by: Actor) -> EventRows:
    """The events of this time, which a line of the plan may name."""
    rows: EventRows = events(by).filter(day__gte=clock.add_months(clock.today(), -6))
    return rows.newest_first()


def people_at(event_id: int) -> int | None:
    """How many came to an event, if they were counted."""
    return Event.objects.filter(pk=event_id).values_list("people_came", flat=True).first()
