"""Disruptions as entries of people's own calendars."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from vicinia.domain.worksites import queries
from vicinia.domain.worksites.models import Disruption
from vicinia.domain.worksites.states import DisruptionState
from vicinia.foundation.documents.calendars import Entry, calendar_of


def feed(disruptions: Iterable[Disruption], *, name: str) -> bytes:
    """The calendar file of some disruptions; what was called off says so."""
    return calendar_of(map(_entry, disruptions), name=name)


def _entry(row: Disruption) -> Entry:
    return Entry(
        uid=row.reference,
        sequence=row.version,
        changed_at=row.updated_at,
        starts_at=timezone.make_aware(row.starts_at),
        ends_at=timezone.make_aware(row.ends_at),
        title=f"{row.get_kind_display()} · {row.lot.worksite.name}",
        place=", ".join(queries.names_of_places(row)),
        url=settings.PUBLIC_URL.rstrip("/") + reverse("public_lot", args=[row.lot.reference]),
        text=row.remark,
        is_cancelled=row.state == DisruptionState.CANCELLED,
    )
