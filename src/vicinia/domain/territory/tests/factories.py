"""Rows of the territory for tests."""

from __future__ import annotations

from typing import Any

import factory

from vicinia.domain.territory.models import Area, Building, CivicNumber, Dwelling, Place, Stair, Street

CENTRE_LAT, CENTRE_LON = 44.80, 10.60


def square(south: float, west: float, side: float = 0.01) -> dict[str, Any]:
    """A GeoJSON square."""
    north, east = south + side, west + side
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


class AreaFactory(factory.django.DjangoModelFactory[Area]):
    class Meta:
        model = Area

    kind = "quarter"
    code = factory.Sequence(lambda n: f"a{n}")
    name = factory.Sequence(lambda n: f"Quartiere {n}")
    boundary = factory.LazyFunction(lambda: square(CENTRE_LAT, CENTRE_LON))


class StreetFactory(factory.django.DjangoModelFactory[Street]):
    class Meta:
        model = Street

    code = factory.Sequence(lambda n: f"s{n}")
    kind = "Via"
    name = factory.Sequence(lambda n: f"Strada {n}")


class CivicNumberFactory(factory.django.DjangoModelFactory[CivicNumber]):
    class Meta:
        model = CivicNumber

    street = factory.SubFactory(StreetFactory)
    number = factory.Sequence(lambda n: n + 1)
    lat = CENTRE_LAT + 0.005
    lon = CENTRE_LON + 0.005


class PlaceFactory(factory.django.DjangoModelFactory[Place]):
    class Meta:
        model = Place

    code = factory.Sequence(lambda n: f"p{n}")
    kind = "parco"
    name = factory.Sequence(lambda n: f"Parco {n}")
    lat = CENTRE_LAT + 0.005
    lon = CENTRE_LON + 0.005


class BuildingFactory(factory.django.DjangoModelFactory[Building]):
    class Meta:
        model = Building

    code = factory.Sequence(lambda n: f"b{n}")
    name = factory.Sequence(lambda n: f"Corte {n}")
    lat = 44.805
    lon = 10.605


class StairFactory(factory.django.DjangoModelFactory[Stair]):
    class Meta:
        model = Stair

    building = factory.SubFactory(BuildingFactory)
    name = factory.Sequence(lambda n: f"S{n}")


class DwellingFactory(factory.django.DjangoModelFactory[Dwelling]):
    class Meta:
        model = Dwelling

    stair = factory.SubFactory(StairFactory)
    building = factory.SelfAttribute("stair.building")
    code = factory.Sequence(lambda n: f"d{n}")
    door = factory.Sequence(lambda n: f"int. {n}")
    floor = 1
