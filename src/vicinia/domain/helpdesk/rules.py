"""Who may keep the help desk, book, move, call, note and follow, and when."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from vicinia.domain.helpdesk.models import Appointment, HelpContact, HelpFile, HelpPoint, Ticket
from vicinia.domain.helpdesk.states import (
    APPOINTMENT_MOVES,
    FILE_MOVES,
    TICKET_MOVES,
    AppointmentState,
    FileState,
    TicketState,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

# What one address or telephone may hold at the same time, so that one browser can't take every place.
MOST_AHEAD = 3
MOST_MINUTES = 480
# How long after one may still write down what happened.
NOTED_WITHIN = dt.timedelta(days=62)


def may_keep(by: Actor) -> Verdict:
    if by.can(Capability.RUN_HELPDESK):
        return YES
    return forbid(_("Lo sportello lo tengono il laboratorio e il coordinatore."))


def may_see_names(by: Actor) -> Verdict:
    """The agenda has names and contacts in it."""
    if by.can(Capability.REVEAL_PEOPLE):
        return may_keep(by)
    return forbid(_("Il tuo ruolo non vede i dati delle persone."))


def is_said(words: str, sentence: str) -> Verdict:
    return YES if words.strip() else no(sentence)


# Hours --------------------------------------------------------------------------------------------------------------


def may_open(by: Actor, *, from_time: dt.time, to_time: dt.time, overlaps: bool) -> Verdict:
    """Hours of a weekday, which do not run over each other."""
    if from_time >= to_time:
        return no(_("L'orario finisce prima di cominciare: controlla le ore."))
    if overlaps:
        return no(_("In quelle ore lo sportello è già aperto: cambia o togli l'altro orario."))
    return may_keep(by)


def may_set_day(
    by: Actor, *, hours: tuple[dt.time | None, dt.time | None], day: dt.date, today: dt.date
) -> Verdict:
    """A day to come, closed or with hours of its own."""
    start, end = hours
    if (start is None) != (end is None):
        return no(_("Scrivi da che ora a che ora, o lascia vuote tutte e due le ore se è chiuso."))
    if start is not None and end is not None and start >= end:
        return no(_("L'orario finisce prima di cominciare: controlla le ore."))
    if day < today:
        return no(_("Questo giorno è passato."))
    return may_keep(by)


# Appointments -------------------------------------------------------------------------------------------------------


def is_owner(by: Actor, appointment: Appointment) -> bool:
    """Whether it is who made it, come in by the private link."""
    return by.kind is ActorKind.RESIDENT and by.ref == f"resident:{appointment.reference}"


def may_book(by: Actor, point: HelpPoint, *, held: int) -> Verdict:
    """Anybody at the portal, who keeps the desk for others."""
    if not point.is_active:
        return no(_("Questo sportello non è più in uso."))
    if by.kind is not ActorKind.RESIDENT:
        return may_keep(by)
    if held >= MOST_AHEAD:
        return no(
            _("Con questo recapito ci sono già %(n)s appuntamenti.") % {"n": MOST_AHEAD},
            _("Se te ne serve un altro, chiamaci."),
        )
    return YES


def has_place(*, is_offered: bool, seat: int | None) -> Verdict:
    """Whether the time is in the hours of the desk, and nobody has it."""
    if not is_offered:
        return no(_("A quest'ora lo sportello non riceve su appuntamento: scegline un'altra."))
    if seat is None:
        return no(_("Quest'ora l'ha appena presa un'altra persona: scegline un'altra."))
    return YES


def may_change(by: Actor, appointment: Appointment, now: dt.datetime) -> Verdict:
    """Move it or call it off: who made it until it begins, who keeps the desk also later."""
    if appointment.state != AppointmentState.BOOKED:
        return no(
            _("L'appuntamento non si può più cambiare: è %(state)s.")
            % {"state": appointment.get_state_display()}
        )
    if is_owner(by, appointment):
        return YES if appointment.starts_at > now else no(_("L'ora dell'appuntamento è passata: chiamaci."))
    return may_keep(by)


def may_mark(by: Actor, appointment: Appointment, state: str, now: dt.datetime) -> Verdict:
    """They are here, or did not come."""
    moves = all_of(may_keep(by), APPOINTMENT_MOVES.may(appointment.state, state))
    if moves and state == AppointmentState.MISSED and appointment.starts_at > now:
        return no(_("L'ora dell'appuntamento non è ancora passata."))
    return moves


def may_call(by: Actor, appointment: Appointment) -> Verdict:
    if not appointment.to_call:
        return no(_("Non c'è niente da dire a voce."))
    return may_keep(by)


# The queue ----------------------------------------------------------------------------------------------------------


def may_give_number(by: Actor, point: HelpPoint) -> Verdict:
    if not point.is_active:
        return no(_("Questo sportello non è più in uso."))
    return may_keep(by)


def may_turn(by: Actor, ticket: Ticket, state: str) -> Verdict:
    """Call a number, put it back, or say that they left."""
    return all_of(may_keep(by), TICKET_MOVES.may(ticket.state, state))


def may_call_next(by: Actor, ticket: Ticket | None) -> Verdict:
    if ticket is None:
        return no(_("Non aspetta nessuno."))
    return may_turn(by, ticket, TicketState.CALLED)


# Contacts -----------------------------------------------------------------------------------------------------------


def may_note(by: Actor, *, day: dt.date, minutes: int, today: dt.date) -> Verdict:
    """What happened, while one still remembers it."""
    if minutes > MOST_MINUTES:
        return no(_("Un contatto dura al massimo %(n)s minuti.") % {"n": MOST_MINUTES})
    if day > today:
        return no(_("Questo giorno deve ancora venire."))
    if today - day > NOTED_WITHIN:
        return no(_("È passato troppo tempo: questo giorno è già stato contato."))
    return may_keep(by)


def is_same(by: Actor, contact: HelpContact) -> Verdict:
    """What is sent twice comes from the same colleague."""
    return (
        YES if contact.by_ref == by.ref else forbid(_("Questo contatto l'ha già segnato un'altra persona."))
    )


def may_correct(by: Actor, contact: HelpContact, today: dt.date) -> Verdict:
    if contact.is_struck:
        return no(_("Questo contatto è stato tolto dai conteggi."))
    if today - contact.day > NOTED_WITHIN:
        return no(_("È passato troppo tempo: questo giorno è già stato contato."))
    return may_keep(by)


# Help files ---------------------------------------------------------------------------------------------------------


def may_follow(by: Actor, file: HelpFile) -> Verdict:
    """Who keeps the desk, and the colleague who was put in charge."""
    if by.user_id is not None and file.owner_id == by.user_id:
        return YES
    return may_keep(by)


def may_change_file(by: Actor, file: HelpFile) -> Verdict:
    if not file.is_open:
        return no(_("La pratica è chiusa: per scriverci, riaprila."))
    return may_follow(by, file)


def may_enter_file(
    by: Actor, file: HelpFile, state: str, *, words: str, next_on: dt.date | None, today: dt.date
) -> Verdict:
    """Each step says what it needs: who is waited for, what was answered, and the next day while it is open."""
    moves = all_of(may_follow(by, file), FILE_MOVES.may(file.state, state))
    if not moves:
        return moves
    if state != FileState.CLOSED and (next_on is None or next_on < today):
        return no(_("Scrivi il giorno del prossimo passo, da oggi in poi."))
    if state == FileState.WAITING:
        return is_said(words, _("Scrivi chi aspettiamo: un ufficio, un ente, la persona stessa."))
    if state in (FileState.ANSWERED, FileState.CLOSED):
        return is_said(words, _("Scrivi com'è andata: serve a chi riapre la pratica."))
    return YES


def may_hand_over(by: Actor, file: HelpFile, *, is_able: bool) -> Verdict:
    if not is_able:
        return no(_("Questo collega non può seguire pratiche dello sportello."))
    return may_change_file(by, file)


def may_become_report(by: Actor, file: HelpFile) -> Verdict:
    if file.report_id is not None:
        return no(_("Ne è già nata una segnalazione."))
    return all_of(may_change_file(by, file), is_said(file.words, _("Scrivi prima che cosa serve.")))


def may_become_case(by: Actor, file: HelpFile) -> Verdict:
    if file.case_id is not None:
        return no(_("Ne è già nato un caso."))
    if file.report_id is not None:
        return no(_("La segnalazione c'è già: il caso si apre da lì."))
    return all_of(may_change_file(by, file), is_said(file.words, _("Scrivi prima che cosa serve.")))
