"""Who may open a case, take it in charge, propose it, put reports in it, work in it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vicinia.domain.casework.models import Case, Proposal
from vicinia.domain.casework.states import ProposalState
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no


def is_able(by: Actor, capability: Capability, sentence: str) -> Verdict:
    return YES if by.can(capability) else forbid(sentence)


def may_open(by: Actor, legal_basis: str) -> Verdict:
    """Cases of the police regime are opened by who may see them."""
    if legal_basis == LegalBasis.POLICE and not by.can(Capability.SEE_POLICE_CASES):
        return forbid(_("Il tuo ruolo non apre casi di pubblica sicurezza."))
    return is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non apre casi."))


def may_work(by: Actor, case: Case) -> Verdict:
    """Acts in an open case: by who is in charge, or by who assigns."""
    if not case.is_open:
        return no(_("Il caso è chiuso."), _("Per lavorarci ancora, riaprilo."))
    return all_of(
        is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non lavora sui casi.")), _is_in_charge(by, case)
    )


def _is_in_charge(by: Actor, case: Case) -> Verdict:
    if case.owner_id is None:
        return no(
            _("Nessuno ha ancora preso in carico il caso."), _("Prendilo in carico, poi potrai lavorarci.")
        )
    if case.owner_id == by.user_id or by.can(Capability.ASSIGN):
        return YES
    # A colleague of the area helps out (a contact on the street, a note); the one in charge stays the same.
    if by.covers(case.area_id):
        return YES
    return forbid(_("Il caso è seguito da %(name)s in un'altra zona.") % {"name": case.owner})


def may_take_charge(by: Actor, case: Case) -> Verdict:
    """One person is in charge; a second who tries is told who, unless the first has no access any more."""
    if by.user_id is None:
        return forbid(_("Un caso lo segue una persona, non un programma."))
    if not case.is_open:
        return no(_("Il caso è chiuso."))
    if case.owner_id == by.user_id:
        return no(_("Lo segui già tu."))
    if case.owner is not None and case.owner.is_active:
        return no(
            _("Lo segue già %(name)s.") % {"name": case.owner},
            _("Per cambiare referente si fa un passaggio di consegne."),
        )
    return is_able(by, Capability.TAKE_CHARGE, _("Il tuo ruolo non prende in carico casi."))


def may_propose(by: Actor, case: Case, open_proposal: Proposal | None) -> Verdict:
    """A coordinator, or who is in charge, proposes the case to someone, one proposal at a time."""
    if not case.is_open:
        return no(_("Il caso è chiuso."))
    if open_proposal is not None:
        return no(
            _("È già stato proposto a %(name)s, che non ha ancora risposto.") % {"name": open_proposal.to}
        )
    if case.owner_id == by.user_id or by.can(Capability.ASSIGN):
        return YES
    return forbid(_("Lo propone ad altri chi lo segue o il coordinatore."))


def may_answer_proposal(by: Actor, proposal: Proposal) -> Verdict:
    """Only the person asked accepts or declines."""
    if proposal.to_id != by.user_id:
        return forbid(_("La proposta è per %(name)s.") % {"name": proposal.to})
    if proposal.state != ProposalState.PROPOSED:
        return no(_("A questa proposta è già stata data una risposta."))
    return YES


def may_link(by: Actor, case: Case, report: Report, other_case: Case | None) -> Verdict:
    """A report enters an open case of the same regime, if it is in none."""
    if other_case is not None:
        return no(_("La segnalazione è già nel caso %(case)s.") % {"case": other_case.reference})
    if report.legal_basis != case.legal_basis:
        return no(
            _("La segnalazione e il caso hanno basi giuridiche diverse: i loro dati non si mescolano."),
            _("Correggi la base giuridica della segnalazione, se è sbagliata."),
        )
    if not case.is_open:
        return no(_("Il caso è chiuso."), _("Per aggiungere segnalazioni, riaprilo."))
    return is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non lavora sui casi."))


def may_reveal(by: Actor, case: Case) -> Verdict:
    return is_able(by, Capability.REVEAL_PEOPLE, _("Il tuo ruolo non vede i dati delle persone."))


def must_say_why(reason: str) -> Verdict:
    return YES if reason.strip() else no(_("Scrivi il motivo."))


def may_be_proposed(to: Actor, case: Case) -> Verdict:
    """A case is proposed only to someone who may take charge of it and see its regime."""
    if not to.can(Capability.TAKE_CHARGE):
        return no(_("%(name)s non può prendere in carico casi.") % {"name": to.name})
    if case.legal_basis == LegalBasis.POLICE and not to.can(Capability.SEE_POLICE_CASES):
        return no(_("%(name)s non può vedere casi di pubblica sicurezza.") % {"name": to.name})
    if to.user_id == case.owner_id:
        return no(_("%(name)s lo segue già.") % {"name": to.name})
    return YES


def may_withdraw(by: Actor, proposal: Proposal) -> Verdict:
    """Who proposed takes the proposal back, or who assigns, while there is no answer."""
    if proposal.state != ProposalState.PROPOSED:
        return no(_("A questa proposta è già stata data una risposta."))
    if proposal.by_ref == by.ref or by.can(Capability.ASSIGN):
        return YES
    return forbid(_("La ritira chi l'ha fatta o il coordinatore."))


def may_move_regime(owner: Actor | None, legal_basis: str) -> Verdict:
    """A case moves to the police side only with an operator in charge who may see it there."""
    if owner is None or legal_basis != LegalBasis.POLICE or owner.can(Capability.SEE_POLICE_CASES):
        return YES
    return no(
        _("%(name)s, che segue il caso, non può vedere casi di pubblica sicurezza.") % {"name": owner.name},
        _("Proponilo prima a un collega che può."),
    )


def may_unlink(is_in_case: bool, report_count: int) -> Verdict:
    if not is_in_case:
        return no(_("La segnalazione non è in questo caso."))
    if report_count <= 1:
        return no(_("Un caso tiene almeno una segnalazione."), _("Se il caso non serve, chiudilo."))
    return YES


def who_sees(case: Case) -> list[str]:
    """Who may see a case, in words: what the page tells under "chi lo vede"."""
    where = case.area.name if case.area else _("tutto il territorio")
    viewers = [_("gli operatori di %(area)s") % {"area": where}, _("il coordinatore")]
    if case.legal_basis == LegalBasis.ADMINISTRATIVE:
        viewers.append(_("il laboratorio di quartiere, per %(area)s") % {"area": where})
    if case.owner is not None:
        viewers.insert(0, _("%(name)s, che lo segue") % {"name": case.owner.name})
    return viewers
