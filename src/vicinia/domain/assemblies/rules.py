"""Who may call, open, write up and follow an assembly, and when."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.assemblies.models import Amendment, Assembly, Minutes, Resolution
from vicinia.domain.assemblies.states import (
    AMENDMENT_MOVES,
    ASSEMBLY_MOVES,
    MINUTES_MOVES,
    RESOLUTION_MOVES,
    AmendmentState,
    AssemblyKind,
    AssemblyState,
    MinutesStage,
    QuorumRule,
    ResolutionState,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no
from vicinia.foundation.look import dates

MOST_POINTS = 30
MOST_SEATS = 100
MOST_AMENDMENTS = 200


def may_run(by: Actor) -> Verdict:
    if by.can(Capability.RUN_PARTICIPATION):
        return YES
    return forbid(_("Le assemblee sono curate dal laboratorio e dal coordinatore."))


def may_set_rules(by: Actor) -> Verdict:
    if by.can(Capability.ASSIGN) or by.can(Capability.MANAGE_SETTINGS):
        return YES
    return forbid(_("Le regole di convocazione le cambia il coordinatore o l'amministratore."))


def may_have_rule(quorum_rule: str, quorum_value: int, second_value: int | None) -> Verdict:
    """A share is a percentage; what is asked at the second call is not more than at the first."""
    if quorum_rule == QuorumRule.SHARE and quorum_value > 100:
        return no(_("Una percentuale va da 0 a 100."))
    if second_value is not None and second_value > quorum_value:
        return no(_("Alla seconda convocazione non si chiedono più presenti che alla prima."))
    return YES


# Notice and quorum ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Notice:
    """How much notice a call gives, and how much is asked for."""

    given: int
    asked: int
    is_binding: bool
    reason: str = ""

    @property
    def is_short(self) -> bool:
        return self.given < self.asked


def notice_of(assembly: Assembly, today: dt.date) -> Notice:
    """The notice that a call today would give."""
    given = (assembly.day - today).days
    return Notice(
        given, assembly.notice_days, assembly.is_notice_binding, assembly.short_notice_reason.strip()
    )


def may_notify(notice: Notice, today: dt.date) -> Verdict:
    """Enough days of notice; where they do not bind, fewer with a reason that everybody reads."""
    if notice.given < 0:
        return no(_("Il giorno è già passato: cambialo prima di convocare."))
    if not notice.is_short or (not notice.is_binding and notice.reason):
        return YES
    asked = ngettext(
        "Serve almeno %(n)s giorno di avviso.", "Servono almeno %(n)s giorni di avviso.", notice.asked
    ) % {"n": notice.asked}
    if notice.is_binding:
        first = dates.full_day_words(today + dt.timedelta(days=notice.asked))
        return no(asked, _("Il primo giorno possibile è %(day)s.") % {"day": first})
    return no(asked, _("Sposta il giorno, oppure scrivi perché convochi con meno giorni."))


def needed(assembly: Assembly) -> int:
    """How many must be there at the call that is valid now."""
    value = assembly.quorum_value
    if assembly.is_second_call and assembly.second_value is not None:
        value = assembly.second_value
    if assembly.quorum_rule == QuorumRule.NONE:
        return 0
    if assembly.quorum_rule == QuorumRule.NUMBER:
        return value
    return math.ceil(assembly.entitled * value / 100)


def has_quorum(assembly: Assembly, present: int) -> Verdict:
    """Whether so many are enough for what is decided to count."""
    least = needed(assembly)
    if present >= least:
        return YES
    sentence = ngettext(
        "Manca il numero legale: i presenti sono %(present)s, ne serve %(n)s.",
        "Manca il numero legale: i presenti sono %(present)s, ne servono %(n)s.",
        least,
    )
    return no(sentence % {"present": present, "n": least})


# The call ---------------------------------------------------------------------------------------------------------


def may_plan(by: Actor, assembly: Assembly) -> Verdict:
    """Hours and days that make sense, and who is entitled where a share of them is asked for."""
    if assembly.from_time >= assembly.to_time:
        return no(_("Finisce prima di cominciare: controlla le ore."))
    if bool(assembly.second_day) != bool(assembly.second_time):
        return no(_("Per la seconda convocazione servono il giorno e l'ora."))
    if assembly.second_day and assembly.second_time:
        first = (assembly.day, assembly.from_time)
        if (assembly.second_day, assembly.second_time) <= first:
            return no(_("La seconda convocazione viene dopo la prima: controlla giorno e ora."))
    return may_run(by)


def may_change(by: Actor, assembly: Assembly) -> Verdict:
    """Day, place, agenda and seats: while it is being prepared. What was called is called off and called anew."""
    if assembly.state != AssemblyState.DRAFT:
        return no(
            _("È già convocata: non si cambia più."), _("Se cambia qualcosa, annullala e convocala di nuovo.")
        )
    return may_run(by)


def may_have_points(count: int) -> Verdict:
    if count > MOST_POINTS:
        return no(_("Un ordine del giorno ha al massimo %(n)s punti.") % {"n": MOST_POINTS})
    return YES


def may_have_seats(count: int) -> Verdict:
    if count > MOST_SEATS:
        return no(_("Per nome si convocano al massimo %(n)s persone.") % {"n": MOST_SEATS})
    return YES


def may_call(by: Actor, assembly: Assembly, *, points: int, entitled: int, today: dt.date) -> Verdict:
    """With an agenda, notice, and the number of those entitled if a share of them must be there."""
    moves = ASSEMBLY_MOVES.may(assembly.state, AssemblyState.CALLED)
    if not points:
        return all_of(may_run(by), moves, no(_("Scrivi prima l'ordine del giorno.")))
    if assembly.quorum_rule == QuorumRule.SHARE and not entitled:
        return all_of(may_run(by), moves, no(_("Scrivi prima quanti sono gli aventi diritto.")))
    return all_of(may_run(by), moves, may_notify(notice_of(assembly, today), today))


def may_cancel(by: Actor, assembly: Assembly, reason: str) -> Verdict:
    moves = ASSEMBLY_MOVES.may(assembly.state, AssemblyState.CANCELLED)
    return all_of(may_run(by), moves, YES if reason.strip() else no(_("Scrivi perché: lo leggono tutti.")))


# The day ----------------------------------------------------------------------------------------------------------


def may_mark(by: Actor, assembly: Assembly) -> Verdict:
    """Who of those called by name is there: from the call until the minutes are written up as official."""
    if assembly.state not in (AssemblyState.CALLED, AssemblyState.HELD):
        return no(_("Le presenze si segnano dopo la convocazione."))
    return may_run(by)


def is_the_day(assembly: Assembly, today: dt.date) -> Verdict:
    if assembly.meets_on > today:
        return no(_("È convocata per un altro giorno."))
    return YES


def may_begin(by: Actor, assembly: Assembly, today: dt.date) -> Verdict:
    """Whether who is there may be counted at all."""
    moves = ASSEMBLY_MOVES.may(assembly.state, AssemblyState.HELD)
    return all_of(may_run(by), moves, is_the_day(assembly, today))


def may_open(
    by: Actor, assembly: Assembly, *, present: int, chair: str, secretary: str, today: dt.date
) -> Verdict:
    """On its day, with somebody in the chair and somebody who writes, and with enough people."""
    if assembly.kind != AssemblyKind.WORKSHOP and not (chair.strip() and secretary.strip()):
        named = no(_("Scrivi chi presiede e chi scrive il verbale."))
    else:
        named = YES
    return all_of(may_begin(by, assembly, today), named, has_quorum(assembly, present))


def may_desert(by: Actor, assembly: Assembly, *, present: int, today: dt.date) -> Verdict:
    """Only where too few came; with a second call to come, it is that one which is valid from now on."""
    moves = ASSEMBLY_MOVES.may(assembly.state, AssemblyState.DESERTED)
    enough = no(_("Il numero legale c'è: apri l'assemblea.")) if has_quorum(assembly, present) else YES
    return all_of(may_run(by), moves, is_the_day(assembly, today), enough)


# Minutes ----------------------------------------------------------------------------------------------------------


def may_write(by: Actor, minutes: Minutes, text: str) -> Verdict:
    if minutes.is_validated:
        return no(_("Il verbale è approvato: non si cambia più."))
    return may_run(by) if text.strip() else no(_("Il verbale non può restare vuoto."))


def may_stage(by: Actor, minutes: Minutes, stage: str) -> Verdict:
    return all_of(may_run(by), MINUTES_MOVES.may(minutes.stage, stage))


def may_open_amendments(by: Actor, minutes: Minutes, until: dt.date, today: dt.date) -> Verdict:
    late = no(_("Lascia almeno un giorno per leggere e correggere.")) if until <= today else YES
    return all_of(may_stage(by, minutes, MinutesStage.AMENDING), late)


def may_amend(minutes: Minutes, words: str, *, there: int, today: dt.date) -> Verdict:
    """Anybody who was given the draft to read, until the term."""
    until = minutes.amendments_until
    if minutes.stage != MinutesStage.AMENDING or until is None or until < today:
        return no(_("Il tempo per chiedere correzioni è finito o non è ancora cominciato."))
    if there >= MOST_AMENDMENTS:
        return no(_("Sono già arrivate molte correzioni: telefonaci."))
    return YES if words.strip() else no(_("Scrivi che cosa va corretto."))


def is_amending(minutes: Minutes) -> Verdict:
    if minutes.stage != MinutesStage.AMENDING:
        return no(_("Apri prima le correzioni: da quel momento la bozza si può leggere."))
    return YES


def may_settle(by: Actor, amendment: Amendment, state: str, answer: str) -> Verdict:
    """Accepted or not; a no says why."""
    if state == AmendmentState.REJECTED and not answer.strip():
        return no(_("Scrivi perché la correzione non è accolta."))
    return all_of(may_run(by), AMENDMENT_MOVES.may(amendment.state, state))


def may_validate(by: Actor, minutes: Minutes, *, unsettled: int, today: dt.date) -> Verdict:
    """After the term for amendments, each of which has been answered."""
    moves = may_stage(by, minutes, MinutesStage.VALIDATED)
    if moves and minutes.amendments_until is not None and minutes.amendments_until >= today:
        until = dates.full_day_words(minutes.amendments_until)
        return no(_("Si possono chiedere correzioni fino a %(day)s.") % {"day": until})
    if moves and unsettled:
        return no(_("Rispondi prima alle correzioni chieste."))
    return moves


# Decisions --------------------------------------------------------------------------------------------------------


def may_decide(by: Actor, assembly: Assembly, *, is_validated: bool) -> Verdict:
    """What was decided is written until the minutes are approved; afterwards it is only followed."""
    if assembly.state != AssemblyState.HELD:
        return no(_("Le decisioni si scrivono quando l'assemblea è aperta."))
    if is_validated:
        return no(_("Il verbale è approvato: le decisioni non si cambiano più."))
    return may_run(by)


@dataclass(frozen=True)
class Votes:
    """How many were for, against, and neither; None where nobody counted."""

    given_for: int | None
    against: int | None
    abstained: int | None

    @property
    def all(self) -> tuple[int | None, int | None, int | None]:
        return self.given_for, self.against, self.abstained


def may_count(votes: Votes, present: int | None) -> Verdict:
    """All three numbers or none, and not more votes than people."""
    given = [one for one in votes.all if one is not None]
    if given and len(given) < len(votes.all):
        return no(_("Scrivi tutti e tre i numeri: favorevoli, contrari e astenuti."))
    if present is not None and sum(given) > present:
        return no(_("I voti sono più dei presenti: controlla i numeri."))
    return YES


def has_one_owner(*, user: bool, body: bool, words: bool) -> Verdict:
    if user + body + words == 1:
        return YES
    return no(_("Scegli chi la attua: un collega, un ente, o scrivilo."))


def may_follow(by: Actor, resolution: Resolution, state: str, note: str) -> Verdict:
    """Who runs assemblies, and whose it is. What is not done any more says why."""
    if not by.can(Capability.RUN_PARTICIPATION) and (
        resolution.owner_user_id is None or resolution.owner_user_id != by.user_id
    ):
        return forbid(_("Questa decisione la segue chi la attua."))
    if state == ResolutionState.DROPPED and not note.strip():
        return no(_("Scrivi perché non si fa più."))
    if state == resolution.state:
        return YES if note.strip() else no(_("Scrivi a che punto è."))
    return RESOLUTION_MOVES.may(resolution.state, state)
