"""Who may do what in a case, and when. Facts are passed in; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.casework.models import Case, Commitment, Intervention, Matter, Proposal, Task
from vicinia.domain.casework.states import (
    STAGE_MOVES,
    STAGE_ORDER,
    CommitmentBy,
    CommitmentState,
    InterventionState,
    InterventionWay,
    Outcome,
    OutcomeVerdict,
    ProposalState,
    Stage,
)
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Sentence, Verdict, all_of, forbid, no


@dataclass(frozen=True)
class Progress:
    """What has been done in a case so far, as the rules of its stages need to know it."""

    spoke_with_reporter: bool
    planned: Sequence[Intervention] = ()
    carried_out: int = 0
    open_commitments: Sequence[Commitment] = ()
    commitments: int = 0
    open_tasks: Sequence[Task] = ()
    has_reporter: bool = False
    matters: Sequence[Matter] = ()


def _is_able(by: Actor, capability: Capability, sentence: str) -> Verdict:
    return YES if by.can(capability) else forbid(sentence)


def may_open(by: Actor, legal_basis: str) -> Verdict:
    """Cases of the police regime are opened by who may see them."""
    if legal_basis == LegalBasis.POLICE and not by.can(Capability.SEE_POLICE_CASES):
        return forbid(_("Il tuo ruolo non apre casi di pubblica sicurezza."))
    return _is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non apre casi."))


def may_work(by: Actor, case: Case) -> Verdict:
    """Acts in an open case: by who is in charge, or by who assigns."""
    if not case.is_open:
        return no(_("Il caso è chiuso."), _("Per lavorarci ancora, riaprilo."))
    return all_of(
        _is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non lavora sui casi.")),
        _is_in_charge(by, case),
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
    return _is_able(by, Capability.TAKE_CHARGE, _("Il tuo ruolo non prende in carico casi."))


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
    return _is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non lavora sui casi."))


def may_end_commitment(
    by: Actor, case: Case, commitment: Commitment, state: str, explanation: str
) -> Verdict:
    """A commitment that is not kept is explained."""
    if state in (CommitmentState.NOT_KEPT, CommitmentState.DROPPED) and not explanation.strip():
        return no(_("Scrivi perché l'impegno non è stato mantenuto o non serve più."))
    if commitment.state == state:
        return no(_("L'impegno è già segnato così."))
    return may_work(by, case)


def may_carry_out(by: Actor, case: Case, intervention: Intervention) -> Verdict:
    if intervention.state != InterventionState.PLANNED:
        return no(_("L'intervento è già %(state)s.") % {"state": intervention.get_state_display()})
    return may_work(by, case)


def may_end_task(by: Actor, case: Case, task: Task) -> Verdict:
    if task.done_at is not None:
        return no(_("È già fatto."))
    return YES if task.assignee_id == by.user_id else may_work(by, case)


def may_enter_stage(by: Actor, case: Case, stage: str, facts: Progress) -> Verdict:
    """What each stage requires before it is entered."""
    if stage == Stage.CLOSED:
        return no(_("Un caso si chiude dicendo com'è finita."), _("Usa «Chiudi il caso»."))
    return all_of(may_work(by, case), STAGE_MOVES.may(case.stage, stage), _requirement(stage, case, facts))


def _requirement(stage: str, case: Case, facts: Progress) -> Verdict:
    # Going back to look again needs nothing.
    if STAGE_ORDER.index(Stage(stage)) < STAGE_ORDER.index(Stage(case.stage)):
        return YES
    return all_of(_own_requirement(stage, facts), _nothing_in_the_way(stage, facts))


def _own_requirement(stage: str, facts: Progress) -> Verdict:
    if stage == Stage.ANALYSIS:
        return _has_spoken(facts)
    if stage == Stage.RESPONSE:
        return all_of(_has_spoken(facts), _has_a_plan(facts))
    if stage == Stage.ASSESSMENT:
        return all_of(_nothing_planned(facts), _nothing_promised(facts))
    return _nothing_promised(facts)


def _nothing_in_the_way(stage: str, facts: Progress) -> Verdict:
    """What higher subjects have open on the case holds it before the stage that it blocks."""
    position = STAGE_ORDER.index(Stage(stage))
    for matter in facts.matters:
        if matter.blocks and STAGE_ORDER.index(Stage(matter.blocks)) <= position:
            return no(matter.sentence, _("Concludilo prima di andare avanti."))
    return YES


def open_now(case: Case, matters: Sequence[Matter]) -> list[Matter]:
    """What concerns the case as it stands: not what only holds back stages after the next one."""
    soon = STAGE_ORDER.index(Stage(case.stage)) + 1
    return [
        matter
        for matter in matters
        if matter.due_on or not matter.blocks or STAGE_ORDER.index(Stage(matter.blocks)) <= soon
    ]


def _has_spoken(facts: Progress) -> Verdict:
    if facts.spoke_with_reporter or not facts.has_reporter:
        return YES
    return no(_("Non abbiamo ancora parlato con chi ha segnalato."), _("Registra il primo contatto."))


def _has_a_plan(facts: Progress) -> Verdict:
    if facts.planned or facts.carried_out or facts.commitments:
        return YES
    return no(_("Non c'è ancora un impegno o un intervento previsto."), _("Aggiungine almeno uno."))


def _nothing_planned(facts: Progress) -> Verdict:
    if not facts.planned:
        return YES
    sentence = ngettext(
        "Un intervento previsto è ancora da svolgere: %(what)s.",
        "%(count)s interventi previsti sono ancora da svolgere.",
        len(facts.planned),
    )
    return no(
        sentence % {"count": len(facts.planned), "what": facts.planned[0].what},
        _("Segnalo svolto o annullalo."),
    )


def _nothing_promised(facts: Progress) -> Verdict:
    if not facts.open_commitments:
        return YES
    first = facts.open_commitments[0]
    sentence = ngettext(
        "C'è ancora un impegno aperto (%(who)s).",
        "Ci sono ancora %(count)s impegni aperti.",
        len(facts.open_commitments),
    )
    return no(
        sentence % {"who": who_committed(first), "count": len(facts.open_commitments)},
        _("Segna se è stato mantenuto, o spiega perché no."),
    )


def _nothing_to_do(facts: Progress) -> Verdict:
    if not facts.open_tasks:
        return YES
    return no(
        ngettext(
            "C'è ancora una cosa da fare.", "Ci sono ancora %(count)s cose da fare.", len(facts.open_tasks)
        )
        % {"count": len(facts.open_tasks)},
        _("Falle o segnale come non più necessarie."),
    )


def may_close(by: Actor, case: Case, facts: Progress) -> Verdict:
    """Closed only when promises are kept or explained, nothing is left to do and the plan is carried out."""
    return all_of(
        may_work(by, case),
        _nothing_promised(facts),
        _nothing_planned(facts),
        _nothing_to_do(facts),
        _nothing_in_the_way(Stage.CLOSED, facts),
    )


def may_close_with(outcome: str, note: str, consultation: str, facts: Progress) -> Verdict:
    """An outcome, what changed, and what the reporter thinks of it (or why they could not be asked)."""
    if outcome not in Outcome.values:
        return no(_("Scegli l'esito."))
    if not note.strip():
        return no(_("Scrivi che cosa è cambiato: chi ha segnalato lo leggerà."))
    if facts.has_reporter and not consultation.strip():
        return no(_("Scrivi che cosa ne pensa chi ha segnalato, o perché non è stato possibile sentirlo."))
    return YES


def may_reopen(by: Actor, case: Case, reason: str) -> Verdict:
    if case.is_open:
        return no(_("Il caso è già aperto."))
    if not reason.strip():
        return no(_("Scrivi perché il caso si riapre."))
    return all_of(
        _is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non lavora sui casi.")),
        YES
        if by.covers(case.area_id) or case.owner_id == by.user_id
        else forbid(_("Il caso è di una zona che non segui.")),
    )


def may_reply_outcome(by: Actor, report: Report, case: Case | None, before: str, verdict: str) -> Verdict:
    """The reporter confirms or contests each closing; who confirmed may still contest when it begins again."""
    if by.kind is not ActorKind.RESIDENT or by.ref != f"resident:{report.reference}":
        return forbid(_("Questo collegamento è di un'altra segnalazione."))
    if case is None or case.is_open:
        return no(_("Il caso è ancora aperto: potrai dire la tua quando sarà chiuso."))
    if before == OutcomeVerdict.CONTESTED or before == verdict:
        return no(_("Hai già risposto: se qualcosa cambia, scrivici."))
    return YES


def may_contest_with(verdict: str, words: str) -> Verdict:
    if verdict == OutcomeVerdict.CONTESTED and not words.strip():
        return no(_("Raccontaci che cosa non va: servono poche parole."))
    return YES


def may_reveal(by: Actor, case: Case) -> Verdict:
    return _is_able(by, Capability.REVEAL_PEOPLE, _("Il tuo ruolo non vede i dati delle persone."))


def who_committed(commitment: Commitment) -> Sentence:
    """Whose commitment it is, in words without personal data."""
    if commitment.who:
        return commitment.who
    if commitment.body is not None:
        return commitment.body.name
    if commitment.user is not None:
        return commitment.user.first_name
    return CommitmentBy(commitment.by_whom).label


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


def may_be_given(name: str, *, sees: bool) -> Verdict:
    """Something to do is given only to someone who sees the case: otherwise nobody would ever do it."""
    return YES if sees else no(_("%(name)s non vede questo caso: scegli un'altra persona.") % {"name": name})


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


def may_commit(by_whom: str, who: str, body: PartnerBody | None) -> Verdict:
    """A commitment says whose it is."""
    if by_whom == CommitmentBy.BODY and body is None:
        return no(_("Scegli l'ente che si è impegnato."))
    if by_whom == CommitmentBy.OTHER and not who.strip():
        return no(_("Scrivi di chi è l'impegno, senza nomi: per esempio «famiglia del secondo piano»."))
    return YES


def may_intervene(way: str, body: PartnerBody | None) -> Verdict:
    if way == InterventionWay.PARTNER and body is None:
        return no(_("Scegli l'ente che guida l'intervento."))
    return YES


def may_answer_contest(by: Actor, case: Case) -> Verdict:
    if case.owner_id == by.user_id or by.can(Capability.ASSIGN):
        return YES
    return forbid(_("Risponde chi ha seguito il caso o il coordinatore."))


def may_note_watch_point(by: Actor, case: Case, is_done: bool) -> Verdict:
    if is_done:
        return no(_("È già stato guardato."))
    if case.is_open:
        return no(_("Il caso è di nuovo aperto."))
    return _is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non lavora sui casi."))


def who_sees(case: Case) -> list[str]:
    """Who may see a case, in words: what the page tells under "chi lo vede"."""
    where = case.area.name if case.area else _("tutto il territorio")
    viewers = [_("gli operatori di %(area)s") % {"area": where}, _("il coordinatore")]
    if case.legal_basis == LegalBasis.ADMINISTRATIVE:
        viewers.append(_("il laboratorio di quartiere, per %(area)s") % {"area": where})
    if case.owner is not None:
        viewers.insert(0, _("%(name)s, che lo segue") % {"name": case.owner.name})
    return viewers
