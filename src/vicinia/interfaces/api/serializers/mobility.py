"""The shapes of relocations and of their plans, for the description of the API."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as drf

from vicinia.domain.mobility.states import PlanState
from vicinia.interfaces.api.serializers import PageShape


class RelocationShape(drf.Serializer):
    """A relocation as a line of a list."""

    reference = drf.CharField()
    version = drf.IntegerField()
    name = drf.CharField()
    is_open = drf.BooleanField()
    closed_on = drf.DateField(allow_null=True)
    stale_since = drf.DateTimeField(
        allow_null=True, help_text="Since when works have slipped after the plan."
    )
    adequacy = drf.CharField(help_text="Code of the table of adequacy.")


class RelocationPage(PageShape):
    results = RelocationShape(many=True)


class UnitShape(drf.Serializer):
    """A dwelling of a relocation as it stands today."""

    code = drf.CharField()
    building = drf.CharField()
    area_m2 = drf.FloatField(allow_null=True)
    rooms = drf.IntegerField(allow_null=True)
    step_free = drf.BooleanField()
    is_spare = drf.BooleanField()
    today = drf.ChoiceField(choices=["taken", "free", "works", "shut"])


class FullRelocationShape(RelocationShape):
    """A relocation with its dwellings."""

    dwellings = UnitShape(many=True)
    plan = drf.IntegerField(allow_null=True, help_text="Number of the plan that holds.")


class PlanShape(drf.Serializer):
    """A plan as dwellings by month."""

    relocation = drf.CharField()
    number = drf.IntegerField()
    state = drf.ChoiceField(choices=PlanState.choices)
    months = drf.ListField(
        child=drf.DateField(), help_text="First day of each month in which something changes."
    )
    dwellings = inline_serializer(
        "DwellingByMonthShape",
        {
            "building": drf.CharField(),
            "code": drf.CharField(),
            "months": drf.ListField(child=drf.ChoiceField(choices=["taken", "free", "works", "closed"])),
        },
        many=True,
    )
    status = drf.CharField(help_text="optimal: every level is proved; feasible: some gap is left.")
    levels = inline_serializer(
        "PlanLevelShape",
        {"name": drf.CharField(), "value": drf.IntegerField(), "bound": drf.IntegerField()},
        many=True,
    )
    solver = drf.CharField()
    instance_sha256 = drf.CharField()
