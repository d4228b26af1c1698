"""Lists of areas, streets and places, with their counts."""

from __future__ import annotations

from django.conf import settings
from django.db.models import Q, QuerySet

from vicinia.domain.territory.models import Area
from vicinia.foundation.kernel import clock


def areas(kind: str = "") -> QuerySet[Area]:
    """The areas in force today, of one kind or of all, without their boundaries, by kind and name."""
    rows: QuerySet[Area] = Area.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()))
    return (rows.filter(kind=kind) if kind else rows).defer("boundary")


def reference_areas() -> QuerySet[Area]:
    """The areas that teams are made of."""
    return areas(settings.AREA_KIND)
