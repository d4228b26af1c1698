"""Lists of areas, streets and places, with their counts, and what is not right yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from vicinia.domain.territory.models import Area, CivicNumber, Place, Street
from vicinia.domain.territory.queries import memory
from vicinia.domain.territory.queries.address_index import STREET
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.verdict import Sentence

_KIND_NAMES = {
    "quarter": _("quartiere"),
    "statistical": _("area statistica"),
    "beat": _("zona di servizio"),
    "estate": _("complesso di case"),
}


@dataclass(frozen=True, slots=True)
class AreaCount:
    """An area with how many civic numbers and places lie in it."""

    area: Area
    kind_name: Sentence
    has_boundary: bool
    numbers: int
    places: int


@dataclass(frozen=True, slots=True)
class QualityReport:
    """What is not right yet in the territory. Lists are cut at the `shown` first; counts are whole."""

    numbers_outside: int
    streets_outside: list[tuple[Street, int]]
    streets_empty: int
    empty_streets: list[Street]
    areas_unbounded: list[Area]
    areas_empty: list[Area]

    @property
    def is_clean(self) -> bool:
        return not (self.numbers_outside or self.streets_empty or self.areas_unbounded or self.areas_empty)


def areas(kind: str = "") -> QuerySet[Area]:
    """The areas in force today, of one kind or of all, without their boundaries, by kind and name."""
    rows: QuerySet[Area] = Area.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=clock.today()))
    return (rows.filter(kind=kind) if kind else rows).defer("boundary")


def extent() -> tuple[float, float, float, float] | None:
    """South, west, north, east of everything that is known of the town, or None while nothing is. Two queries."""
    bounds = reference_areas().aggregate(Min("south"), Min("west"), Max("north"), Max("east"))
    numbers = CivicNumber.objects.aggregate(Min("lat"), Min("lon"), Max("lat"), Max("lon"))
    low = list(zip(list(bounds.values())[:2], list(numbers.values())[:2], strict=True))
    high = list(zip(list(bounds.values())[2:], list(numbers.values())[2:], strict=True))
    sides = [min((one for one in pair if one is not None), default=None) for pair in low]
    sides += [max((one for one in pair if one is not None), default=None) for pair in high]
    south, west, north, east = sides
    if south is None or west is None or north is None or east is None:
        return None
    return south, west, north, east


def reference_areas() -> QuerySet[Area]:
    """The areas that teams are made of."""
    return areas(settings.AREA_KIND)


def reference_area_choices() -> list[tuple[int, str]]:
    """The same as (id, name): the options of a select."""
    return list(reference_areas().values_list("pk", "name"))


def area_counts() -> list[AreaCount]:
    """Every area in force with its counts, by kind and name. Four queries."""
    numbers = _counts(CivicNumber)
    places = _counts(Place)
    bounded = set(Area.objects.filter(boundary__isnull=False).values_list("pk", flat=True))
    return [
        AreaCount(
            area=area,
            kind_name=_KIND_NAMES.get(area.kind, area.kind),
            has_boundary=area.pk in bounded,
            numbers=numbers.get(area.pk, 0),
            places=places.get(area.pk, 0),
        )
        for area in areas()
    ]


def _counts(model: type[CivicNumber] | type[Place]) -> dict[int, int]:
    rows = model.objects.filter(area__isnull=False).order_by().values_list("area")
    return dict(rows.annotate(count=Count("pk")))


def streets(words: str = "") -> QuerySet[Street]:
    """The streets with how many numbers they have; with words, those near to them, wherever the spelling slips."""
    rows: QuerySet[Street] = (
        Street.objects.defer("line").annotate(count=Count("numbers")).order_by("name", "kind", "pk")
    )
    if words.strip():
        found = memory.town().addresses.matches(words, limit=50)
        return rows.filter(pk__in=[each.row_id for each in found if each.what == STREET])
    return rows


def places() -> QuerySet[Place]:
    """Every named place, the retired ones too, by name."""
    return Place.objects.select_related("area").order_by("name", "pk")


def place(code: str) -> Place:
    """One named place, or 404."""
    found: Place = Place.objects.select_related("area").one(code=code)
    return found


def quality(*, shown: int = 50) -> QualityReport:
    """What is not right yet: numbers outside of every area, streets without numbers, areas without boundary or numbers."""
    outside = Q(numbers__isnull=False, numbers__area__isnull=True)
    lost = Street.objects.defer("line").annotate(count=Count("numbers", filter=outside)).filter(count__gt=0)
    empty = Street.objects.defer("line").filter(numbers__isnull=True)
    counted = [each for each in area_counts() if each.area.kind == settings.AREA_KIND]
    return QualityReport(
        numbers_outside=CivicNumber.objects.filter(area__isnull=True).count(),
        streets_outside=[(street, street.count) for street in lost.order_by("-count", "name", "pk")[:shown]],
        streets_empty=empty.count(),
        empty_streets=list(empty[:shown]),
        areas_unbounded=[each.area for each in counted if not each.has_boundary],
        areas_empty=[each.area for each in counted if not each.numbers],
    )
