"""What a SARA sheet asks, and who may write it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.casework import rules as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import CaseKind
from vicinia.domain.problems.models import Sheet
from vicinia.domain.problems.states import QUESTIONS, Part
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Sentence, Verdict, forbid, no


@dataclass(frozen=True)
class Thought:
    """How far causes and measures have come."""

    causes: int = 0
    measures: int = 0


def may_begin(by: Actor, case: Case, *, has_sheet: bool) -> Verdict:
    """A sheet is begun once, on a place problem."""
    if case.kind != CaseKind.PLACE:
        return no(
            _("La scheda SARA serve ai problemi di un luogo."),
            _("Se questo lo è, correggi il tipo di caso."),
        )
    if has_sheet:
        return no(_("La scheda c'è già."))
    return casework.may_work(by, case)


def may_write(by: Actor, case: Case) -> Verdict:
    return casework.may_work(by, case)


def may_add_measure(by: Actor, case: Case, *, is_cause_of_sheet: bool) -> Verdict:
    """A measure acts on a cause that the analysis has found."""
    if not is_cause_of_sheet:
        return no(_("Scegli su quale causa agisce."), _("Se manca, aggiungila prima tra le cause."))
    return casework.may_work(by, case)


def may_drop_cause(by: Actor, case: Case, *, measures: int) -> Verdict:
    """A cause on which a measure acts stays: what was done would lose its reason."""
    if measures:
        return no(_("Su questa causa agisce già una misura: resta, come ragione di quello che si è fatto."))
    return casework.may_work(by, case)


def missing(sheet: Sheet, part: str, thought: Thought) -> list[Sentence]:
    """What a part of the sheet still lacks, in words."""
    lacks: list[Sentence] = [
        question.label for question in QUESTIONS[part] if not getattr(sheet, question.name).strip()
    ]
    if part == Part.ANALYSIS and not thought.causes:
        lacks.append(_("almeno una causa"))
    if part == Part.RESPONSE and not thought.measures:
        lacks.append(_("almeno una misura legata a una causa"))
    return lacks


def may_see(by: Actor, case: Case) -> Verdict:
    """Whoever may see cases prints the sheet of one that they see: it names nobody."""
    if by.can(Capability.SEE_CASES):
        return YES
    return forbid(_("Il tuo ruolo non vede i casi."))
