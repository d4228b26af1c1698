"""Who accompanies a household; accord, removal, what is open at the end."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.mobility.models import Accord, RehousingFile, Removal
from vicinia.domain.mobility.rules.files import say_why
from vicinia.domain.mobility.states import ACCORD_MOVES, REMOVAL_MOVES, AccordState, FileState, RemovalState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """How far an accord has come: `is_moved` if the household lives in the new dwelling."""

    accompanies: bool
    is_moved: bool


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A dwelling on the day of a removal. `lives_there` is the number of another household, which leaves on `leaves_on`.

    `removals` are those of the same relocation fixed or done in that month, this one aside; `most` (None: as many as one likes).
    """

    accompanies: bool
    is_shut: bool = False
    lives_there: int | None = None
    leaves_on: dt.date | None = None
    removals: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True)
class EndFacts:
    """What is still open of a file."""

    has_right: bool = False
    offers: int = 0
    agreements: int = 0
    unpaid: int = 0


def may_accompany(by: Actor, *, accompanies: bool) -> Verdict:
    """What a file says is for who accompanies the household, nobody else."""
    if not by.can(Capability.RUN_MOBILITY):
        return forbid(_("Il tuo ruolo non accompagna i nuclei che si trasferiscono."))
    if not accompanies:
        return forbid(_("Questo nucleo lo accompagna qualcun altro."))
    return YES


# Accord -----------------------------------------------------------------------------------------------------------


def may_write_accord(by: Actor, accord: Accord, *, accompanies: bool) -> Verdict:
    if accord.state != AccordState.PREPARED:
        return no(_("L'accordo è già «%(state)s».") % {"state": accord.get_state_display()})
    return may_accompany(by, accompanies=accompanies)


def may_sign(by: Actor, accord: Accord, *, accompanies: bool, signed_on: dt.date, signed_by: str) -> Verdict:
    """On paper, by both: the day and who signed for the household are written here."""
    if signed_on > clock.today():
        return no(_("Il giorno della firma non può essere nel futuro."))
    if accord.offer.sent_on and signed_on < accord.offer.sent_on:
        return no(_("La firma non può venire prima dell'offerta."))
    if not signed_by.strip():
        return no(_("Scrivi chi ha firmato per il nucleo."))
    return all_of(
        may_accompany(by, accompanies=accompanies), ACCORD_MOVES.may(accord.state, AccordState.SIGNED)
    )


def may_end_agreement(by: Actor, accord: Accord, facts: AgreementFacts, reason: str) -> Verdict:
    """Until the household lives there: with the accord fall the offer and the removal."""
    if facts.is_moved:
        return no(_("Il nucleo si è già trasferito."))
    return all_of(
        may_accompany(by, accompanies=facts.accompanies),
        ACCORD_MOVES.may(accord.state, AccordState.CANCELLED),
        say_why(reason),
    )


# Removal ----------------------------------------------------------------------------------------------------------


def may_schedule(by: Actor, removal: Removal, facts: DayFacts, day: dt.date) -> Verdict:
    """On a day to come on which the new dwelling is free, while there are crews left in that month."""
    if not removal.is_to_come:
        return no(_("Il trasloco è già «%(state)s».") % {"state": removal.get_state_display()})
    if day < clock.today():
        return no(_("Il giorno del trasloco è già passato."))
    return all_of(may_accompany(by, accompanies=facts.accompanies), _is_free_on(facts, day), _has_crew(facts))


def _is_free_on(facts: DayFacts, day: dt.date) -> Verdict:
    if facts.is_shut:
        return no(_("Quel giorno nel nuovo alloggio ci sono lavori, o non si può abitare."))
    if facts.lives_there is not None and (facts.leaves_on is None or facts.leaves_on > day):
        sentence = _("Quel giorno nel nuovo alloggio abita ancora il nucleo %(number)s.")
        hint = _("Prima fissa il trasloco di chi ci abita.")
        return no(sentence % {"number": facts.lives_there}, hint)
    return YES


def _has_crew(facts: DayFacts) -> Verdict:
    if facts.most is not None and facts.removals >= facts.most:
        sentence = ngettext(
            "In quel mese c'è già %(n)s trasloco: di più non se ne fanno.",
            "In quel mese ci sono già %(n)s traslochi: di più non se ne fanno.",
            facts.removals,
        )
        return no(sentence % {"n": facts.removals})
    return YES


def may_put_off(by: Actor, removal: Removal, *, accompanies: bool) -> Verdict:
    """The day no longer holds; another one is fixed later."""
    return all_of(
        may_accompany(by, accompanies=accompanies), REMOVAL_MOVES.may(removal.state, RemovalState.PLANNED)
    )


def may_move(by: Actor, removal: Removal, *, accompanies: bool, day: dt.date) -> Verdict:
    """It was done, today or before."""
    if day > clock.today():
        return no(_("Il trasloco non può essere fatto nel futuro."))
    return all_of(
        may_accompany(by, accompanies=accompanies), REMOVAL_MOVES.may(removal.state, RemovalState.DONE)
    )


def may_change_step(by: Actor, removal: Removal, *, accompanies: bool) -> Verdict:
    """What is left to do stays open after the day of the removal."""
    if removal.state == RemovalState.CANCELLED:
        return no(_("Il trasloco è annullato."))
    return may_accompany(by, accompanies=accompanies)


# Right of return, end of a file, the page of the family -----------------------------------------------------------


def may_end(facts: EndFacts) -> Verdict:
    """A file is over when nothing is owed any more: neither a return, nor money, nor an answer, nor a removal."""
    if facts.has_right:
        return no(
            _("Il diritto al rientro è ancora aperto."), _("Finisce con il rientro, o con una rinuncia.")
        )
    if facts.offers:
        return no(_("C'è un'offerta aperta: ritirala, o segna la risposta."))
    if facts.agreements:
        return no(_("C'è un accordo senza trasloco fatto: annullalo, o segna il trasloco."))
    if facts.unpaid:
        sentence = ngettext(
            "C'è ancora %(n)s spesa da pagare.", "Ci sono ancora %(n)s spese da pagare.", facts.unpaid
        )
        return no(sentence % {"n": facts.unpaid})
    return YES


def may_give_link(by: Actor, file: RehousingFile, *, accompanies: bool) -> Verdict:
    if file.state == FileState.CLOSED:
        return no(_("L'accompagnamento è chiuso."))
    return may_accompany(by, accompanies=accompanies)


def may_write_message(by: Actor, file: RehousingFile, words: str) -> Verdict:
    """The household, from its own page."""
    if by.kind is not ActorKind.RESIDENT or by.ref != f"resident:{file.reference}":
        return forbid(_("Da qui scrive solo il nucleo."))
    if file.state == FileState.CLOSED:
        return no(_("L'accompagnamento è chiuso."), _("Chiamaci, o vieni allo sportello."))
    return YES if words.strip() else no(_("Scrivi che cosa vuoi dirci."))
