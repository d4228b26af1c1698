"""What each stage of a case requires, closing included."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.casework.events import TO_APPROVE
from vicinia.domain.casework.models import Case, Commitment, Intervention, Matter, Task
from vicinia.domain.casework.rules.charge import may_work
from vicinia.domain.casework.rules.work import who_committed
from vicinia.domain.casework.states import STAGE_MOVES, STAGE_ORDER, Stage
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, no


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


def may_ask_to_close(by: Actor, case: Case, facts: Progress) -> Verdict:
    """The same as to close, and nobody has asked it yet."""
    if any(matter.kind == TO_APPROVE for matter in facts.matters):
        return no(_("La chiusura è già stata chiesta."), _("Il coordinatore deve ancora rispondere."))
    return may_close(by, case, facts)


def may_close(by: Actor, case: Case, facts: Progress) -> Verdict:
    """Closed only when promises are kept or explained, nothing is left to do and the plan is carried out."""
    return all_of(
        may_work(by, case),
        _nothing_promised(facts),
        _nothing_planned(facts),
        _nothing_to_do(facts),
        _nothing_in_the_way(Stage.CLOSED, facts),
    )
