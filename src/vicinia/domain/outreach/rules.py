"""Who may tell the neighbourhood what, and when; who gets a place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.outreach.models import Event, Notice, PlanLine, SignUp, Subscription
from vicinia.domain.outreach.models.notices import FIRST_LANGUAGE
from vicinia.domain.outreach.states import (
    EVENT_MOVES,
    LINE_MOVES,
    NOTICE_MOVES,
    OPEN_NOTICES,
    PAPER_WAYS,
    EventState,
    LineState,
    NoticeState,
    SignUpState,
    SubscriptionState,
    Way,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

# More come as a group, which calls us.
MOST_TOGETHER = 10
# Beyond this a waiting list promises what will not happen.
MOST_WAITING = 300


def may_see(by: Actor) -> Verdict:
    if by.can(Capability.SEE_OUTREACH):
        return YES
    return forbid(_("Il tuo ruolo non comprende avvisi ed eventi."))


def may_keep(by: Actor) -> Verdict:
    if by.can(Capability.KEEP_OUTREACH):
        return YES
    return forbid(_("Il tuo ruolo non prepara avvisi ed eventi."))


def must_say_why(reason: str) -> Verdict:
    return YES if reason.strip() else no(_("Scrivi il motivo."))


# Notices ------------------------------------------------------------------------------------------------------------


def may_say(subject: str, body: str, faults: Sequence[str]) -> Verdict:
    """A text has a title and something to say, and no slip of its form."""
    if not subject.strip() or not body.strip():
        return no(_("Scrivi un titolo e un testo."))
    return no(" ".join(faults)) if faults else YES


def may_prepare(by: Actor, languages: Collection[str]) -> Verdict:
    if FIRST_LANGUAGE not in languages:
        return no(_("Il testo in italiano ci vuole sempre."))
    return may_keep(by)


def may_correct(by: Actor, notice: Notice) -> Verdict:
    """Until it is out; what is out is withdrawn, and a new one says it right."""
    if notice.state not in OPEN_NOTICES:
        return no(
            _("L'avviso è già %(state)s.") % {"state": notice.get_state_display()},
            _("Se è sbagliato, ritiralo e preparane un altro."),
        )
    return may_keep(by)


def may_write(by: Actor, notice: Notice, *, is_there: bool) -> Verdict:
    """A language that is missing may still be added when the notice is out."""
    if notice.state == NoticeState.PUBLISHED and not is_there:
        return may_keep(by)
    return may_correct(by, notice)


def may_drop_text(by: Actor, notice: Notice, language: str) -> Verdict:
    if language == FIRST_LANGUAGE:
        return no(_("Il testo in italiano ci vuole sempre."))
    return may_correct(by, notice)


def may_read_again(by: Actor, notice: Notice, *, is_read: bool) -> Verdict:
    """Whoever speaks the language says that the translation is good, also when it is out."""
    if is_read:
        return no(_("Questo testo è già riletto."))
    if notice.state == NoticeState.WITHDRAWN:
        return no(_("L'avviso è ritirato."))
    return may_keep(by)


def may_approve(by: Actor, notice: Notice) -> Verdict:
    return all_of(may_keep(by), NOTICE_MOVES.may(notice.state, NoticeState.APPROVED))


@dataclass(frozen=True, slots=True)
class Sending:
    """What is asked for: by which ways, which of them it has already gone, whether text messages leave at all."""

    ways: frozenset[str]
    gone: frozenset[str] = frozenset()
    sms_leaves: Verdict = YES


def may_publish(by: Actor, notice: Notice, sending: Sending) -> Verdict:
    """First approved, then out; once it is out, further ways may be added."""
    if not notice.is_public:
        moves = NOTICE_MOVES.may(notice.state, NoticeState.PUBLISHED)
        if notice.state == NoticeState.DRAFT:
            moves = no(_("L'avviso va prima approvato."))
        return all_of(may_keep(by), moves, _sms(sending))
    if not sending.ways - sending.gone:
        return no(_("L'avviso è già uscito così."))
    return all_of(may_keep(by), _sms(sending))


def _sms(sending: Sending) -> Verdict:
    return sending.sms_leaves if Way.SMS in sending.ways - sending.gone else YES


def may_withdraw_notice(by: Actor, notice: Notice, reason: str) -> Verdict:
    moves = NOTICE_MOVES.may(notice.state, NoticeState.WITHDRAWN)
    return all_of(may_keep(by), moves, must_say_why(reason))


def may_print(by: Actor, notice: Notice) -> Verdict:
    """What is carried around was approved."""
    if notice.state not in (NoticeState.APPROVED, NoticeState.PUBLISHED):
        return no(_("Si stampa solo un avviso approvato e non ritirato."))
    return may_see(by)


def may_deliver(by: Actor, notice: Notice, today: dt.date, *, day: dt.date, way: str) -> Verdict:
    """What was carried to the doors is written down afterwards, also of a notice that was withdrawn since."""
    if notice.published_at is None:
        return no(_("L'avviso non è ancora pubblicato."))
    if way not in PAPER_WAYS:
        return no(_("Si segnano le consegne della carta."))
    if day > today:
        return no(_("Una consegna si segna quando è fatta: il giorno non può essere nel futuro."))
    return may_keep(by)


def may_deliver_to(*, stairs: int, place: str, already: Sequence[str]) -> Verdict:
    if not stairs and not place.strip():
        return no(_("Scegli almeno una scala, o scrivi in quale posto."))
    if already:
        return no(_("Qui la consegna è già segnata: %(stairs)s.") % {"stairs": ", ".join(already)})
    return YES


# Events -------------------------------------------------------------------------------------------------------------


def may_plan_event(by: Actor, from_time: dt.time, to_time: dt.time) -> Verdict:
    if from_time >= to_time:
        return no(_("L'evento finisce prima di cominciare: controlla le ore."))
    return may_keep(by)


def may_change_event(by: Actor, event: Event, *, places: int | None) -> Verdict:
    """Until it is held; nobody loses a place that was confirmed."""
    if event.state not in (EventState.REQUESTED, EventState.PROMOTED):
        return no(_("L'evento è già %(state)s.") % {"state": event.get_state_display()})
    if places is not None and places < event.taken:
        return no(
            _("Hai già confermato %(taken)s posti: non possono essere di meno.") % {"taken": event.taken}
        )
    return may_keep(by)


def may_announce(by: Actor, event: Event, today: dt.date) -> Verdict:
    if event.day < today:
        return no(_("Il giorno dell'evento è passato: cambialo prima di annunciarlo."))
    return all_of(may_keep(by), EVENT_MOVES.may(event.state, EventState.PROMOTED))


def may_cancel_event(by: Actor, event: Event, reason: str) -> Verdict:
    moves = EVENT_MOVES.may(event.state, EventState.CANCELLED)
    return all_of(may_keep(by), moves, must_say_why(reason))


def may_hold(by: Actor, event: Event, today: dt.date) -> Verdict:
    if event.day > today:
        return no(_("L'evento è in programma per un altro giorno."))
    return all_of(may_keep(by), EVENT_MOVES.may(event.state, EventState.HELD))


def may_count(by: Actor, event: Event, *, people: int, children: int, first_time: int) -> Verdict:
    """Counted once it is held, and counted again as long as the report is not written."""
    if max(children, first_time) > people:
        return no(_("Una parte non può essere più di tutte le persone venute."))
    if event.state == EventState.COUNTED:
        return may_keep(by)
    return all_of(may_keep(by), EVENT_MOVES.may(event.state, EventState.COUNTED))


def may_report(by: Actor, event: Event, report: str) -> Verdict:
    moves = EVENT_MOVES.may(event.state, EventState.REPORTED)
    if event.state == EventState.HELD:
        moves = no(_("Conta prima le presenze."))
    written = YES if report.strip() else no(_("Scrivi in poche righe com'è andata."))
    return all_of(may_keep(by), moves, written)


def may_print_report(by: Actor, event: Event) -> Verdict:
    if event.state != EventState.REPORTED:
        return no(_("Non c'è ancora una relazione."))
    return may_see(by)


# Sign-ups -----------------------------------------------------------------------------------------------------------


def may_sign_up(event: Event, *, people: int, waiting: int, now: dt.datetime) -> Verdict:
    """As long as it is announced and has not begun; who finds no place waits for one."""
    if event.is_cancelled:
        return no(_("L'evento è annullato."))
    if event.state != EventState.PROMOTED or not event.with_sign_up:
        return no(_("Per questo evento non ci si iscrive."))
    if event.starts_at <= now:
        return no(_("L'evento è già cominciato: le iscrizioni sono chiuse."))
    if not 1 <= people <= MOST_TOGETHER:
        return no(
            _("Ci si iscrive in %(most)s al massimo. Se siete di più, chiamaci.") % {"most": MOST_TOGETHER}
        )
    if event.places is not None and people > event.places:
        return no(_("I posti sono in tutto %(places)s.") % {"places": event.places})
    if waiting + people > MOST_WAITING:
        return no(_("Anche la lista d'attesa è piena. Chiamaci: ti diciamo di altre occasioni."))
    return YES


def has_place(event: Event, people: int) -> bool:
    """Whether so many still fit."""
    return event.free is None or people <= event.free


def may_withdraw(by: Actor, sign_up: SignUp, event: Event) -> Verdict:
    """Who signed up by their link, or who keeps events; not any more once they are in."""
    if sign_up.state == SignUpState.WITHDRAWN:
        return no(_("L'iscrizione è già ritirata."))
    if sign_up.came is not None:
        return no(_("Siete già entrati."))
    if event.state != EventState.PROMOTED:
        return no(_("L'evento è %(state)s.") % {"state": event.get_state_display()})
    if by.ref == f"resident:{sign_up.link_ref}":
        return YES
    return may_keep(by)


def may_see_names(by: Actor) -> Verdict:
    """Names are for who keeps events and may see people."""
    if by.can(Capability.REVEAL_PEOPLE):
        return may_keep(by)
    return forbid(_("Il tuo ruolo non vede i dati delle persone."))


def may_call(by: Actor, sign_up: SignUp) -> Verdict:
    if not sign_up.to_call:
        return no(_("Non c'è niente da dire a voce."))
    return may_keep(by)


def may_check_in(by: Actor, sign_up: SignUp, event: Event, today: dt.date, *, came: int) -> Verdict:
    """On the day, with a place; who comes in fewer is counted as they are."""
    if event.state not in (EventState.PROMOTED, EventState.HELD) or event.day > today:
        return no(_("Le presenze si segnano il giorno dell'evento."))
    if sign_up.state == SignUpState.WAITING:
        return no(_("Questa iscrizione è in lista d'attesa: non ha ancora il posto."))
    if sign_up.state == SignUpState.WITHDRAWN:
        return no(_("Questa iscrizione è stata ritirata."))
    if not 1 <= came <= sign_up.people:
        return no(_("L'iscrizione è per %(people)s.") % {"people": sign_up.people})
    return may_keep(by)


# Newsletter ---------------------------------------------------------------------------------------------------------


def may_subscribe(*, wants_notices: bool, wants_newsletter: bool) -> Verdict:
    if wants_notices or wants_newsletter:
        return YES
    return no(_("Scegli che cosa vuoi ricevere."))


def may_subscribe_at_desk(by: Actor, *, paper_at: str, is_there: bool) -> Verdict:
    """Consent that was not clicked was signed, and the paper is somewhere."""
    if is_there:
        return no(_("Questo recapito è già iscritto."))
    if not paper_at.strip():
        return no(_("Scrivi dove sta il modulo firmato."))
    return may_keep(by)


def may_confirm(subscription: Subscription) -> Verdict:
    if subscription.state != SubscriptionState.ASKED:
        return no(_("Questa iscrizione non è più da confermare."))
    return YES


def may_end_at_desk(by: Actor, subscription: Subscription | None) -> Verdict:
    if subscription is None:
        return no(_("Questo recapito non è iscritto."))
    return may_keep(by)


# Plan ---------------------------------------------------------------------------------------------------------------


def may_change_line(by: Actor, line: PlanLine) -> Verdict:
    if line.state != LineState.PLANNED:
        return no(_("Questa riga è già %(state)s.") % {"state": line.get_state_display()})
    return may_keep(by)


def may_finish_line(by: Actor, line: PlanLine, today: dt.date, *, done_on: dt.date) -> Verdict:
    if done_on > today:
        return no(_("È fatta quando è fatta: il giorno non può essere nel futuro."))
    return all_of(may_keep(by), LINE_MOVES.may(line.state, LineState.DONE))


def may_drop_line(by: Actor, line: PlanLine, reason: str) -> Verdict:
    return all_of(may_keep(by), LINE_MOVES.may(line.state, LineState.DROPPED), must_say_why(reason))


def may_resume_line(by: Actor, line: PlanLine) -> Verdict:
    return all_of(may_keep(by), LINE_MOVES.may(line.state, LineState.PLANNED))
