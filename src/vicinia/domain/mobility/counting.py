"""What a programme may count of mobility: households that are accompanied, offers they accept, removals, returns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vicinia.domain.mobility.models import Interview, Offer, RehousingFile, Removal
from vicinia.domain.mobility.queries import moving, offers
from vicinia.domain.mobility.states import InterviewPlace, OfferKind, OfferState, RemovalState
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import Countable, CountedLink, CountedRow, countables
from vicinia.foundation.kernel.verdict import Sentence


def interviews(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """Talks with households about where to live during the works."""
    rows = Interview.objects.filter(day__gte=since, day__lte=until).order_by("id")
    for pk, day, place in rows.values_list("id", "day", "place"):
        yield CountedRow(pk, day, place)


def interview_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of the households that `by` accompanies."""
    files = RehousingFile.objects.filter(pk__in=moving.accompanied_ids(by))
    rows = Interview.objects.filter(pk__in=record_ids, file__in=files).order_by("id")
    for pk, number in rows.values_list("id", "file__household__number"):
        label = _("Nucleo %(number)s") % {"number": number}
        yield CountedLink(pk, label, reverse("rehousing_offers", args=[number]))


def accepted(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """Offers that were accepted, whatever came of them."""
    rows = Offer.objects.filter(answered_on__gte=since, answered_on__lte=until).exclude(
        state=OfferState.REFUSED
    )
    for pk, day, kind in rows.order_by("id").values_list("id", "answered_on", "kind"):
        yield CountedRow(pk, day, kind)


def accepted_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of the households that `by` accompanies."""
    rows = offers.offers(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference in rows.values_list("id", "reference"):
        yield CountedLink(pk, reference, reverse("rehousing_offer", args=[reference]))


def removals(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """Households that moved, by what for."""
    rows = Removal.objects.filter(state=RemovalState.DONE, done_on__gte=since, done_on__lte=until)
    for pk, day, kind in rows.order_by("id").values_list("id", "done_on", "accord__offer__kind"):
        yield CountedRow(pk, day, kind)


def returns(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """Households that came back."""
    return (row for row in removals(since, until) if row.kind == OfferKind.RETURN)


def removal_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of the households that `by` accompanies."""
    rows = moving.removals(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference in rows.values_list("id", "reference"):
        yield CountedLink(pk, reference, reverse("rehousing_removal", args=[reference]))


def register() -> None:
    """Make them known to the programme."""

    def kinds() -> dict[str, Sentence]:
        return {value: str(label) for value, label in OfferKind.choices}

    found = (
        Countable(
            "rehousing_interviews",
            _("Colloqui con i nuclei che si trasferiscono"),
            _("colloqui"),
            interviews,
            interview_links,
            lambda: dict(InterviewPlace.choices),
            order=80,
        ),
        Countable(
            "rehousing_offers",
            _("Offerte di alloggio accettate"),
            _("offerte"),
            accepted,
            accepted_links,
            kinds,
            order=81,
        ),
        Countable(
            "rehousing_removals",
            _("Traslochi fatti"),
            _("traslochi"),
            removals,
            removal_links,
            kinds,
            order=82,
        ),
        Countable("rehousing_returns", _("Nuclei rientrati"), _("nuclei"), returns, removal_links, order=83),
    )
    countables.update({one.key: one for one in found})
