"""What several acts on offers, accords and removals share; each runs inside its caller's transaction, which records."""

from __future__ import annotations

from typing import Any

from vicinia.domain.mobility import events, queries
from vicinia.domain.mobility.models import Accord, Offer, RehousingFile, Removal
from vicinia.domain.mobility.states import AccordState, FileState, OfferState, RemovalState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def enter_file(by: Actor, file: RehousingFile, *states: str) -> None:
    """Take a file through some states, one after the other."""
    for state in states:
        file.enter(state, by=by, state_since=clock.now())


def enter_offer(by: Actor, offer: Offer, state: OfferState, *, reason: str = "", **changes: Any) -> None:
    offer.enter(state, by=by, reason=reason, state_since=clock.now(), **changes)
    label = journal.kept(state.label)
    journal.record(events.OFFER_ENTERED, by=by, about=offer, state=label)


def enter_accord(by: Actor, accord: Accord, state: AccordState, **changes: Any) -> None:
    accord.enter(state, by=by, state_since=clock.now(), **changes)
    label = journal.kept(state.label)
    journal.record(events.ACCORD_ENTERED, by=by, about=accord, state=label)


def enter_removal(by: Actor, removal: Removal, state: RemovalState, **changes: Any) -> None:
    removal.enter(state, by=by, state_since=clock.now(), **changes)
    label = journal.kept(state.label)
    journal.record(events.REMOVAL_ENTERED, by=by, about=removal, state=label)


def back(by: Actor, file: RehousingFile) -> None:
    """Nothing is on its way to the household any more: it stays where it is, at home or away."""
    is_away = file.household.dwelling_id != file.home_id
    rest = FileState.AWAY if is_away else FileState.ASSESSED
    before = (FileState.AGREED,) if file.state == FileState.SCHEDULED else ()
    enter_file(by, file, *before, rest)


def undo(by: Actor, offer: Offer, reason: str) -> None:
    """Take an offer back with all that came of it: the accord and the removal that was not done.

    Locked are the offer, the accord, the removal and the file, in this order everywhere.
    """
    accord = Accord.objects.select_for_update(of=("self",)).filter(offer=offer).first()
    if accord is not None:
        removal = Removal.objects.select_for_update(of=("self",)).filter(accord=accord).first()
        if removal is not None:
            enter_removal(by, removal, RemovalState.CANCELLED, end_reason=reason)
        enter_accord(by, accord, AccordState.CANCELLED, end_reason=reason)
    was_known = offer.state != OfferState.DRAFT
    enter_offer(by, offer, OfferState.WITHDRAWN, reason=reason)
    if was_known:
        back(by, queries.locked_file(offer.file))
