"""How a case ends, and what may come afterwards."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vicinia.domain.casework.models import Case, ClosingRequest
from vicinia.domain.casework.rules.charge import is_able, may_work
from vicinia.domain.casework.rules.stages import Progress
from vicinia.domain.casework.states import ClosingState, Outcome, OutcomeVerdict, Stage
from vicinia.domain.listening.models import Report
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Sentence, Verdict, all_of, forbid, no

# How a case ends when somebody worked on it: what it became is then looked at before it is closed.
WORKED_ON = (Outcome.SOLVED, Outcome.IMPROVED, Outcome.CONTAINED)


def closing_gaps(case: Case, facts: Progress, outcome: str) -> list[Sentence]:
    """What a good closing has and this one has not: each may be explained, none keeps a case open for ever."""
    gaps: list[Sentence] = []
    if facts.has_reporter and not facts.spoke_with_reporter:
        gaps.append(_("Non risulta che abbiamo parlato con chi ha segnalato."))
    if outcome in WORKED_ON:
        if not facts.carried_out and not facts.commitments:
            gaps.append(_("Non risultano impegni né interventi."))
        if case.stage not in (Stage.ASSESSMENT, Stage.WATCHING):
            gaps.append(_("Il caso non è passato dalla verifica."))
    return gaps


def may_close_with(
    outcome: str, note: str, consultation: str, explanation: str, case: Case, facts: Progress
) -> Verdict:
    """An outcome, what changed, what the reporter thinks of it (or why they could not be asked), and why what lacks lacks."""
    if outcome not in Outcome.values:
        return no(_("Scegli l'esito."))
    if not note.strip():
        return no(_("Scrivi che cosa è cambiato: chi ha segnalato lo leggerà."))
    if facts.has_reporter and not consultation.strip():
        return no(_("Scrivi che cosa ne pensa chi ha segnalato, o perché non è stato possibile sentirlo."))
    gaps = closing_gaps(case, facts, outcome)
    if gaps and not explanation.strip():
        return no(" ".join(str(gap) for gap in gaps), _("Spiega perché si chiude lo stesso."))
    return YES


def needs_approval(by: Actor, *, is_required: bool) -> bool:
    """Whether what `by` asks waits for somebody else. Who assigns answers for their own closings."""
    return is_required and not by.can(Capability.ASSIGN)


def may_answer_closing(by: Actor, request: ClosingRequest) -> Verdict:
    """Who assigns approves or returns, once."""
    if request.state != ClosingState.ASKED:
        return no(_("A questa richiesta di chiusura è già stata data una risposta."))
    return is_able(by, Capability.ASSIGN, _("La chiusura la approva il coordinatore."))


def may_withdraw_closing(by: Actor, request: ClosingRequest) -> Verdict:
    """Who is at work on the case takes the request back while nobody has answered."""
    if request.state != ClosingState.ASKED:
        return no(_("A questa richiesta di chiusura è già stata data una risposta."))
    return may_work(by, request.case)


def may_read_return(by: Actor, request: ClosingRequest) -> Verdict:
    if request.state != ClosingState.RETURNED:
        return no(_("La richiesta di chiusura non è stata restituita."))
    return may_work(by, request.case)


def may_keep_closed(by: Actor, case: Case, reason: str) -> Verdict:
    """New reports came in after closing, and somebody says why it is not the same problem again."""
    if case.is_open:
        return no(_("Il caso è già aperto."))
    if not reason.strip():
        return no(_("Scrivi perché il caso resta chiuso."))
    return is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non lavora sui casi."))


def comes_back(new_reports: int, seen: int, threshold: int) -> bool:
    """Whether enough reports came in since closing, beyond those that somebody has looked at already."""
    return new_reports - seen >= threshold


def may_reopen(by: Actor, case: Case, reason: str) -> Verdict:
    if case.is_open:
        return no(_("Il caso è già aperto."))
    if not reason.strip():
        return no(_("Scrivi perché il caso si riapre."))
    return all_of(
        is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non lavora sui casi.")),
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


def may_answer_contest(by: Actor, case: Case) -> Verdict:
    if case.owner_id == by.user_id or by.can(Capability.ASSIGN):
        return YES
    return forbid(_("Risponde chi ha seguito il caso o il coordinatore."))


def may_note_watch_point(by: Actor, case: Case, is_done: bool) -> Verdict:
    if is_done:
        return no(_("È già stato guardato."))
    if case.is_open:
        return no(_("Il caso è di nuovo aperto."))
    return is_able(by, Capability.WORK_CASES, _("Il tuo ruolo non lavora sui casi."))
