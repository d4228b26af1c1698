"""Who may ask for a mediation, and what its mediator may do when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.casework import rules as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.mediation.models import Check, MediationFile
from vicinia.domain.mediation.states import (
    MEDIATION_MOVES,
    TALKING,
    WITH_AGREEMENT,
    WRITING_TERMS,
    Kept,
    MediationState,
    is_whole,
    reasons_against,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no


@dataclass(frozen=True)
class SideHeard:
    """How far one party was heard alone: whether there was a talk, and what was answered."""

    name: str
    has_talk: bool
    answers: Mapping[str, str]


@dataclass(frozen=True)
class WhoItIs:
    """A party as the operator gives it: somebody of the case, or words."""

    person_id: int | None = None
    words: str = ""

    @property
    def is_said(self) -> bool:
        return self.person_id is not None or bool(self.words.strip())


# The operator's side ----------------------------------------------------------------------------------------------


def may_ask(by: Actor, case: Case, *, has_open: bool) -> Verdict:
    """By who works on the case; never in the police regime, one at a time."""
    if case.legal_basis == LegalBasis.POLICE:
        return no(_("In un caso di pubblica sicurezza non si chiede una mediazione."))
    if has_open:
        return no(_("In questo caso c'è già una mediazione aperta."))
    return casework.may_work(by, case)


def may_mediate(name: str, *, can: bool) -> Verdict:
    return YES if can else no(_("%(name)s non può mediare: scegli un altro mediatore.") % {"name": name})


def may_be_parties(first: WhoItIs, second: WhoItIs) -> Verdict:
    """Two, told apart."""
    if not (first.is_said and second.is_said):
        return no(_("Indica tutte e due le parti: una persona del caso, o chi è in parole."))
    if first.person_id is not None and first.person_id == second.person_id:
        return no(_("Le due parti sono la stessa persona."))
    return YES


def may_replace(by: Actor, file: MediationFile, *, can_still: bool) -> Verdict:
    """Another mediator is chosen from outside only when the first has no access any more."""
    if not file.is_open:
        return no(_("La mediazione è già finita."))
    if can_still:
        return no(
            _("%(name)s la segue ancora: la passa ad altri solo chi media.") % {"name": file.mediator.name}
        )
    return casework.may_work(by, file.case)


def may_withdraw(by: Actor, file: MediationFile) -> Verdict:
    """By the mediator, or by who works on the case, before there is an agreement."""
    may = MEDIATION_MOVES.may(file.state, MediationState.WITHDRAWN)
    if is_mediator(by, file):
        return may
    return all_of(may, casework.may_work(by, file.case))


def may_read_end(by: Actor, file: MediationFile) -> Verdict:
    if file.is_open:
        return no(_("La mediazione è ancora aperta."))
    if not by.can(Capability.WORK_CASES):
        return forbid(_("Il tuo ruolo non lavora sui casi."))
    return YES


# The mediator's side ----------------------------------------------------------------------------------------------


def is_mediator(by: Actor, file: MediationFile) -> Verdict:
    if by.can(Capability.MEDIATE) and by.user_id == file.mediator_id:
        return YES
    return forbid(_("Il fascicolo è solo di chi media."))


def may_move(by: Actor, file: MediationFile, state: str) -> Verdict:
    return all_of(is_mediator(by, file), MEDIATION_MOVES.may(file.state, state))


def may_decline(by: Actor, file: MediationFile, because: str) -> Verdict:
    may = may_move(by, file, MediationState.DECLINED)
    return may if because else all_of(may, no(_("Scegli perché non puoi.")))


def may_reach(by: Actor, file: MediationFile) -> Verdict:
    """Contacts of the parties are shown while the mediation is open."""
    return all_of(
        is_mediator(by, file),
        YES if file.is_open else no(_("La mediazione è finita: i recapiti non servono.")),
    )


def may_note(by: Actor, file: MediationFile) -> Verdict:
    """Talks and meetings are written down once it is accepted, until it ends."""
    if file.state == MediationState.REQUESTED:
        return all_of(is_mediator(by, file), no(_("Prima accetta la mediazione.")))
    return all_of(
        is_mediator(by, file), YES if file.state in TALKING else no(_("La mediazione è già finita."))
    )


def may_ask_suitability(by: Actor, file: MediationFile) -> Verdict:
    """The questions are asked before the parties meet, and again if something comes out."""
    if file.state not in (MediationState.FIRST_TALKS, MediationState.SESSIONS):
        return all_of(is_mediator(by, file), no(_("Queste domande si fanno prima di un accordo.")))
    return is_mediator(by, file)


def may_bring_together(by: Actor, file: MediationFile, heard: Sequence[SideHeard]) -> Verdict:
    """Only parties heard alone, whose answers say that it suits, meet each other."""
    for side in heard:
        if not side.has_talk:
            return all_of(
                is_mediator(by, file),
                no(_("Prima senti da sola la %(party)s, e scrivi quando.") % {"party": side.name}),
            )
        if not is_whole(side.answers):
            return all_of(
                is_mediator(by, file),
                no(
                    _("Mancano delle risposte della %(party)s: senza, non si sa se è adatta.")
                    % {"party": side.name}
                ),
            )
        if reasons_against(side.answers):
            return all_of(
                is_mediator(by, file),
                no(
                    _("Le risposte della %(party)s dicono che la mediazione non è adatta.")
                    % {"party": side.name},
                    _("Chiudila come non adatta, e scegli una via d'uscita."),
                ),
            )
    return may_move(by, file, MediationState.SESSIONS)


def may_find_unsuitable(by: Actor, file: MediationFile, because: str, way_out: str) -> Verdict:
    """Never without a way out for the operator."""
    may = may_move(by, file, MediationState.NOT_SUITABLE)
    if because and way_out:
        return may
    return all_of(may, no(_("Scegli perché non è adatta e che cosa fare invece.")))


def may_write_terms(by: Actor, file: MediationFile) -> Verdict:
    """Terms are written while the parties talk, until they sign."""
    if file.state in WRITING_TERMS:
        return is_mediator(by, file)
    return all_of(
        is_mediator(by, file), no(_("I patti si scrivono durante gli incontri, prima della firma."))
    )


def may_agree(by: Actor, file: MediationFile, *, terms: int) -> Verdict:
    may = may_move(by, file, MediationState.AGREED)
    return may if terms else all_of(may, no(_("Scrivi prima almeno un patto.")))


def may_print(by: Actor, file: MediationFile) -> Verdict:
    if file.state in WITH_AGREEMENT:
        return is_mediator(by, file)
    return all_of(is_mediator(by, file), no(_("Non c'è ancora un accordo da stampare.")))


def may_sign(by: Actor, file: MediationFile, *, signed_on: dt.date, today: dt.date, terms: int) -> Verdict:
    """Signed by both, on a day that has come."""
    may = may_move(by, file, MediationState.CHECKING)
    if signed_on > today:
        return all_of(may, no(_("Il giorno della firma non può essere nel futuro.")))
    return may if terms else all_of(may, no(_("Scrivi prima almeno un patto.")))


def may_check(by: Actor, file: MediationFile, check: Check) -> Verdict:
    if file.state != MediationState.CHECKING:
        return all_of(is_mediator(by, file), no(_("L'accordo non è in verifica.")))
    if check.done_on is not None:
        return all_of(is_mediator(by, file), no(_("Questa verifica è già fatta.")))
    return is_mediator(by, file)


def may_finish(by: Actor, file: MediationFile, state: str, checks: Sequence[Check]) -> Verdict:
    """Kept: every check is done and the last is good. Not kept: a check has said so."""
    may = may_move(by, file, state)
    done = [check for check in checks if check.done_on is not None]
    if state == MediationState.NOT_KEPT:
        has_failed = any(check.kept != Kept.YES for check in done)
        return (
            may if has_failed else all_of(may, no(_("Nessuna verifica dice che l'accordo non è rispettato.")))
        )
    if len(done) < len(checks):
        return all_of(may, no(_("Mancano ancora delle verifiche.")))
    if checks and checks[-1].kept == Kept.NO:
        return all_of(may, no(_("L'ultima verifica dice che l'accordo non è rispettato.")))
    return may


def may_plan(by: Actor, file: MediationFile, *, next_on: dt.date, today: dt.date) -> Verdict:
    """The next step has a day, from today on."""
    if next_on < today:
        return all_of(may_note(by, file), no(_("Scegli un giorno da oggi in poi.")))
    return may_note(by, file)


def may_go_on_elsewhere(by: Actor, file: MediationFile) -> Verdict:
    """The mediator alone passes it on, while it is open."""
    return all_of(is_mediator(by, file), YES if file.is_open else no(_("La mediazione è già finita.")))


def may_pass(by: Actor, file: MediationFile, *, to_user_id: int, to_name: str, can: bool) -> Verdict:
    """To another who mediates."""
    may = may_go_on_elsewhere(by, file)
    if to_user_id == file.mediator_id:
        return all_of(may, no(_("La segui già tu.")))
    return all_of(may, may_mediate(to_name, can=can))
