"""What a programme may count of mediations: how many, never which, and by what is told outside their wall."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.mediation.models import MediationFile
from vicinia.domain.mediation.states import MediationState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.registries import Countable, CountedRow, countables


def rows(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The mediations that a mediator took on, by how they stand today."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    found = MediationFile.objects.filter(accepted_at__gte=first, accepted_at__lt=last)
    for pk, at, state in found.order_by("id").values_list("id", "accepted_at", "state"):
        yield CountedRow(pk, timezone.localdate(at), state)


def register() -> None:
    """Make them known to the programme."""
    countables["mediations"] = Countable(
        "mediations",
        _("Mediazioni avviate"),
        _("mediazioni"),
        rows,
        kinds=lambda: dict(MediationState.choices),
        order=40,
    )
