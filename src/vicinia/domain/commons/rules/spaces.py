"""Who may have a space, when, and who may give it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.commons.models import Booking, Space, SpaceHours
from vicinia.domain.commons.rules import is_said, may_run
from vicinia.domain.commons.states import BOOKING_MOVES, BookingState
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, no

SLOT = dt.timedelta(minutes=30)
MOST_HOURS_ROWS = 30
MOST_IN_A_SERIES = 60
MOST_WEEKS = 8


@dataclass(frozen=True)
class Asked:
    """A time of a space, for how many, by somebody who accepts its house rules or not."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    people: int
    accepts_rules: bool


@dataclass(frozen=True)
class SpaceFacts:
    """What is so of the space at that time. `open_bookings` are those of the same person that are to come."""

    hours: Sequence[SpaceHours]
    closed_because: str
    is_taken: bool
    open_bookings: int
    now: dt.datetime


def may_describe(by: Actor, space: Space) -> Verdict:
    if space.capacity < 1 or space.longest_hours < 1:
        return no(_("Uno spazio accoglie almeno una persona, per almeno un'ora."))
    return all_of(may_run(by), is_said(space.house_rules, _("Scrivi le regole della casa.")))


def may_have_hours(by: Actor, new: SpaceHours, there: Collection[SpaceHours]) -> Verdict:
    """Hours of one day don't overlap, and begin and end on the half hour, as bookings do."""
    if new.from_time >= new.to_time:
        return no(_("L'orario finisce prima di cominciare."))
    if any(time.minute % 30 or time.second for time in (new.from_time, new.to_time)):
        return no(_("Gli orari vanno di mezz'ora in mezz'ora."))
    if any(
        one.weekday == new.weekday and one.from_time < new.to_time and new.from_time < one.to_time
        for one in there
    ):
        return no(_("Per quel giorno c'è già un orario che si sovrappone."))
    if len(there) >= MOST_HOURS_ROWS:
        return no(_("Ci sono già troppi orari: togline qualcuno."))
    return may_run(by)


def may_close(by: Actor, *, from_day: dt.date, to_day: dt.date, reason: str) -> Verdict:
    if from_day > to_day:
        return no(_("La chiusura finisce prima di cominciare: controlla i giorni."))
    return all_of(may_run(by), is_said(reason, _("Scrivi perché è chiuso: lo legge chi ha prenotato.")))


# Booking ----------------------------------------------------------------------------------------------------------


def may_book(by: Actor, space: Space, asked: Asked, facts: SpaceFacts) -> Verdict:
    """A free time within the opening hours, for who accepts the rules. The desk is held to fewer limits."""
    if by.kind is not ActorKind.RESIDENT and not (may := may_run(by)):
        return may
    if space.closed_reason:
        return no(_("Questo spazio adesso non si prenota."), space.closed_reason)
    if not asked.accepts_rules:
        return no(_("Per prenotare serve accettare le regole della casa."))
    if not 1 <= asked.people <= space.capacity:
        words = ngettext(
            "In questo spazio sta al massimo %(n)s persona.",
            "In questo spazio stanno al massimo %(n)s persone.",
            space.capacity,
        )
        return no(words % {"n": space.capacity})
    verdict = all_of(_fits(space, asked), _is_open(asked, facts), _in_time(by, space, asked, facts))
    if verdict and facts.is_taken:
        return no(
            _("In quelle ore lo spazio è già prenotato."), _("Scegli un altro orario o un altro giorno.")
        )
    return verdict


def _fits(space: Space, asked: Asked) -> Verdict:
    if asked.starts_at >= asked.ends_at:
        return no(_("L'orario finisce prima di cominciare."))
    if any(
        moment.minute % 30 or moment.second or moment.microsecond
        for moment in (asked.starts_at, asked.ends_at)
    ):
        return no(_("Si prenota di mezz'ora in mezz'ora."))
    if asked.ends_at - asked.starts_at > dt.timedelta(hours=space.longest_hours):
        words = ngettext(
            "Si prenota per %(n)s ora al massimo.",
            "Si prenota per %(n)s ore al massimo.",
            space.longest_hours,
        )
        return no(words % {"n": space.longest_hours})
    return YES


def _is_open(asked: Asked, facts: SpaceFacts) -> Verdict:
    first, last = timezone.localtime(asked.starts_at), timezone.localtime(asked.ends_at)
    fits = first.date() == last.date() and any(
        one.weekday == first.weekday() and one.from_time <= first.time() and last.time() <= one.to_time
        for one in facts.hours
    )
    if not fits:
        return no(_("In quelle ore lo spazio è chiuso: guarda gli orari."))
    if facts.closed_because:
        return no(_("Quel giorno lo spazio è chiuso."), facts.closed_because)
    return YES


def _in_time(by: Actor, space: Space, asked: Asked, facts: SpaceFacts) -> Verdict:
    """Not in the past; residents neither at the last moment nor too far ahead, nor too often."""
    if asked.starts_at <= facts.now:
        return no(_("Quell'orario è già passato."))
    if by.kind is not ActorKind.RESIDENT:
        return YES
    if asked.starts_at < facts.now + dt.timedelta(hours=space.notice_hours):
        words = ngettext(
            "Si prenota almeno %(n)s ora prima.", "Si prenota almeno %(n)s ore prima.", space.notice_hours
        )
        return no(words % {"n": space.notice_hours}, _("Se ti serve prima, chiamaci."))
    if asked.starts_at > facts.now + dt.timedelta(days=space.ahead_days):
        words = ngettext(
            "Si prenota al massimo %(n)s giorno prima.",
            "Si prenota al massimo %(n)s giorni prima.",
            space.ahead_days,
        )
        return no(words % {"n": space.ahead_days})
    if facts.open_bookings >= space.most_open:
        return no(
            _("Hai già %(n)s prenotazioni in arrivo: lasciamo posto anche agli altri.")
            % {"n": facts.open_bookings}
        )
    return YES


def may_repeat(by: Actor, *, weeks: int, first: dt.date, until: dt.date) -> Verdict:
    """A booking that comes back is for the desk, which sees who else is waiting."""
    if not 1 <= weeks <= MOST_WEEKS:
        return no(_("Si ripete ogni settimana, o al massimo ogni %(n)s settimane.") % {"n": MOST_WEEKS})
    if until < first:
        return no(_("La ripetizione finisce prima di cominciare."))
    if (until - first).days // (7 * weeks) >= MOST_IN_A_SERIES:
        return no(_("Si ripete al massimo %(n)s volte.") % {"n": MOST_IN_A_SERIES})
    return may_run(by)


def may_decide(by: Actor, booking: Booking, state: str, reason: str) -> Verdict:
    """Confirm it, or refuse it with a reason."""
    moves = all_of(may_run(by), BOOKING_MOVES.may(booking.state, state))
    if state == BookingState.REFUSED:
        return all_of(moves, is_said(reason, _("Scrivi perché: chi ha prenotato lo legge.")))
    return moves


def may_cancel(by: Actor, booking: Booking, *, now: dt.datetime, reason: str = "") -> Verdict:
    """Who booked until it begins, by the private link; the desk until it ends, with a reason."""
    moves = BOOKING_MOVES.may(booking.state, BookingState.CANCELLED)
    if by.kind is ActorKind.RESIDENT and by.ref == Actor.resident(booking.reference).ref:
        if booking.starts_at <= now:
            return no(_("È già cominciata: non si disdice più."))
        return moves
    if booking.ends_at <= now:
        return no(_("È già passata."))
    return all_of(may_run(by), moves, is_said(reason, _("Scrivi perché: chi ha prenotato lo legge.")))
