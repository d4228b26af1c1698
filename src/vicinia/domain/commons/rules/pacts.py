"""How a pact is proposed, weighed, written together, signed, reported on and ended."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.commons.models import Pact
from vicinia.domain.commons.rules import is_said, may_run
from vicinia.domain.commons.states import OPEN_PACTS, PACT_MOVES, PactState, PromiseSide
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, no

MOST_PROMISES = 40
MOST_PARTIES = 60


@dataclass(frozen=True)
class PactFacts:
    """Which sides promise something, and how many sign."""

    sides: frozenset[str]
    parties: int


def may_propose(by: Actor, *, title: str, goals: str, months: int) -> Verdict:
    """Anybody at the portal; at the desk, who runs participation."""
    if not title.strip() or not goals.strip():
        return no(_("Scrivi un titolo e che cosa si vuole ottenere."))
    if months < 1:
        return no(_("Un patto dura almeno un mese."))
    return YES if by.kind is ActorKind.RESIDENT else may_run(by)


def may_write(by: Actor, pact: Pact) -> Verdict:
    """Until it is signed."""
    if pact.state not in OPEN_PACTS:
        return no(_("Il patto è firmato o finito: il testo non cambia più."))
    return may_run(by)


def may_have_promises(count: int) -> Verdict:
    if count > MOST_PROMISES:
        return no(_("Un patto ha al massimo %(n)s impegni.") % {"n": MOST_PROMISES})
    return YES


def may_have_parties(count: int) -> Verdict:
    if count > MOST_PARTIES:
        return no(_("Un patto ha al massimo %(n)s firme.") % {"n": MOST_PARTIES})
    return YES


def may_publish(by: Actor, pact: Pact) -> Verdict:
    return all_of(may_run(by), PACT_MOVES.may(pact.state, PactState.PUBLISHED))


def may_assess(by: Actor, pact: Pact, words: str) -> Verdict:
    said = is_said(words, _("Scrivi che cosa ne pensano gli uffici: lo leggono tutti."))
    return all_of(may_run(by), PACT_MOVES.may(pact.state, PactState.ASSESSED), said)


def may_finish_design(by: Actor, pact: Pact, facts: PactFacts) -> Verdict:
    """A pact is two-sided: both promise something, and what may go wrong is thought of."""
    moves = all_of(may_run(by), PACT_MOVES.may(pact.state, PactState.CODESIGNED))
    if moves and facts.sides != frozenset(PromiseSide.values):
        return no(_("Serve almeno un impegno degli abitanti e uno del Comune."))
    if moves and not all(
        (pact.public_use.strip(), pact.insurance.strip(), pact.monitoring.strip(), pact.exclusion.strip())
    ):
        return no(
            _("Mancano ancora dei testi: uso di tutti, assicurazione, controllo, quando finisce prima.")
        )
    return moves


def may_sign(by: Actor, pact: Pact, *, on: dt.date, today: dt.date, parties: int) -> Verdict:
    moves = all_of(may_run(by), PACT_MOVES.may(pact.state, PactState.SIGNED))
    if moves and not parties:
        return no(_("Scrivi prima chi firma per gli abitanti."))
    if moves and on > today:
        return no(_("Il giorno della firma non è ancora arrivato."))
    return moves


def may_begin(by: Actor, pact: Pact, *, starts_on: dt.date) -> Verdict:
    moves = all_of(may_run(by), PACT_MOVES.may(pact.state, PactState.ACTIVE))
    if moves and pact.state != PactState.SIGNED:
        return no(_("Un patto rendicontato si rinnova."))
    if moves and pact.signed_on is not None and starts_on < pact.signed_on:
        return no(_("Il patto comincia dopo la firma."))
    return moves


def may_report(by: Actor, pact: Pact, *, year: int, today: dt.date, has_one: bool, words: str) -> Verdict:
    """Once a year, about a year in which it was at work."""
    if pact.state not in (PactState.ACTIVE, PactState.REPORTED) or pact.starts_on is None:
        return no(_("Si rendiconta un patto attivo."))
    if not pact.starts_on.year <= year <= today.year:
        return no(_("In quell'anno il patto non c'era."))
    if has_one:
        return no(_("Il rendiconto di quell'anno c'è già."))
    return all_of(may_run(by), is_said(words, _("Scrivi che cosa si è fatto.")))


def may_renew(by: Actor, pact: Pact, *, months: int) -> Verdict:
    """After its report: what came of it is said before it goes on."""
    if pact.state != PactState.REPORTED:
        return no(_("Prima di rinnovare serve il rendiconto."))
    if months < 1:
        return no(_("Un patto dura almeno un mese."))
    return may_run(by)


def may_end(by: Actor, pact: Pact, state: str, reason: str) -> Verdict:
    """Close, refuse or take it back; always with a reason."""
    said = is_said(reason, _("Scrivi i motivi: li legge chi ha proposto."))
    return all_of(may_run(by), PACT_MOVES.may(pact.state, state), said)
