"""Who may keep a programme, its committee and its sheets, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from vicinia.domain.programme.models import (
    ActionSheet,
    Activity,
    BudgetLine,
    Convention,
    Cost,
    Indicator,
    Member,
    Milestone,
    Programme,
)
from vicinia.domain.programme.states import (
    PROGRAMME_MOVES,
    SHEET_MOVES,
    Measure,
    ProgrammeState,
    SheetState,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

MOST_AXES = 12
MOST_SHEETS = 60
MOST_MILESTONES = 40
MOST_INDICATORS = 30
MOST_LINES = 40
MOST_LINKS = 60
# A day's work of several people may be written in one line.
MOST_HOURS = Decimal(200)


def may_keep(by: Actor) -> Verdict:
    if by.can(Capability.KEEP_PROGRAMME):
        return YES
    return forbid(_("I programmi sono tenuti dal laboratorio e dal coordinatore."))


def may_sign(by: Actor) -> Verdict:
    if by.can(Capability.SIGN_PROGRAMME):
        return YES
    return forbid(_("I rendiconti li controlla, congela e invia il coordinatore."))


def is_said(words: str, sentence: str) -> Verdict:
    return YES if words.strip() else no(sentence)


def in_order(first: dt.date, last: dt.date | None) -> Verdict:
    if last is not None and first > last:
        return no(_("Finisce prima di cominciare: controlla i giorni."))
    return YES


# The contract -----------------------------------------------------------------------------------------------------


def may_change(by: Actor, programme: Programme) -> Verdict:
    if may_keep(by) and programme.state == ProgrammeState.CLOSED:
        return no(_("Il programma è concluso: per cambiarlo, riaprilo."))
    return may_keep(by)


def may_plan(by: Actor, programme: Programme) -> Verdict:
    return all_of(may_keep(by), in_order(programme.from_day, programme.to_day))


def may_enter(by: Actor, programme: Programme, state: str, *, sheets: int) -> Verdict:
    """It begins with at least one sheet; the coordinator ends and reopens it."""
    moves = all_of(may_sign(by), PROGRAMME_MOVES.may(programme.state, state))
    if moves and state == ProgrammeState.ACTIVE and not sheets:
        return no(_("Aggiungi prima almeno una scheda azione."))
    return moves


def may_have(count: int, most: int) -> Verdict:
    if count > most:
        return no(_("Sono troppi: al massimo %(n)s.") % {"n": most})
    return YES


def may_sign_convention(convention: Convention, *, bodies: int) -> Verdict:
    """Somebody signed it, and it does not end before that."""
    if not bodies and not convention.others.strip():
        return no(_("Scegli o scrivi chi ha firmato."))
    return in_order(convention.signed_on, convention.until)


def may_seat(member: Member) -> Verdict:
    """A colleague, a body (with who sits for it) or a person in words; from a day on."""
    words = bool(member.words.strip())
    if bool(member.user_id) + bool(member.body_id or words) != 1:
        return no(_("Scegli un collega, un ente, oppure scrivi chi è."))
    return in_order(member.from_day, member.to_day)


def may_end_mandate(by: Actor, member: Member, on: dt.date, reason: str) -> Verdict:
    return all_of(
        may_keep(by), in_order(member.from_day, on), is_said(reason, _("Scrivi perché finisce il mandato."))
    )


def may_convene(by: Actor, programme: Programme, *, members: int) -> Verdict:
    """A committee that has members, of a programme that goes on."""
    empty = no(_("Scrivi prima chi fa parte del comitato di attuazione."))
    return all_of(may_change(by, programme), YES if members else empty)


# Sheets -----------------------------------------------------------------------------------------------------------


def may_have_sheet(sheet: ActionSheet) -> Verdict:
    """Within the days of its programme."""
    programme = sheet.programme
    if sheet.from_day < programme.from_day or sheet.to_day > programme.to_day:
        return no(_("I giorni della scheda stanno dentro quelli del programma."))
    return in_order(sheet.from_day, sheet.to_day)


def may_enter_sheet(by: Actor, sheet: ActionSheet, state: str, reason: str) -> Verdict:
    """What stops says why."""
    moves = all_of(may_change(by, sheet.programme), SHEET_MOVES.may(sheet.state, state))
    if moves and state in (SheetState.SUSPENDED, SheetState.DROPPED) and not reason.strip():
        return no(_("Scrivi perché: si legge nel rendiconto."))
    return moves


def may_slip(by: Actor, milestone: Milestone, to_day: dt.date, reason: str) -> Verdict:
    """Another day for what was not reached yet, with its reason."""
    may = may_change(by, milestone.sheet.programme)
    if may and milestone.done_on is not None:
        return no(_("Questa tappa è già raggiunta."))
    if may and to_day == milestone.expected_on:
        return no(_("È già attesa per quel giorno."))
    return all_of(may, is_said(reason, _("Scrivi perché la tappa si sposta.")))


def may_reach(by: Actor, milestone: Milestone, on: dt.date, today: dt.date) -> Verdict:
    late = no(_("Quel giorno deve ancora venire.")) if on > today else YES
    return all_of(may_change(by, milestone.sheet.programme), late)


def may_log(by: Actor, activity: Activity, today: dt.date) -> Verdict:
    """What has been done, within the days of the programme. Hours are of everybody who worked."""
    programme = activity.sheet.programme
    if not (may := may_keep(by)):
        return may
    if programme.state != ProgrammeState.ACTIVE:
        return no(_("Le attività si registrano quando il programma è in corso."))
    if activity.day > today:
        return no(_("Quel giorno deve ancora venire: registra ciò che è già stato fatto."))
    if not programme.from_day <= activity.day <= programme.to_day:
        return no(_("Quel giorno è fuori dal programma."))
    if not 0 <= activity.hours <= MOST_HOURS:
        return no(_("Le ore vanno da 0 a %(n)s.") % {"n": MOST_HOURS})
    return YES


def may_correct(by: Actor, activity: Activity) -> Verdict:
    gone = no(_("Questa attività è annullata.")) if activity.void_reason else YES
    return all_of(may_change(by, activity.sheet.programme), gone)


def may_void(by: Actor, row: Activity | Cost, reason: str) -> Verdict:
    """Crossed out with a reason; what was frozen in a report stays there."""
    gone = no(_("È già annullata.")) if row.void_reason else YES
    return all_of(may_change(by, row.sheet.programme), gone, is_said(reason, _("Scrivi perché si annulla.")))


def may_budget(by: Actor, line: BudgetLine) -> Verdict:
    negative = no(_("Un importo non è negativo.")) if line.amount < 0 else YES
    return all_of(may_change(by, line.sheet.programme), negative)


def may_spend(by: Actor, cost: Cost, today: dt.date) -> Verdict:
    """On a line of the same sheet, and of an activity of the same sheet; only what has been spent."""
    if not (may := may_change(by, cost.sheet.programme)):
        return may
    if cost.amount <= 0:
        return no(_("Scrivi quanto è stato speso."))
    if cost.day > today:
        return no(_("Quel giorno deve ancora venire: registra ciò che è già stato speso."))
    if cost.line.sheet_id != cost.sheet_id or (cost.activity and cost.activity.sheet_id != cost.sheet_id):
        return no(_("Voce di spesa e attività sono della stessa scheda."))
    return YES


def may_measure(by: Actor, indicator: Indicator, *, sources: Sequence[str], kinds: Sequence[str]) -> Verdict:
    """Of what the registry has, narrowed by kinds that it has."""
    if not (may := may_change(by, indicator.sheet.programme)):
        return may
    if indicator.source not in sources:
        return no(_("Scegli che cosa si conta."))
    if set(indicator.kinds) - set(kinds):
        return no(_("Questi tipi non sono di ciò che si conta."))
    if indicator.measure not in Measure.values:
        return no(_("Scegli che numero si prende."))
    return YES
