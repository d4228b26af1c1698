"""People sign up, wait, get the place that somebody gave back, come in at the door."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import translation

from vicinia.domain.outreach import events, queries, rules
from vicinia.domain.outreach.links import sign_up_url
from vicinia.domain.outreach.models import Event, SignUp
from vicinia.domain.outreach.models.events import new_code
from vicinia.domain.outreach.states import Contact, SignUpState, Told
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.actions import give_link, revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.look import dates
from vicinia.foundation.notifications import actions as notifications
from vicinia.foundation.notifications.rules import may_leave
from vicinia.foundation.notifications.states import Channel
from vicinia.foundation.notifications.wording import OurWords

# How long names and contacts are kept after the event, and the private page with them.
KEPT_FOR = dt.timedelta(days=30)
# What who left a telephone only has to hear from us, if no text message leaves.
_WORTH_A_CALL = (Told.PROMOTED, Told.MOVED, Told.CANCELLED)
_FORGOTTEN = {
    "name": "",
    "contact_value": "",
    "contact_digest": "",
    "needs": "",
    "person": None,
    "to_call": "",
}


@dataclass(frozen=True)
class NewSignUp:
    """How many come, and how they are told what changes: by e-mail, by telephone, or by looking themselves."""

    people: int = 1
    name: str = ""
    contact: str = Contact.NONE
    contact_value: str = ""
    needs: str = ""
    language: str = "it"


@dataclass(frozen=True)
class SignedUp:
    """What came of it: a place or a place in the list; `token` opens the private page."""

    row: SignUp
    token: str


@transaction.atomic
def sign_up(
    *, by: Actor, event: Event, new: NewSignUp, once: str = "", person: Person | None = None
) -> SignedUp:
    """Take places, or wait for them if so many are not left. The same `once` signs up once."""
    row = queries.locked_event(event)
    if (sent := queries.sent_before(row, once)) is not None:
        return SignedUp(sent, _token(by, sent, row))
    waiting = queries.seats_of(row).waiting
    rules.may_sign_up(row, people=new.people, waiting=waiting, now=clock.now()).require()

    has_place = rules.has_place(row, new.people)
    kind = "email" if new.contact == Contact.EMAIL else "sms"
    made = SignUp.objects.create(
        event=row,
        person=person,
        name=new.name,
        contact=new.contact,
        contact_value=new.contact_value,
        contact_digest=queries.address_digest(kind, new.contact_value) if new.contact_value else "",
        needs=new.needs,
        language=new.language,
        people=new.people,
        state=SignUpState.CONFIRMED if has_place else SignUpState.WAITING,
        code=_free_code(row),
        once=once or None,
        by_ref=by.ref,
    )
    if has_place:
        _take(row, made.people)

    state = journal.kept(SignUpState(made.state).label)
    journal.record(events.SIGNED_UP, by=by, about=row, people=made.people, state=state)
    token = _token(by, made, row)
    _tell(by, made, row, Told.CONFIRMED if has_place else Told.WAITING, token=token)
    return SignedUp(made, token)


def _free_code(event: Event) -> str:
    """A code that nobody else has at this event, which is locked meanwhile."""
    taken = set(event.sign_ups.values_list("code", flat=True))
    code = new_code()
    while code in taken:
        code = new_code()
    return code


def _take(event: Event, people: int) -> None:
    """Give places, or take them back: neither a new version nor a new edition of the event."""
    event.taken += people
    Event.objects.filter(pk=event.pk).update(taken=event.taken)


@transaction.atomic
def withdraw(*, by: Actor, sign_up: SignUp) -> SignUp:
    """Give the place back, or stop waiting; who waits and fits gets it."""
    event = queries.locked_event(sign_up.event)
    row: SignUp = SignUp.objects.lock(sign_up)
    rules.may_withdraw(by, row, event).require()

    had_place = row.state == SignUpState.CONFIRMED
    row.enter(SignUpState.WITHDRAWN, by=by, to_call="")
    if had_place:
        _take(event, -row.people)

    journal.record(events.SIGN_UP_WITHDRAWN, by=by, about=event, people=row.people)
    fill_places(by=by, event=event)
    return row


@transaction.atomic
def fill_places(*, by: Actor, event: Event) -> list[SignUp]:
    """Give free places to who waits, in their order; a group that is too large lets smaller ones go ahead.

    The event is locked by who calls this.
    """
    promoted = []
    for row in event.sign_ups.waiting():  # type: ignore[attr-defined]  # our QuerySet
        if rules.has_place(event, row.people):
            row.enter(SignUpState.CONFIRMED, by=by)
            _take(event, row.people)
            promoted.append(row)
    for row in promoted:
        journal.record(events.PLACE_FREED, by=by, about=event, people=row.people)
        _tell(by, row, event, Told.PROMOTED)
    return promoted


@transaction.atomic
def tell_all(*, by: Actor, event: Event, told: Told) -> int:
    """Tell everybody who signed up what has changed; how many."""
    rows = list(event.sign_ups.live().order_by("id"))  # type: ignore[attr-defined]  # our QuerySet
    for row in rows:
        _tell(by, row, event, told)
    return len(rows)


@transaction.atomic
def mark_called(*, by: Actor, sign_up: SignUp) -> SignUp:
    """Who left a telephone only was told by voice."""
    row: SignUp = SignUp.objects.lock(sign_up)
    rules.may_call(by, row).require()

    row.to_call = ""
    row.save()

    journal.record(events.CALLED, by=by, about=row.event)
    return row


@transaction.atomic
def check_in(*, by: Actor, event: Event, sign_up: SignUp, came: int | None = None) -> SignUp:
    """They are at the door: all of them, or as many as came. Said again, the last word counts."""
    place = queries.locked_event(event)
    row: SignUp = SignUp.objects.lock(sign_up)
    number = row.people if came is None else came
    rules.may_check_in(by, row, place, clock.today(), came=number).require()

    row.came, row.came_at = number, clock.now()
    row.save()

    journal.record(events.CAME, by=by, about=place, people=number)
    return row


@transaction.atomic
def note_sheet(*, by: Actor, event: Event) -> None:
    """The sheet with the names was printed, or they were looked at for the door: the access log keeps it."""
    rules.may_keep(by).require()
    journal.seen(by=by, person=event, purpose="foglio delle presenze", shown="nomi di chi si è iscritto")
    journal.record(events.SHEET, by=by, about=event)


@transaction.atomic
def see_names(*, by: Actor, event: Event) -> None:
    """The names of who signed up are looked at, to welcome or to call them: the access log keeps it."""
    rules.may_keep(by).require()
    journal.seen(
        by=by, person=event, purpose="accoglienza all'evento", shown="nomi e recapiti degli iscritti"
    )


@transaction.atomic
def forget_sign_ups(*, by: Actor) -> int:
    """Erase names and contacts of who signed up to events that are long over; the numbers stay."""
    rows = list(queries.to_forget(clock.today() - KEPT_FOR)[:500].select_for_update())
    for row in rows:
        _forget(by, row)
    if rows:
        journal.record(events.FORGOTTEN, by=by, about="outreach:sign-ups", count=len(rows))
    return len(rows)


def _forget(by: Actor, row: SignUp) -> None:
    for name, value in _FORGOTTEN.items():
        setattr(row, name, value)
    row.forgotten_at = clock.now()
    row.save()
    revoke_links(by=by, purpose=LinkPurpose.SIGN_UP, about=row.link_ref)
    notifications.forget(by=by, about=row)


@transaction.atomic
def erase_sign_ups(*, by: Actor, person_id: int) -> int:
    """Erase a person from what they signed up to; a place that is still to be used is given back."""
    rows = list(queries.sign_ups_of_person(person_id))
    for found in rows:
        event = queries.locked_event(found.event)
        row: SignUp = SignUp.objects.lock(found)
        is_to_come = row.state != SignUpState.WITHDRAWN and event.starts_at > clock.now()
        if is_to_come:
            if row.state == SignUpState.CONFIRMED:
                _take(event, -row.people)
            row.enter(SignUpState.WITHDRAWN, by=by)
        _forget(by, row)
        journal.record(events.ERASED, by=by, about=event)
        if is_to_come:
            fill_places(by=by, event=event)
    return len(rows)


# Telling ------------------------------------------------------------------------------------------------------------


def _token(by: Actor, row: SignUp, event: Event) -> str:
    lasts = max(event.ends_at - clock.now(), dt.timedelta()) + KEPT_FOR
    return give_link(by=by, purpose=LinkPurpose.SIGN_UP, about=row.link_ref, valid_for=lasts)


def _tell(by: Actor, row: SignUp, event: Event, told: Told, *, token: str = "") -> None:
    """By their way: a message, or a call that is still to be made."""
    if row.contact == Contact.NONE or not row.contact_value:
        return
    channel = Channel.EMAIL if row.contact == Contact.EMAIL else Channel.SMS
    if not may_leave(channel):
        if told in _WORTH_A_CALL:
            row.to_call = told
            row.save()
        return
    notifications.queue(
        by=by,
        to=row.contact_value,
        template="sign_up_sms" if channel is Channel.SMS else "sign_up",
        context=_words(row, event, told, sign_up_url(token or _token(by, row, event))),
        language=row.language,
        about=row,
        key=f"sign-up:{row.pk}:{told.value}:{event.edition}:{event.version}",
        channel=channel,
    )


def _words(row: SignUp, event: Event, told: Told, link: str) -> dict[str, Sentence]:
    with translation.override(row.language):
        day = dates.full_day_words(event.day)
    return {
        "title": OurWords(event.title),
        "news": told.label,
        "day": day,
        "hours": f"{event.from_time:%H:%M}–{event.to_time:%H:%M}",
        "place": OurWords(event.place),
        "people": str(row.people),
        "code": row.code if row.state == SignUpState.CONFIRMED and not event.is_cancelled else "",
        "why": OurWords(event.end_reason),
        "link": link,
    }
