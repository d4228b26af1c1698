"""Whether a dwelling may be offered to a household, and when an offer is sent, answered or taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.mobility.models import Offer, RehousingFile
from vicinia.domain.mobility.rules.files import say_why
from vicinia.domain.mobility.rules.moving import may_accompany
from vicinia.domain.mobility.states import FILE_MOVES, OFFER_MOVES, FileState, OfferKind, OfferState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, no

Days = tuple[dt.date, dt.date | None]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a dwelling is offered for: the months are first days, both included; `to_month` None: until further notice."""

    kind: str
    from_month: dt.date
    to_month: dt.date | None = None

    @property
    def days(self) -> Days:
        """From the first day to the last."""
        return self.from_month, last_day_of(self.to_month) if self.to_month else None


@dataclass(frozen=True, slots=True)
class DwellingFacts:
    """A dwelling as an offer looks at it. `shut` are the days in which nobody can live there; None: for good.

    `promised_to` and `kept_by` are numbers of other households: one that it is offered to for some of these months, and
    one that lives there and does not move in this relocation.
    """

    is_in_use: bool
    area_m2: float | None
    rooms: int | None
    is_step_free: bool
    shut: tuple[Days, ...] = ()
    is_refused: bool = False
    promised_to: int | None = None
    kept_by: int | None = None


@dataclass(frozen=True, slots=True)
class OfferFacts:
    """What a household needs, and the dwelling. `is_home`: it comes from there; `is_near_home`: the same building."""

    accompanies: bool
    has_open_offer: bool
    least_area: float
    least_rooms: int
    is_home: bool
    is_near_home: bool
    dwelling: DwellingFacts


def last_day_of(month: dt.date) -> dt.date:
    return clock.add_months(month.replace(day=1), 1) - dt.timedelta(days=1)


def is_shut(shut: tuple[Days, ...], days: Days) -> bool:
    """Whether nobody can live there on some of the days."""
    return any(
        (days[1] is None or first <= days[1]) and (last is None or last >= days[0]) for first, last in shut
    )


def may_offer(by: Actor, file: RehousingFile, facts: OfferFacts, terms: Terms) -> Verdict:
    """One offer at a time, of a dwelling that suits, for months to come."""
    return all_of(
        may_accompany(by, accompanies=facts.accompanies),
        _is_ready(file),
        _is_only(facts),
        _fits_months(terms),
        _fits_return(file, facts, terms),
        _suits(file, facts),
        _is_free(facts, terms),
    )


def _is_ready(file: RehousingFile) -> Verdict:
    if FILE_MOVES.may(file.state, FileState.OFFERED):
        return YES
    if file.state in (FileState.CENSUS, FileState.INTERVIEWED):
        return no(_("Prima segna quali sono le esigenze del nucleo."))
    return no(_("Il nucleo è già a «%(state)s».") % {"state": file.get_state_display()})


def _is_only(facts: OfferFacts) -> Verdict:
    if facts.has_open_offer:
        return no(_("C'è già un'offerta aperta: aspetta la risposta, oppure ritirala."))
    return YES


def _fits_months(terms: Terms) -> Verdict:
    if terms.from_month < clock.today().replace(day=1):
        return no(_("Il primo mese è già passato."))
    if terms.to_month and terms.to_month < terms.from_month:
        return no(_("L'ultimo mese viene prima del primo."))
    return YES


def _fits_return(file: RehousingFile, facts: OfferFacts, terms: Terms) -> Verdict:
    """Who comes back comes back to the own dwelling or building, for good."""
    if terms.kind != OfferKind.RETURN:
        return YES
    if not file.claims_return or file.return_ended_on:
        return no(_("Questo nucleo non ha un rientro aperto."))
    if not facts.is_near_home:
        return no(_("Si rientra nella casa di prima, o nello stesso edificio."))
    return YES


