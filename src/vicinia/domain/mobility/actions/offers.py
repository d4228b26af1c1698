"""A dwelling is offered to a household: prepared, sent with what it is that day, answered, taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from vicinia.domain.mobility import events, queries, rules
from vicinia.domain.mobility.actions.family import new_token
from vicinia.domain.mobility.actions.telling import tell_companions
from vicinia.domain.mobility.actions.undoing import back, enter_file, enter_offer, undo
from vicinia.domain.mobility.models import Accord, MobilityPlan, Offer, Refusal, RehousingFile
from vicinia.domain.mobility.queries import moving, offers
from vicinia.domain.mobility.rules import OfferFacts, Terms
from vicinia.domain.mobility.states import FileState, OfferState
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.kernel.turns import wait_turn


@dataclass(frozen=True)
class NewOffer:
    """A dwelling for some months, with words for the household. `once` is the token of the page: twice is one."""

    dwelling: Dwelling
    terms: Terms
    once: str
    words: str = ""
    plan: MobilityPlan | None = None


@dataclass(frozen=True)
class NotWanted:
    """Why a household says no, in its words, and who heard it."""

    reason: str
    answered_on: dt.date
    words: str = ""
    witness: str = ""


@transaction.atomic
def prepare_offer(*, by: Actor, file: RehousingFile, new: NewOffer) -> Offer:
    """Prepare an offer; from now on the dwelling is promised to nobody else for these months."""
    file = queries.locked_file(file)
    rules.may_accompany(by, accompanies=queries.is_companion(by, file)).require()
    wait_turn(f"dwelling {new.dwelling.pk}")
    if (there := offers.offer_once(new.once)) is not None:
        return there
    rules.may_offer(by, file, offers.offer_facts(by, file, new.dwelling, new.terms), new.terms).require()

    row = Offer.objects.create(
        reference=f"OA{next_reference('rehousing-offer')}",
        file=file,
        plan=new.plan,
        dwelling=new.dwelling,
        kind=new.terms.kind,
        from_month=new.terms.from_month,
        to_month=new.terms.to_month,
        words=new.words.strip(),
        once=new.once,
    )

    journal.record(events.OFFER_PREPARED, by=by, about=row)
    return row


@transaction.atomic
def change_offer(*, by: Actor, offer: Offer, new: NewOffer, seen_version: int | None) -> Offer:
    """Change what is offered while it is not sent."""
    row = offers.locked_offer(offer).require_version(seen_version, yours=new)
    wait_turn(f"dwelling {new.dwelling.pk}")
    facts = offers.offer_facts(by, row.file, new.dwelling, new.terms, besides=row)
    rules.may_change_offer(by, row, facts, new.terms).require()

    if new.dwelling.pk != row.dwelling_id:
        row.plan = None
    row.dwelling, row.words = new.dwelling, new.words.strip()
    row.kind, row.from_month, row.to_month = new.terms.kind, new.terms.from_month, new.terms.to_month
    row.save()

    journal.record(events.OFFER_CHANGED, by=by, about=row)
    return row


@transaction.atomic
def send_offer(*, by: Actor, offer: Offer, seen_version: int | None = None) -> Offer:
    """Send it: what the dwelling is today is kept for good, and the days to answer begin."""
    row = offers.locked_offer(offer).require_version(seen_version)
    rules.may_send(by, row, _facts(by, row)).require()

    today = clock.today()
    due_on = today + dt.timedelta(days=row.file.relocation.answer_days)
    snapshot = offers.snapshot_of(row, sent_on=today, due_on=due_on)
    kept = {"snapshot": snapshot, "snapshot_sha256": offers.digest_of(snapshot)}
    enter_offer(by, row, OfferState.SENT, sent_on=today, due_on=due_on, **kept)
    enter_file(by, queries.locked_file(row.file), FileState.OFFERED)
    return row


@transaction.atomic
def accept_offer(
    *, by: Actor, offer: Offer, answered_on: dt.date, witness: str = "", seen_version: int | None = None
) -> Accord:
    """The household says yes: every later plan keeps the place, and the accord is ready to be signed."""
    row = offers.locked_offer(offer).require_version(seen_version, yours=witness)
    wait_turn(f"dwelling {row.dwelling_id}")
    rules.may_accept(by, row, _facts(by, row), answered_on=answered_on).require()

    enter_offer(by, row, OfferState.ACCEPTED, answered_on=answered_on, witness=witness.strip())
    reference = f"AM{next_reference('rehousing-accord')}"
    return Accord.objects.create(reference=reference, file=row.file, offer=row, promises=row.words)


@transaction.atomic
def refuse_offer(*, by: Actor, offer: Offer, said: NotWanted, seen_version: int | None = None) -> Offer:
    """The household says no, and why: no later plan proposes this dwelling to it."""
    row = offers.locked_offer(offer).require_version(seen_version, yours=said)
    rules.may_refuse_offer(
        by,
        row,
        accompanies=queries.is_companion(by, row.file),
        answered_on=said.answered_on,
        has_reason=bool(said.reason),
    ).require()

    enter_offer(
        by,
        row,
        OfferState.REFUSED,
        answered_on=said.answered_on,
        witness=said.witness.strip(),
        refusal_reason=said.reason,
        refusal_words=said.words.strip(),
    )
    if not queries.is_refused(row.file, row.dwelling):
        Refusal.objects.create(
            file=row.file,
            dwelling=row.dwelling,
            reason=said.reason,
            words=said.words.strip(),
            on=said.answered_on,
            by_name=by.name,
        )
    back(by, queries.locked_file(row.file))
    return row


@transaction.atomic
def withdraw_offer(*, by: Actor, offer: Offer, reason: str, seen_version: int | None = None) -> Offer:
    """Take an offer back, with the accord and the removal that came of it."""
    row = offers.locked_offer(offer).require_version(seen_version, yours=reason)
    facts = {"accompanies": queries.is_companion(by, row.file), "is_moved": moving.is_moved(row)}
    rules.may_withdraw(by, row, reason, **facts).require()

    undo(by, row, reason.strip())
    return row


@transaction.atomic
def lapse_offer(*, by: Actor, offer: Offer) -> bool:
    """The day to answer is past: who accompanies the household is told. Whether it was so."""
    row = offers.locked_offer(offer)
    if not rules.may_lapse(row):
        return False

    enter_offer(by, row, OfferState.UNANSWERED)
    tell_companions(by=by, offer=row)
    return True


@transaction.atomic
def print_letter(*, by: Actor, offer: Offer) -> str:
    """Print the letter of an offer; the token of the household's page, which goes on it."""
    row = offers.locked_offer(offer)
    rules.may_print_letter(by, row, accompanies=queries.is_companion(by, row.file)).require()

    token = new_token(by=by, file=row.file)

    journal.record(events.LETTER_PRINTED, by=by, about=row)
    return token


def _facts(by: Actor, offer: Offer) -> OfferFacts:
    terms = Terms(offer.kind, offer.from_month, offer.to_month)
    return offers.offer_facts(by, offer.file, offer.dwelling, terms, besides=offer)
