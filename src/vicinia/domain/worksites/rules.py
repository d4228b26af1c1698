"""Who may run a worksite, tell of a disruption, complain, answer and close, and when; how far a late answer goes up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _

from vicinia.domain.worksites.models import Complaint, Disruption, Lot, SiteWalk, Timed, Worksite
from vicinia.domain.worksites.states import (
    BUILT,
    COMPLAINT_MOVES,
    DISRUPTION_MOVES,
    LOT_MOVES,
    URGENT_KINDS,
    WALK_MOVES,
    WITH_CONTRACTOR,
    WITH_REASON,
    WORKSITE_MOVES,
    ComplaintState,
    DisruptionKind,
    DisruptionState,
    Escalation,
    LotState,
    WalkState,
    WorksiteState,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

# Working days before a disruption by which its notice is out: what one has to get ready for takes longer.
NOTICE_LEAD_DAYS: Mapping[str, int] = {
    DisruptionKind.NOISE: 3,
    DisruptionKind.DUST: 3,
    DisruptionKind.WATER: 3,
    DisruptionKind.LIFT: 5,
    DisruptionKind.ACCESS: 5,
    DisruptionKind.PARKING: 2,
}
# Working days in which a complaint has its answer; what is urgent has it the same day.
REPLY_DAYS = 2
MOST_PHASES = 60


def may_keep(by: Actor) -> Verdict:
    if by.can(Capability.KEEP_WORKSITES):
        return YES
    return forbid(_("I cantieri sono seguiti dal laboratorio e dal coordinatore."))


def is_said(words: str, sentence: str) -> Verdict:
    return YES if words.strip() else no(sentence)


def say_why(reason: str) -> Verdict:
    return is_said(reason, _("Scrivi il motivo: lo legge anche chi abita qui."))


# Worksites and lots -----------------------------------------------------------------------------------------------


def may_enter_worksite(by: Actor, worksite: Worksite, state: str, *, lots: int, at_work: int) -> Verdict:
    """Opened with a lot at least; closed when no lot is being worked on."""
    if state == WorksiteState.OPEN and not lots:
        return no(_("Aggiungi prima almeno un lotto: è ciò che si legge sul cartello."))
    if state == WorksiteState.CLOSED and at_work:
        return no(_("C'è ancora un lotto con i lavori in corso."))
    return all_of(may_keep(by), WORKSITE_MOVES.may(worksite.state, state))


def days_fit(first: dt.date, last: dt.date) -> Verdict:
    return YES if first <= last else no(_("Finisce prima di cominciare: controlla i giorni."))


def may_enter_lot(
    by: Actor, lot: Lot, state: str, *, reason: str, day: dt.date, has_contractor: bool
) -> Verdict:
    """In the order of the table; a stop has its reason, works have somebody who does them."""
    moves = all_of(may_keep(by), LOT_MOVES.may(lot.state, state))
    if not moves:
        return moves
    if state in WITH_REASON and not reason.strip():
        return say_why(reason)
    if state in WITH_CONTRACTOR and not has_contractor:
        return no(_("Scegli l'impresa: è lei che risponde alle segnalazioni."))
    if day > clock.today():
        return no(_("Il giorno non può essere nel futuro."))
    return _not_before(lot, state, day)


def _not_before(lot: Lot, state: str, day: dt.date) -> Verdict:
    if state in BUILT and lot.began_on and day < lot.began_on:
        return no(_("I lavori non possono finire prima di cominciare."))
    return YES


def may_slip(by: Actor, lot: Lot, row: Timed, *, first: dt.date, last: dt.date, reason: str) -> Verdict:
    """A new forecast for what is not over; it says why, and it is another one."""
    if row.ended_on is not None or lot.state in BUILT:
        return no(_("È già finito: il giorno non si sposta più."))
    if (first, last) == (row.forecast_from, row.forecast_to):
        return no(_("I giorni sono quelli di prima."))
    return all_of(may_keep(by), days_fit(first, last), say_why(reason))


def may_have_phases(by: Actor, count: int) -> Verdict:
    if count > MOST_PHASES:
        return no(_("Al massimo %(most)s fasi in un lotto.") % {"most": MOST_PHASES})
    return may_keep(by)


def may_add_intervention(by: Actor, *, is_there: bool) -> Verdict:
    if is_there:
        return no(_("Questo intervento è già in programma per questo alloggio."))
    return may_keep(by)


def may_mark(by: Actor, *, began_on: dt.date | None, ended_on: dt.date | None) -> Verdict:
    """What began and ended did so in the past, in this order."""
    if ended_on and not began_on:
        return no(_("Scrivi anche quando è cominciato."))
    if began_on and ended_on and ended_on < began_on:
        return no(_("Finisce prima di cominciare: controlla i giorni."))
    if max(filter(None, (began_on, ended_on)), default=dt.date.min) > clock.today():
        return no(_("Il giorno non può essere nel futuro."))
    return may_keep(by)


# Disruptions ------------------------------------------------------------------------------------------------------


def notice_due(kind: str, from_day: dt.date) -> dt.date:
    """The last day by which the notice of a disruption is out: so many working days before it begins."""
    day, left = from_day, NOTICE_LEAD_DAYS[kind]
    while left:
        day -= dt.timedelta(days=1)
        left -= clock.is_working_day(day)
    return day


def may_plan_disruption(by: Actor, *, first: dt.datetime, last: dt.datetime, places: int) -> Verdict:
    if first >= last:
        return no(_("Finisce prima di cominciare: controlla giorni e ore."))
    if not places:
        return no(_("Scegli almeno un edificio o una scala: è a loro che si dà l'avviso."))
    return may_keep(by)


def may_change_disruption(by: Actor, disruption: Disruption) -> Verdict:
    """Until its notice is out: afterwards it is called off, and a new one is told."""
    if disruption.state == DisruptionState.CANCELLED:
        return no(_("Il disagio è annullato."))
    if disruption.is_told:
        return no(
            _("L'avviso è già uscito con questi giorni."),
            _("Annulla questo disagio e prevedine un altro, che si avvisa da capo."),
        )
    return may_keep(by)


def may_cancel_disruption(by: Actor, disruption: Disruption, reason: str) -> Verdict:
    moves = DISRUPTION_MOVES.may(disruption.state, DisruptionState.CANCELLED)
    return all_of(may_keep(by), moves, say_why(reason))


def may_prepare_notice(by: Actor, disruption: Disruption) -> Verdict:
    if disruption.state == DisruptionState.CANCELLED:
        return no(_("Il disagio è annullato."))
    if disruption.is_over:
        return no(_("Il disagio è già passato."))
    if disruption.notice_id is not None:
        return no(_("C'è già un avviso per questo disagio."))
    return may_keep(by)


def may_confirm_days(by: Actor, disruption: Disruption) -> Verdict:
    if disruption.stale_since is None:
        return no(_("Non c'è niente da controllare."))
    return may_keep(by)


# Complaints -------------------------------------------------------------------------------------------------------


def is_urgent(kind: str, *, ticked: bool) -> bool:
    return ticked or kind in URGENT_KINDS


def reply_due(today: dt.date, *, urgent: bool) -> dt.date:
    """The same day if it is urgent, also on a holiday; else two working days."""
    return today if urgent else clock.add_working_days(today, REPLY_DAYS)


def may_complain(by: Actor, lot: Lot, *, is_shown: bool, words: str) -> Verdict:
    """Everybody at the portal, on a lot that they can read of; at the desk who keeps worksites."""
    if by.kind is not ActorKind.RESIDENT and not may_keep(by):
        return may_keep(by)
    if not is_shown:
        return no(_("Questo cantiere non è ancora aperto."))
    if lot.state == LotState.HABITABLE:
        return no(
            _("Questo lotto è finito da tempo."), _("Se c'è un problema, fai una segnalazione al Comune.")
        )
    return is_said(words, _("Scrivi che cosa succede."))


def may_work_on(by: Actor) -> Verdict:
    """Who sees a complaint answers it: who keeps worksites, and the body that builds or directs the lot."""
    if by.can(Capability.KEEP_WORKSITES) or by.can(Capability.ANSWER_COMPLAINTS):
        return YES
    return forbid(_("Risponde l'impresa del lotto, o il laboratorio per lei."))


def may_answer(by: Actor, complaint: Complaint, words: str, *, promised_on: dt.date | None) -> Verdict:
    if complaint.state not in (ComplaintState.RECEIVED, ComplaintState.ANSWERED):
        return no(_("La segnalazione è già %(state)s.") % {"state": complaint.get_state_display()})
    if promised_on and promised_on < clock.today():
        return no(_("Il giorno promesso è già passato."))
    return all_of(may_work_on(by), is_said(words, _("Scrivi la risposta: la legge chi ha segnalato.")))


def may_finish(by: Actor, complaint: Complaint, words: str) -> Verdict:
    moves = COMPLAINT_MOVES.may(complaint.state, ComplaintState.DONE)
    return all_of(may_work_on(by), moves, is_said(words, _("Scrivi che cosa è stato fatto.")))


def may_confirm(by: Actor, complaint: Complaint) -> Verdict:
    """Who complained says that it is well again, or that it is not; the laboratory for who comes to the desk."""
    if complaint.state not in (ComplaintState.ANSWERED, ComplaintState.DONE):
        return no(_("Non c'è ancora una risposta da confermare."))
    return _own_or_keep(by, complaint)


def may_close(by: Actor, complaint: Complaint, words: str) -> Verdict:
    """The laboratory, with words that who complained reads."""
    moves = COMPLAINT_MOVES.may(complaint.state, ComplaintState.CLOSED)
    return all_of(may_keep(by), moves, is_said(words, _("Scrivi com'è finita.")))


def may_write(by: Actor, complaint: Complaint, words: str) -> Verdict:
    return all_of(_own_or_keep(by, complaint), is_said(words, _("Scrivi che cosa succede.")))


def may_reopen(by: Actor, complaint: Complaint, words: str) -> Verdict:
    moves = COMPLAINT_MOVES.may(complaint.state, ComplaintState.RECEIVED)
    said = is_said(words, _("Scrivi che cosa non va ancora."))
    return all_of(_own_or_keep(by, complaint), moves, said)


def _own_or_keep(by: Actor, complaint: Complaint) -> Verdict:
    return YES if by.ref == f"resident:{complaint.reference}" else may_keep(by)


def may_be_urgent(by: Actor, complaint: Complaint) -> Verdict:
    if complaint.is_urgent:
        return no(_("È già urgente."))
    if complaint.state != ComplaintState.RECEIVED:
        return no(_("La segnalazione ha già una risposta."))
    return may_keep(by)


def may_open_case(by: Actor, complaint: Complaint) -> Verdict:
    """Once, by who keeps worksites and works on cases."""
    if complaint.case_id is not None:
        return no(_("Da questa segnalazione è già nato un caso."))
    if not by.can(Capability.WORK_CASES):
        return forbid(_("Il tuo ruolo non apre casi."))
    return may_keep(by)


def may_give_link(by: Actor, complaint: Complaint) -> Verdict:
    if complaint.person_id is None:
        return no(_("Chi ha segnalato non ha lasciato il nome: non si sa a chi darlo."))
    return may_keep(by)


def step_due(complaint: Complaint, today: dt.date) -> int:
    """How far a reply that has not come should have gone up by today: one step each day, two at once if it is urgent.

    Working days count, but for what is urgent, which does not wait for Monday.
    """
    due = complaint.reply_due_on
    if complaint.state != ComplaintState.RECEIVED or due >= today:
        return Escalation.NONE
    if complaint.is_urgent:
        return Escalation.MANAGER if (today - due).days == 1 else Escalation.COORDINATOR
    return min(max(clock.working_days_between(due, today), 0), Escalation.COORDINATOR)


# Walks and survey -------------------------------------------------------------------------------------------------


def may_change_walk(by: Actor, walk: SiteWalk) -> Verdict:
    if walk.state != WalkState.PLANNED:
        return no(_("Il sopralluogo è già %(state)s.") % {"state": walk.get_state_display()})
    return may_keep(by)


def may_hold_walk(by: Actor, walk: SiteWalk, minutes: str) -> Verdict:
    """Minutes are written on the day or afterwards, and corrected as long as one likes: the journal says so."""
    if walk.day > clock.today():
        return no(_("Il sopralluogo è in programma per un altro giorno."))
    written = is_said(minutes, _("Scrivi che cosa avete visto."))
    if walk.state == WalkState.HELD:
        return all_of(may_keep(by), written)
    return all_of(may_keep(by), WALK_MOVES.may(walk.state, WalkState.HELD), written)


def may_cancel_walk(by: Actor, walk: SiteWalk, reason: str) -> Verdict:
    return all_of(may_keep(by), WALK_MOVES.may(walk.state, WalkState.CANCELLED), say_why(reason))


def may_have_points(by: Actor, walk: SiteWalk, *, has_owner: bool) -> Verdict:
    if walk.state == WalkState.CANCELLED:
        return no(_("Il sopralluogo è annullato."))
    if not has_owner:
        return no(_("Scrivi chi lo sistema: un ente, o un nome a parole."))
    return may_keep(by)


def may_print_walk(walk: SiteWalk) -> Verdict:
    return YES if walk.state == WalkState.HELD else no(_("Non c'è ancora un verbale."))


def may_survey(by: Actor, worksite: Worksite) -> Verdict:
    """Everybody at the portal while it is open; paper answers at the desk also afterwards."""
    if by.kind is not ActorKind.RESIDENT:
        return may_keep(by)
    if worksite.state != WorksiteState.OPEN:
        return no(_("Il cantiere è chiuso: il questionario è finito."))
    return YES
