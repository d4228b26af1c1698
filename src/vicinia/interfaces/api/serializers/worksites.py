"""The shapes of worksites, their lots and disruptions, for the description of the API."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as drf

from vicinia.domain.worksites.states import DisruptionKind, DisruptionState, LotState, WorksiteState
from vicinia.interfaces.api.serializers import PageShape, state_shape


class WorksiteShape(drf.Serializer):
    """A worksite as a line of a list."""

    reference = drf.CharField()
    version = drf.IntegerField()
    state = state_shape("WorksiteStateShape", WorksiteState.choices)
    name = drf.CharField()
    summary = drf.CharField()
    who_to_call = drf.CharField()
    area = drf.CharField(allow_null=True, help_text="Code.")


class WorksitePage(PageShape):
    results = WorksiteShape(many=True)


class _DaysShape(drf.Serializer):
    """What was planned, what is thought now, how it went."""

    planned_from = drf.DateField()
    planned_to = drf.DateField()
    forecast_from = drf.DateField()
    forecast_to = drf.DateField()
    began_on = drf.DateField(allow_null=True)
    ended_on = drf.DateField(allow_null=True)


class SitePhaseShape(_DaysShape):
    title = drf.CharField()
    is_milestone = drf.BooleanField()


class LotShape(_DaysShape):
    reference = drf.CharField()
    version = drf.IntegerField()
    state = state_shape("LotStateShape", LotState.choices)
    name = drf.CharField()
    contractor = drf.CharField(allow_null=True)
    manager = drf.CharField(allow_null=True)
    phases = SitePhaseShape(many=True)


class FullWorksiteShape(WorksiteShape):
    """A worksite with its lots."""

    lots = LotShape(many=True)
    complaints = inline_serializer(
        "SiteComplaintCountsShape",
        {"all": drf.IntegerField(), "open": drf.IntegerField(), "late": drf.IntegerField()},
    )


class DisruptionShape(drf.Serializer):
    """A disruption with the houses and stairs that it concerns."""

    reference = drf.CharField()
    version = drf.IntegerField()
    kind = drf.ChoiceField(choices=DisruptionKind.choices)
    state = state_shape("DisruptionStateShape", DisruptionState.choices)
    worksite = drf.CharField()
    lot = drf.CharField()
    from_day = drf.DateField()
    to_day = drf.DateField()
    from_time = drf.CharField(help_text="On the clock of the town: 08:00.")
    to_time = drf.CharField()
    places = drf.ListField(child=drf.CharField())
    notice = drf.CharField(allow_null=True, help_text="Reference of its notice, if there is one.")
    notice_due_on = drf.DateField()


class DisruptionPage(PageShape):
    results = DisruptionShape(many=True)