def _suits(file: RehousingFile, facts: OfferFacts) -> Verdict:
    """The own home suits always; any other dwelling by size, rooms and steps, unless the household refused it."""
    home = facts.dwelling
    if not home.is_in_use:
        return no(_("Questo alloggio non è tra quelli di questa mobilità."))
    if facts.is_home:
        return YES
    if home.is_refused:
        return no(_("Il nucleo ha già detto di no a questo alloggio."))
    if home.area_m2 is None or home.rooms is None:
        return no(_("Di questo alloggio mancano i metri quadri o le stanze."))
    if home.area_m2 < facts.least_area or home.rooms < facts.least_rooms:
        return no(_("Questo alloggio è troppo piccolo per %(n)s persone.") % {"n": file.size})
    if file.needs_step_free and not home.is_step_free:
        return no(_("Il nucleo ha bisogno di un alloggio senza barriere."))
    return YES


def _is_free(facts: OfferFacts, terms: Terms) -> Verdict:
    home = facts.dwelling
    if is_shut(home.shut, terms.days):
        return no(_("In quei mesi nell'alloggio ci sono lavori, o non si può abitare."))
    if home.promised_to is not None:
        sentence = _("In quei mesi l'alloggio è già promesso al nucleo %(number)s.")
        return no(sentence % {"number": home.promised_to})
    if home.kept_by is not None:
        sentence = _("Qui abita il nucleo %(number)s, che non si trasferisce.")
        return no(sentence % {"number": home.kept_by})
    return YES


def may_change_offer(by: Actor, offer: Offer, facts: OfferFacts, terms: Terms) -> Verdict:
    """While nobody but us has read it."""
    if offer.state != OfferState.DRAFT:
        return no(_("L'offerta è già stata mandata: non cambia più."))
    return may_offer(by, offer.file, facts, terms)


def may_send(by: Actor, offer: Offer, facts: OfferFacts) -> Verdict:
    moves = OFFER_MOVES.may(offer.state, OfferState.SENT)
    return all_of(moves, may_offer(by, offer.file, facts, terms_of(offer)))


def terms_of(offer: Offer) -> Terms:
    return Terms(offer.kind, offer.from_month, offer.to_month)


def may_accept(by: Actor, offer: Offer, facts: OfferFacts, *, answered_on: dt.date) -> Verdict:
    """Also late; unless works or somebody else have come in between."""
    return all_of(
        may_accompany(by, accompanies=facts.accompanies),
        OFFER_MOVES.may(offer.state, OfferState.ACCEPTED),
        _fits_answer(offer, answered_on),
        _is_free(facts, terms_of(offer)),
    )


def may_refuse_offer(
    by: Actor, offer: Offer, *, accompanies: bool, answered_on: dt.date, has_reason: bool
) -> Verdict:
    if not has_reason:
        return no(_("Segna perché dice di no: il piano non lo propone più."))
    return all_of(
        may_accompany(by, accompanies=accompanies),
        OFFER_MOVES.may(offer.state, OfferState.REFUSED),
        _fits_answer(offer, answered_on),
    )


def _fits_answer(offer: Offer, day: dt.date) -> Verdict:
    if day > clock.today():
        return no(_("Il giorno della risposta non può essere nel futuro."))
    if offer.sent_on and day < offer.sent_on:
        return no(_("La risposta non può venire prima dell'offerta."))
    return YES


def may_withdraw(by: Actor, offer: Offer, reason: str, *, accompanies: bool, is_moved: bool) -> Verdict:
    """Until the household lives there; what was agreed on falls with it."""
    if is_moved:
        return no(_("Il nucleo si è già trasferito."))
    return all_of(
        may_accompany(by, accompanies=accompanies),
        OFFER_MOVES.may(offer.state, OfferState.WITHDRAWN),
        say_why(reason),
    )


def may_lapse(offer: Offer) -> Verdict:
    """Nobody has answered in time."""
    if not offer.is_late:
        return no(_("C'è ancora tempo per rispondere."))
    return OFFER_MOVES.may(offer.state, OfferState.UNANSWERED)


def may_print_letter(by: Actor, offer: Offer, *, accompanies: bool) -> Verdict:
    """The letter says what was offered: it is printed once the offer is sent."""
    if not offer.snapshot_sha256:
        return no(_("Manda prima l'offerta: poi stampi la lettera."))
    return may_accompany(by, accompanies=accompanies)
