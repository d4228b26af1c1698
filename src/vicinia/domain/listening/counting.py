"""What a programme may count of reports. Those of the police regime are never among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening import queries
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import Channel, LegalBasis
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import Countable, CountedLink, CountedRow, countables


def rows(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """The reports that came in, by channel."""
    first, last = clock.start_of(since), clock.start_of(until + dt.timedelta(days=1))
    found = Report.objects.filter(
        received_at__gte=first, received_at__lt=last, legal_basis=LegalBasis.ADMINISTRATIVE
    )
    columns = found.order_by("id").values_list("id", "received_at", "channel", "reporter_id")
    for pk, at, channel, person_id in columns:
        yield CountedRow(pk, timezone.localdate(at), channel, person_id=person_id)


def links(by: Actor, record_ids: Collection[int]) -> Iterable[CountedLink]:
    """Those of them that `by` may see, by number."""
    found = queries.reports(by).filter(pk__in=record_ids).order_by("id")
    for pk, reference in found.values_list("id", "reference"):
        yield CountedLink(pk, reference, reverse("report", args=[reference]))


def register() -> None:
    """Make them known to the programme."""
    countables["reports"] = Countable(
        "reports",
        _("Segnalazioni ricevute"),
        _("segnalazioni"),
        rows,
        links,
        lambda: dict(Channel.choices),
        order=20,
    )
