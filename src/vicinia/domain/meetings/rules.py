"""Who calls a meeting, who may sit at it, what may be discussed there, and what may be given away of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.casework.rules import must_say_why as must_say_why  # part of what actions call here
from vicinia.domain.meetings.models import AgendaItem, Meeting, MeetingAction
from vicinia.domain.meetings.states import MEETING_MOVES, MeetingState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

# More than this nobody talks about in one sitting.
MOST_ITEMS = 40


@dataclass(frozen=True, slots=True)
class Table:
    """Who sits at a table, as far as it matters for public safety, and whether such cases are on its agenda.

    `outsiders` are no offices of the municipality, `unable` are colleagues whose role does not see such cases.
    """

    outsiders: tuple[str, ...] = ()
    unable: tuple[str, ...] = ()
    has_police: bool = False


@dataclass(frozen=True, slots=True)
class Owner:
    """Who is to do something: a colleague or a body."""

    has_user: bool
    has_body: bool


def may_meet(by: Actor) -> Verdict:
    return YES if by.can(Capability.WORK_CASES) else forbid(_("Il tuo ruolo non lavora sui casi."))


def may_lead(by: Actor, meeting: Meeting) -> Verdict:
    """Who called it, or who assigns work, calls it off and closes its minutes."""
    if meeting.convener_id == by.user_id or by.can(Capability.ASSIGN):
        return may_meet(by)
    return forbid(_("Lo fa %(name)s, che ha convocato il tavolo.") % {"name": meeting.by_name})


def may_plan(by: Actor, from_time: dt.time, to_time: dt.time) -> Verdict:
    if from_time >= to_time:
        return no(_("Il tavolo finisce prima di cominciare: controlla le ore."))
    return may_meet(by)


def may_change(by: Actor, meeting: Meeting) -> Verdict:
    """When, where, who and the agenda: until the meeting begins."""
    if meeting.state != MeetingState.PLANNED:
        return no(_("Il tavolo è già %(state)s.") % {"state": meeting.get_state_display()})
    return may_meet(by)


def may_invite(by: Actor, meeting: Meeting) -> Verdict:
    """Until the minutes are closed: who turns up unasked is added too."""
    return all_of(_is_open(meeting), may_meet(by))


def _is_open(meeting: Meeting) -> Verdict:
    if meeting.state == MeetingState.MINUTED:
        return no(_("Il verbale è chiuso."), _("Per correggerlo, aggiungi una nota."))
    if meeting.state == MeetingState.CANCELLED:
        return no(_("Il tavolo è stato annullato."))
    return YES


def may_sit(by: Actor, table: Table) -> Verdict:
    """Cases of public safety are discussed among offices of the municipality, by who may see them.

    Who may not see such cases is not told that there are any.
    """
    if not table.has_police or not (table.outsiders or table.unable):
        return YES
    if not by.can(Capability.SEE_POLICE_CASES):
        return no(_("A questo tavolo partecipano solo alcuni uffici del Comune."))
    sentence = _("Un caso di pubblica sicurezza si discute solo tra uffici del Comune che possono vederlo.")
    names = ", ".join([*table.outsiders, *table.unable])
    return no(sentence, _("Non possono partecipare: %(names)s.") % {"names": names})


def may_tell(by: Actor, meeting: Meeting, table: Table, *, untold: int) -> Verdict:
    """Invitations go out once, and again when day or place have changed."""
    if not untold:
        return no(_("Tutti gli invitati con un'e-mail hanno già l'invito."))
    return all_of(may_change(by, meeting), may_sit(by, table))


def may_have_items(count: int) -> Verdict:
    if count > MOST_ITEMS:
        return no(_("Sono troppi argomenti per un tavolo: al massimo %(most)s.") % {"most": MOST_ITEMS})
    return YES


def may_discuss(item: AgendaItem) -> Verdict:
    if item.case is None and not item.subject.strip():
        return no(_("Scrivi di che cosa si parla."))
    if item.case is not None and not item.case.is_open:
        return no(_("Il caso %(case)s è chiuso.") % {"case": item.case.reference})
    return YES


def may_hold(by: Actor, meeting: Meeting, table: Table, today: dt.date) -> Verdict:
    """On the day or after it, with company that may hear what is on the agenda."""
    if meeting.day > today:
        return no(
            _("Il tavolo è in programma per un altro giorno."), _("Se si è anticipato, cambia il giorno.")
        )
    return all_of(may_meet(by), MEETING_MOVES.may(meeting.state, MeetingState.HELD), may_sit(by, table))


def may_write(by: Actor, meeting: Meeting) -> Verdict:
    """Attendance, what was said, decided and undertaken: from the beginning until the minutes are closed."""
    if meeting.state == MeetingState.PLANNED:
        return no(_("Il tavolo non è ancora cominciato."))
    return all_of(_is_open(meeting), may_meet(by))


def may_undertake(owner: Owner) -> Verdict:
    if owner.has_user == owner.has_body:
        return no(_("Scegli chi lo fa: un collega o un ente."))
    return YES


def may_end_action(by: Actor, action: MeetingAction, meeting: Meeting) -> Verdict:
    """An action in no case is ticked here, also after the minutes are closed; in a case, it is ended there."""
    if action.item.case_id is not None:
        return no(_("Questa azione si chiude nel caso."))
    if action.done_at is not None:
        return no(_("È già fatto."))
    return YES if action.user_id == by.user_id else may_lead(by, meeting)


def may_close(by: Actor, meeting: Meeting, *, unmarked: int) -> Verdict:
    """Closed by who called it, when everybody's attendance is written down."""
    if unmarked:
        return no(_("Segna prima chi c'era."))
    return all_of(may_lead(by, meeting), MEETING_MOVES.may(meeting.state, MeetingState.MINUTED))


def may_cancel(by: Actor, meeting: Meeting, reason: str) -> Verdict:
    moves = MEETING_MOVES.may(meeting.state, MeetingState.CANCELLED)
    return all_of(may_lead(by, meeting), moves, must_say_why(reason))


def may_note(by: Actor, meeting: Meeting, text: str) -> Verdict:
    """Closed minutes are corrected by what is written beneath them."""
    if meeting.state != MeetingState.MINUTED:
        return no(_("Il verbale non è ancora chiuso: correggilo direttamente."))
    return may_meet(by) if text.strip() else no(_("Scrivi qualcosa."))


def may_print(by: Actor, meeting: Meeting) -> Verdict:
    if meeting.state not in (MeetingState.HELD, MeetingState.MINUTED):
        return no(_("Non c'è ancora un verbale."))
    return may_meet(by)


def may_give(by: Actor, meeting: Meeting, *, items: int, has_police: bool, is_internal: bool) -> Verdict:
    """Only closed minutes are given, some items of them; of public safety nothing leaves the municipality."""
    if meeting.state != MeetingState.MINUTED:
        return no(_("Si dà un estratto solo di un verbale chiuso."))
    if not items:
        return no(_("Scegli almeno un punto."))
    if has_police and not is_internal:
        return no(_("Un caso di pubblica sicurezza non si condivide con enti esterni al Comune."))
    return may_meet(by)
