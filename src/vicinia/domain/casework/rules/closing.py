"""How a case ends, and what may come afterwards."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vicinia.domain.casework.models import Case
from vicinia.domain.casework.rules.charge import is_able
from vicinia.domain.casework.rules.stages import Progress
from vicinia.domain.casework.states import Outcome, OutcomeVerdict
from vicinia.domain.listening.models import Report
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no


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
