"""Who may run processes, propose, support, answer and follow, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _

from vicinia.domain.participation.models import Idea, Phase, Process, Result
from vicinia.domain.participation.states import (
    ANSWERED_IDEAS,
    IDEA_MOVES,
    LIVE_IDEAS,
    PROCESS_MOVES,
    RESULT_MOVES,
    IdeaState,
    ProcessState,
    ResultState,
)
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

MOST_PHASES = 20
MOST_MILESTONES = 30


def may_run(by: Actor) -> Verdict:
    if by.can(Capability.RUN_PARTICIPATION):
        return YES
    return forbid(_("La partecipazione è curata dal laboratorio e dal coordinatore."))


def is_said(words: str, sentence: str) -> Verdict:
    return YES if words.strip() else no(sentence)


# Processes --------------------------------------------------------------------------------------------------------


def may_change_process(by: Actor, process: Process) -> Verdict:
    if process.state in (ProcessState.CONCLUDED, ProcessState.STOPPED):
        return no(_("Il processo è finito: per cambiarlo, riaprilo."))
    return may_run(by)


def may_have_phases(count: int) -> Verdict:
    if count > MOST_PHASES:
        return no(_("Un processo ha al massimo %(n)s fasi.") % {"n": MOST_PHASES})
    return YES


def may_have_phase(phase: Phase) -> Verdict:
    if phase.from_day > phase.to_day:
        return no(_("La fase finisce prima di cominciare: controlla i giorni."))
    return YES


def may_enter(by: Actor, process: Process, state: str, *, phases: int, outcome: str) -> Verdict:
    """Opened with at least one phase; ended with words about what came of it."""
    moves = all_of(may_run(by), PROCESS_MOVES.may(process.state, state))
    if moves and state == ProcessState.OPEN and not phases:
        return no(_("Scrivi prima almeno una fase: chi legge vuole sapere quando si decide che cosa."))
    if moves and state != ProcessState.OPEN and not outcome.strip():
        return no(_("Scrivi che cosa ne è uscito: lo leggono tutti."))
    return moves


# Proposals --------------------------------------------------------------------------------------------------------


def takes_ideas(process: Process | None, phases: Iterable[Phase], today: dt.date) -> Verdict:
    """Proposals in no process always; in a process, while it is open and a phase that collects them is on."""
    if process is None:
        return YES
    if process.state == ProcessState.OPEN and any(one.takes_ideas and one.is_on(today) for one in phases):
        return YES
    return no(
        _("In questo processo le proposte non si raccolgono adesso."),
        _("Puoi proporre lo stesso, fuori dal processo."),
    )


def may_propose(by: Actor, *, title: str, text: str) -> Verdict:
    """Anybody at the portal; at the desk, who runs participation."""
    if not title.strip() or not text.strip():
        return no(_("Scrivi un titolo e che cosa proponi."))
    return YES if by.kind is ActorKind.RESIDENT else may_run(by)


def may_correct(by: Actor, idea: Idea) -> Verdict:
    """Slips and names that should not be read, before it is published."""
    if idea.state != IdeaState.DRAFT:
        return no(_("La proposta è già pubblicata: non si cambia più."))
    return may_run(by)


def may_publish(by: Actor, idea: Idea) -> Verdict:
    return all_of(may_run(by), IDEA_MOVES.may(idea.state, IdeaState.PUBLISHED))


def may_take_up(by: Actor, idea: Idea) -> Verdict:
    return all_of(may_run(by), IDEA_MOVES.may(idea.state, IdeaState.EVALUATING))


def may_answer(by: Actor, idea: Idea, state: str, answer: str) -> Verdict:
    """Yes or no, always with reasons."""
    if state not in ANSWERED_IDEAS:
        return no(_("Scegli se la proposta è accolta o no."))
    said = is_said(answer, _("Scrivi i motivi: chi ha proposto li legge."))
    return all_of(may_run(by), IDEA_MOVES.may(idea.state, state), said)


def may_withdraw(by: Actor, idea: Idea) -> Verdict:
    """Its author by the private link; at the desk for them."""
    moves = IDEA_MOVES.may(idea.state, IdeaState.WITHDRAWN)
    is_author = by.kind is ActorKind.RESIDENT and by.only == idea.reference
    return all_of(moves, YES if is_author else may_run(by))


def may_merge(by: Actor, idea: Idea, into: Idea) -> Verdict:
    if idea.pk == into.pk:
        return no(_("È la stessa proposta: scegline un'altra."))
    if into.state not in LIVE_IDEAS:
        return no(_("Si unisce solo a una proposta pubblicata e senza risposta."))
    return all_of(may_run(by), IDEA_MOVES.may(idea.state, IdeaState.MERGED))


def may_support(by: Actor, idea: Idea) -> Verdict:
    """Anybody, while it waits for an answer; at the desk for somebody."""
    if idea.state not in LIVE_IDEAS:
        return no(_("Questa proposta ha già avuto una risposta: il sostegno non serve più."))
    return YES if by.kind is ActorKind.RESIDENT else may_run(by)


def may_renew_link(by: Actor, *, has_author: bool) -> Verdict:
    if not has_author:
        return no(_("Chi propone non ha lasciato un nome: non si sa a chi dare il collegamento."))
    return may_run(by)


# Results ----------------------------------------------------------------------------------------------------------


def may_follow(by: Actor, result: Result, *, state: str, percent: int, words: str) -> Verdict:
    """How far it is, in words too; what is done is done whole."""
    if percent > 100:
        return no(_("Una percentuale va da 0 a 100."))
    if (state == ResultState.DONE) != (percent == 100):
        return no(_("Realizzata vuol dire 100 %, e 100 % vuol dire realizzata."))
    said = is_said(words, _("Scrivi che cosa è successo: lo leggono tutti."))
    moves = YES if state == result.state else RESULT_MOVES.may(result.state, state)
    return all_of(may_run(by), moves, said)


def may_have_milestones(by: Actor, count: int) -> Verdict:
    if count > MOST_MILESTONES:
        return no(_("Un risultato ha al massimo %(n)s tappe.") % {"n": MOST_MILESTONES})
    return may_run(by)
