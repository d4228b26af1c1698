"""What a programme may count of worksites: what those nearby said, walks that were held, disruptions that were told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.worksites import queries
from vicinia.domain.worksites.models import Complaint, Disruption, SiteWalk
from vicinia.domain.worksites.states import ComplaintKind, DisruptionKind, DisruptionState, WalkState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import Countable, CountedLink, CountedRow, countables


def complaints(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """What those nearby complained of, with who is known."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    rows = Complaint.objects.filter(created_at__gte=first, created_at__lt=last).order_by("id")
    for pk, at, kind, person_id in rows.values_list("id", "created_at", "kind", "person_id"):
        yield CountedRow(pk, timezone.localdate(at), kind, 1, person_id)


def complaint_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of them that `by` may see."""
    rows = queries.complaints(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference in rows.values_list("id", "reference"):
        yield CountedLink(pk, reference, reverse("site_complaint", args=[reference]))


def walks(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """Walks that were held."""
    rows = SiteWalk.objects.filter(state=WalkState.HELD, day__gte=since, day__lte=until)
    for pk, day in rows.order_by("id").values_list("id", "day"):
        yield CountedRow(pk, day)


def walk_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of them that `by` may see."""
    rows = queries.walks(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference in rows.values_list("id", "reference"):
        yield CountedLink(pk, reference, reverse("site_walk", args=[reference]))


def disruptions(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """Disruptions that began, whether or not they were told in time."""
    rows = Disruption.objects.exclude(state=DisruptionState.CANCELLED)
    rows = rows.filter(from_day__gte=since, from_day__lte=until)
    for pk, day, kind in rows.order_by("id").values_list("id", "from_day", "kind"):
        yield CountedRow(pk, day, kind)


def disruption_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of them that `by` may see."""
    rows = queries.disruptions(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference in rows.values_list("id", "reference"):
        yield CountedLink(pk, reference, reverse("disruption", args=[reference]))


def register() -> None:
    """Make them known to the programme."""
    found = (
        Countable(
            "site_complaints",
            _("Segnalazioni dai cantieri"),
            _("segnalazioni"),
            complaints,
            complaint_links,
            lambda: dict(ComplaintKind.choices),
            order=70,
        ),
        Countable(
            "site_walks", _("Sopralluoghi in cantiere"), _("sopralluoghi"), walks, walk_links, order=71
        ),
        Countable(
            "disruptions",
            _("Disagi dei cantieri"),
            _("disagi"),
            disruptions,
            disruption_links,
            lambda: dict(DisruptionKind.choices),
            order=72,
        ),
    )
    countables.update({one.key: one for one in found})
