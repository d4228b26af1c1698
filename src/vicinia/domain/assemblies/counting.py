"""What a programme may count of assemblies: those that were held with who was there, decisions that were carried out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.assemblies import queries
from vicinia.domain.assemblies.models import Assembly, Resolution
from vicinia.domain.assemblies.states import AssemblyKind, AssemblyState, ResolutionState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import Countable, CountedLink, CountedRow, countables


def held(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The assemblies that were held, by kind, with how many were there."""
    found = Assembly.objects.filter(state=AssemblyState.HELD).filter(day__gte=since - dt.timedelta(days=60))
    for row in found.filter(day__lte=until).order_by("id"):
        if since <= row.meets_on <= until:
            yield CountedRow(row.pk, row.meets_on, row.kind, row.present or 0)


def assembly_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of them that `by` may see."""
    found = queries.assemblies(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference, title in found.values_list("id", "reference", "title"):
        yield CountedLink(pk, title, reverse("assembly", args=[reference]))


def carried_out(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The decisions that were carried out, on the day when that was said."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    found = Resolution.objects.filter(
        state=ResolutionState.DONE, state_since__gte=first, state_since__lt=last
    )
    for pk, at, kind in found.order_by("id").values_list("id", "state_since", "assembly__kind"):
        yield CountedRow(pk, timezone.localdate(at), kind)


def resolution_links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of them that `by` may see, by number."""
    found = queries.resolutions(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference in found.values_list("id", "reference"):
        yield CountedLink(pk, reference, reverse("resolution", args=[reference]))


def register() -> None:
    """Make them known to the programme."""
    of_assemblies = Countable(
        "assemblies",
        _("Assemblee, laboratori e comitati svolti"),
        _("incontri"),
        held,
        assembly_links,
        lambda: dict(AssemblyKind.choices),
        order=70,
    )
    of_resolutions = Countable(
        "resolutions",
        _("Decisioni attuate"),
        _("decisioni"),
        carried_out,
        resolution_links,
        lambda: dict(AssemblyKind.choices),
        order=71,
    )
    for one in (of_assemblies, of_resolutions):
        countables[one.key] = one
