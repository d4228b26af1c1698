"""When a plan may be asked for, stopped, published or discarded; when somebody may be locked in a dwelling."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.mobility.models import Lock, MobilityPlan, Relocation
from vicinia.domain.mobility.rules.relocations import may_run
from vicinia.domain.mobility.states import PLAN_MOVES, Change, PlanKind, PlanState
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, no

MOST_SECONDS = 3600


def _is_open(relocation: Relocation) -> Verdict:
    return YES if relocation.is_open else no(_("Questa mobilità è chiusa: non si pianifica più."))


def _why_given(reason: str) -> Verdict:
    return YES if reason.strip() else no(_("Scrivi il motivo: resta nella storia del piano."))


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What a plan would be made of: households, periods, dwellings that lack measures; the plan that is open already."""

    households: int
    periods: int
    lacking: int
    open_plan: MobilityPlan | None
    has_published: bool = False


def may_ask_plan(by: Actor, relocation: Relocation, facts: PlanFacts, kind: str = PlanKind.PLAN) -> Verdict:
    """One plan is computed at a time, on dwellings whose measures are known."""
    return all_of(
        may_run(by),
        _is_open(relocation),
        _nothing_open(facts.open_plan),
        _is_something(facts),
        _has_to_differ(facts, kind),
    )


def _nothing_open(plan: MobilityPlan | None) -> Verdict:
    if plan is None:
        return YES
    return no(
        _("È già in calcolo il piano %(plan)s: aspetta che finisca, o fermalo.") % {"plan": plan.reference}
    )


def _is_something(facts: PlanFacts) -> Verdict:
    if not facts.households:
        return no(_("Non c'è ancora nessun nucleo: importa i nuclei o apri le schede."))
    if facts.lacking:
        words = ngettext(
            "Manca la metratura o il numero di stanze di %(n)s alloggio.",
            "Mancano la metratura o il numero di stanze di %(n)s alloggi.",
            facts.lacking,
        )
        return no(words % {"n": facts.lacking})
    if facts.periods < 2:
        return no(_("Nessun lavoro rende inabitabile un alloggio: non c'è niente da pianificare."))
    return YES


def _has_to_differ(facts: PlanFacts, kind: str) -> Verdict:
    if kind == PlanKind.REPLAN and not facts.has_published:
        return no(_("Nessun piano è pubblicato: chiedi un piano nuovo."))
    return YES


def may_stop(by: Actor, plan: MobilityPlan) -> Verdict:
    """While it waits or is computed, once."""
    if not plan.is_open:
        return no(_("Il calcolo è già finito."))
    if plan.cancel_asked:
        return no(_("L'hai già fermato: si chiude tra pochi secondi."))
    return may_run(by)


def may_ask_again(by: Actor, plan: MobilityPlan, open_plan: MobilityPlan | None) -> Verdict:
    """What failed or was stopped is computed again on what was frozen then."""
    moves = PLAN_MOVES.may(plan.state, PlanState.QUEUED)
    return all_of(may_run(by), _is_open(plan.relocation), moves, _nothing_open(open_plan))


def is_stale(plan: MobilityPlan) -> bool:
    """Whether works have slipped since its data were read."""
    since = plan.relocation.stale_since
    return since is not None and plan.created_at < since


def is_askable(plan: MobilityPlan) -> bool:
    """Whether a plan may be asked for as a what-if was answered: all others suppose that something was changed first."""
    return plan.kind == PlanKind.WHAT_IF and plan.question.get("change") == Change.NOBODY_OUTSIDE


def may_publish(by: Actor, plan: MobilityPlan) -> Verdict:
    """A proposal made of what is known now; never the answer to a what-if."""
    return all_of(
        may_run(by),
        _is_open(plan.relocation),
        _is_a_plan(plan),
        PLAN_MOVES.may(plan.state, PlanState.PUBLISHED),
        no(_("I lavori sono slittati dopo questa proposta: ripianifica.")) if is_stale(plan) else YES,
    )


def _is_a_plan(plan: MobilityPlan) -> Verdict:
    if plan.kind == PlanKind.WHAT_IF:
        return no(_("È la risposta a una domanda: per averla davvero, chiedi un piano."))
    return YES


def may_discard(by: Actor, plan: MobilityPlan, reason: str) -> Verdict:
    """A proposal that nobody will publish, or what can't be."""
    return all_of(may_run(by), PLAN_MOVES.may(plan.state, PlanState.DISCARDED), _why_given(reason))


def may_ask_why(by: Actor, plan: MobilityPlan) -> Verdict:
    """Of a plan that says who lives where."""
    if plan.state not in (PlanState.PROPOSED, PlanState.PUBLISHED):
        return no(_("Si chiede di una proposta o del piano pubblicato."))
    return may_run(by)


@dataclass(frozen=True, slots=True)
class LockFacts:
    """What stands against a lock: works, somebody else in the same months, another decision, a dwelling that does not suit."""

    is_unit: bool = True
    closed_in: str = ""
    taken_by: str = ""
    decided_already: bool = False
    suits: bool = True
    days_fit: bool = True
    is_past: bool = False


def may_lock(by: Actor, relocation: Relocation, facts: LockFacts, reason: str) -> Verdict:
    """Somebody is put in a dwelling by hand, where that can be."""
    return all_of(
        may_run(by), _is_open(relocation), _months_fit(facts), _place_is_free(facts), _why_given(reason)
    )


def _months_fit(facts: LockFacts) -> Verdict:
    if not facts.days_fit:
        return no(_("Finisce prima di cominciare: controlla i mesi."))
    if facts.is_past:
        return no(_("Un vincolo comincia dal mese prossimo: oggi ognuno è dove abita."))
    if facts.decided_already:
        return no(_("Per questi mesi c'è già un vincolo o un'offerta accettata di questo nucleo."))
    return YES


def _place_is_free(facts: LockFacts) -> Verdict:
    if not facts.is_unit:
        return no(_("Questo alloggio non fa parte della mobilità: aggiungilo prima."))
    if facts.closed_in:
        return no(_("In %(month)s l'alloggio non si può abitare.") % {"month": facts.closed_in})
    if facts.taken_by:
        return no(_("In questi mesi l'alloggio è già di %(who)s.") % {"who": facts.taken_by})
    if not facts.suits:
        return no(_("L'alloggio non è adeguato per questo nucleo, o è stato rifiutato."))
    return YES


def may_lift(by: Actor, lock: Lock) -> Verdict:
    """A lock that still holds."""
    holds = YES if lock.lifted_at is None else no(_("Questo vincolo è già tolto."))
    return all_of(may_run(by), holds)
