"""Offers: what a dwelling is when it is offered, to whom it is promised, what the published plan has for a household."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Q

from vicinia.domain.mobility.models import MobilityPlan, Offer, OfferRows, Refusal, RehousingFile, Stay
from vicinia.domain.mobility.queries.availability import UnitFacts, availability
from vicinia.domain.mobility.queries.files import is_companion, is_refused
from vicinia.domain.mobility.rules import DwellingFacts, OfferFacts, Terms, is_shut, last_day_of
from vicinia.domain.mobility.states import (
    OPEN_OFFERS,
    FileState,
    OfferKind,
    OfferState,
    PlanState,
    RemovalState,
)
from vicinia.domain.people.models import Household
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Chance:
    """A stay of the published plan that may become an offer."""

    stay_id: int
    dwelling: Dwelling
    terms: Terms
    plan: MobilityPlan


def offers(by: Actor) -> OfferRows:
    """The offers to the households that `by` accompanies."""
    rows: OfferRows = Offer.objects.visible_to(by)
    return rows


def in_offer_lines(rows: OfferRows) -> OfferRows:
    """With what a line shows: the number of the household and the door. One query."""
    found: OfferRows = rows.select_related(
        "file__relocation__adequacy", "file__household", "dwelling__stair", "dwelling__building", "plan"
    )
    return found


def offer_named(by: Actor, reference: str) -> Offer:
    """The offer of this reference (404 if its household is not accompanied)."""
    row: Offer = in_offer_lines(offers(by)).one(reference=reference)
    return row


def offer_once(once: str) -> Offer | None:
    """The offer that was made with this token of a page, if it was."""
    found: Offer | None = Offer.objects.filter(once=once).first()
    return found


def locked_offer(offer: Offer) -> Offer:
    rows = in_offer_lines(Offer.objects.select_for_update(of=("self",)))
    row: Offer = rows.get(pk=offer.pk)
    return row


def offers_of(file: RehousingFile) -> list[Offer]:
    """The offers of a file, the latest first."""
    return list(in_offer_lines(Offer.objects.filter(file=file)).newest_first())


def offers_due(by: Actor, until: dt.date) -> OfferRows:
    """Offers whose answer is due, or did not come."""
    waits = Q(state=OfferState.SENT, due_on__lte=until) | Q(state=OfferState.UNANSWERED)
    return in_offer_lines(offers(by).filter(waits)).order_by("due_on", "id")


def overdue_offers() -> list[Offer]:
    """Whoever has not answered in time."""
    return list(Offer.objects.overdue().order_by("id"))


# Whether it may be offered ----------------------------------------------------------------------------------------


def units_of(file: RehousingFile, terms: Terms | None = None) -> tuple[UnitFacts, ...]:
    """The dwellings of the relocation of a file, with the days of these terms (or from today on) that are shut."""
    first, last = terms.days if terms else (clock.today(), None)
    return availability(file.relocation, first, last)


def offer_facts(
    by: Actor, file: RehousingFile, dwelling: Dwelling, terms: Terms, *, besides: Offer | None = None
) -> OfferFacts:
    """All that the rules ask of a dwelling before it is offered to a household; `besides` is the offer at hand."""
    unit = next((one for one in units_of(file, terms) if one.dwelling_id == dwelling.pk), None)
    adequacy = file.relocation.adequacy
    others = Offer.objects.filter(file=file).open().exclude(pk=besides.pk if besides else None)
    return OfferFacts(
        accompanies=is_companion(by, file),
        has_open_offer=others.exists(),
        least_area=adequacy.least_area(file.size),
        least_rooms=adequacy.least_rooms(file.size),
        is_home=dwelling.pk == file.home_id,
        is_near_home=dwelling.building_id == file.home.building_id,
        dwelling=_dwelling_facts(file, dwelling, terms, unit),
    )


def _dwelling_facts(
    file: RehousingFile, dwelling: Dwelling, terms: Terms, unit: UnitFacts | None
) -> DwellingFacts:
    return DwellingFacts(
        is_in_use=unit is not None and not dwelling.is_retired,
        area_m2=unit.area_m2 if unit else None,
        rooms=unit.rooms if unit else None,
        is_step_free=bool(unit and unit.step_free),
        shut=tuple((one.from_day, one.to_day) for one in unit.closed) if unit else (),
        is_refused=is_refused(file, dwelling),
        promised_to=_promised_to(file, dwelling, terms),
        kept_by=_kept_by(file, dwelling),
    )


def _promised_to(file: RehousingFile, dwelling: Dwelling, terms: Terms) -> int | None:
    """Whom else it is offered or promised to in some of these months. A household that has moved on holds it no longer."""
    first, last = terms.days
    rows = Offer.objects.filter(dwelling=dwelling, state__in=(*OPEN_OFFERS, OfferState.ACCEPTED))
    found = rows.exclude(file_id=file.pk).order_by("id")
    for number, lives_in, removal, since, until in found.values_list(
        "file__household__number",
        "file__household__dwelling_id",
        "accord__removal__state",
        "from_month",
        "to_month",
    ):
        has_moved_on = removal == RemovalState.DONE and lives_in != dwelling.pk
        days = (since, last_day_of(until) if until else None)
        if not has_moved_on and is_shut((days,), (first, last)):
            return int(number)
    return None


def _kept_by(file: RehousingFile, dwelling: Dwelling) -> int | None:
    """Who lives there and has no reason to leave."""
    there = Household.objects.filter(dwelling=dwelling).exclude(pk=file.household_id)
    leaves = RehousingFile.objects.filter(relocation_id=file.relocation_id).exclude(state=FileState.CLOSED)
    number: int | None = (
        there.exclude(pk__in=leaves.order_by().values("household_id"))
        .values_list("number", flat=True)
        .first()
    )
    return number


def suitable_units(file: RehousingFile) -> list[UnitFacts]:
    """The dwellings that suit a household by size, rooms and steps, and that it has not refused. Four queries."""
    adequacy = file.relocation.adequacy
    area, rooms = adequacy.least_area(file.size), adequacy.least_rooms(file.size)
    refusals = Refusal.objects.filter(file=file, withdrawn_on__isnull=True)
    refused = set(refusals.order_by().values_list("dwelling_id", flat=True))
    return [
        one
        for one in units_of(file)
        if one.dwelling_id == file.home_id
        or (
            one.dwelling_id not in refused
            and (one.area_m2 or 0) >= area
            and (one.rooms or 0) >= rooms
            and (one.step_free or not file.needs_step_free)
        )
    ]


def dwelling_among(units: Collection[UnitFacts], pk: int) -> Dwelling:
    """The dwelling of one of some units."""
    assert pk in {one.dwelling_id for one in units}  # it was chosen among them
    return Dwelling.objects.select_related("stair", "building").get(pk=pk)


# From the plan ----------------------------------------------------------------------------------------------------


def chances_of(file: RehousingFile) -> list[Chance]:
    """Where the published plan has the household from now on, in a dwelling where it does not live and that was not offered."""
    rows = Stay.objects.filter(
        file=file, plan__state=PlanState.PUBLISHED, dwelling__isnull=False, first__gt=0
    ).select_related("plan", "dwelling__stair", "dwelling__building")
    taken = set(
        Offer.objects.filter(file=file, state__in=(*OPEN_OFFERS, OfferState.ACCEPTED))
        .order_by()
        .values_list("dwelling_id", "from_month")
    )
    found = [_chance(file, stay) for stay in rows.order_by("first")]
    return [
        one
        for one in found
        if one.terms.from_month >= clock.today().replace(day=1)
        and (one.dwelling.pk, one.terms.from_month) not in taken
    ]


def chance_named(file: RehousingFile, stay_id: int) -> Chance | None:
    """One of them, or None if the plan is another one by now."""
    return next((one for one in chances_of(file) if one.stay_id == stay_id), None)


def _chance(file: RehousingFile, stay: Stay) -> Chance:
    days = stay.plan.days
    is_last = stay.last + 1 >= len(days)
    until = None if is_last else (days[stay.last + 1] - dt.timedelta(days=1)).replace(day=1)
    assert stay.dwelling is not None  # those outside the estate were left out
    kind = OfferKind.TEMPORARY
    if is_last:
        kind = OfferKind.RETURN if file.claims_return else OfferKind.FINAL
    return Chance(stay.pk, stay.dwelling, Terms(kind, days[stay.first].replace(day=1), until), stay.plan)


# What was offered -------------------------------------------------------------------------------------------------


def snapshot_of(offer: Offer, *, sent_on: dt.date, due_on: dt.date) -> str:
    """What is offered, as canonical JSON that is kept with its digest and never changes."""
    terms = Terms(offer.kind, offer.from_month, offer.to_month)
    unit = next(one for one in units_of(offer.file, terms) if one.dwelling_id == offer.dwelling_id)
    facts = {
        "offer": offer.reference,
        "household": offer.file.household.number,
        "kind": offer.kind,
        "where": unit.where,
        "code": unit.code,
        "building": unit.building_name,
        "stair": unit.stair_name,
        "floor": unit.floor,
        "has_lift": unit.has_lift,
        "step_free": unit.step_free,
        "area_m2": unit.area_m2,
        "rooms": unit.rooms,
        "from_month": offer.from_month.isoformat(),
        "to_month": offer.to_month.isoformat() if offer.to_month else None,
        "plan": offer.plan.number if offer.plan else None,
        "sent_on": sent_on.isoformat(),
        "due_on": due_on.isoformat(),
    }
    return json.dumps(facts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(snapshot: str) -> str:
    return sha256(snapshot.encode()).hexdigest()


def offered(offer: Offer) -> dict[str, Any]:
    """What the snapshot says; nothing while the offer is a draft."""
    found: dict[str, Any] = json.loads(offer.snapshot) if offer.snapshot else {}
    return found


def is_intact(offer: Offer) -> bool:
    """Whether the snapshot is still what was sent."""
    return digest_of(offer.snapshot) == offer.snapshot_sha256
