"""The shapes of programmes and of how far they are, for the description of the API."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as drf

from vicinia.domain.programme.states import ProgrammeState, SheetState
from vicinia.interfaces.api.serializers import PageShape, state_shape


class ProgrammeShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    state = state_shape("ProgrammeStateShape", ProgrammeState.choices)
    title = drf.CharField()
    funder = drf.CharField()
    from_day = drf.DateField()
    to_day = drf.DateField()


class ProgrammePage(PageShape):
    results = ProgrammeShape(many=True)


class FullProgrammeShape(ProgrammeShape):
    sheets = inline_serializer(
        "ActionSheetShape",
        {
            "code": drf.CharField(help_text="As in the contract: 2.1."),
            "state": state_shape("ActionSheetStateShape", SheetState.choices),
            "title": drf.CharField(),
            "from_day": drf.DateField(),
            "to_day": drf.DateField(),
            "activities": drf.IntegerField(),
            "hours": drf.CharField(),
            "budget": drf.CharField(help_text="In euros: 1500.00."),
            "spent": drf.CharField(help_text="In euros: 1500.00."),
            "milestones": drf.IntegerField(),
            "milestones_reached": drf.IntegerField(),
            "milestones_late": drf.IntegerField(),
        },
        many=True,
    )
