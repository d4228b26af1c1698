"""The shapes of alerts, for the description of the API."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as drf

from vicinia.domain.foresight.states import AlertState, Method
from vicinia.interfaces.api.serializers import PageShape, state_shape


class AlertShape(drf.Serializer):
    """An alert as a line of a list. Without a point it is of the whole area."""

    reference = drf.CharField()
    sentence = drf.CharField(help_text="In the language that was asked for.")
    state = state_shape("AlertStateShape", AlertState.choices)
    group = inline_serializer("KindGroupShape", {"id": drf.IntegerField(), "name": drf.CharField()})
    method = drf.ChoiceField(choices=Method.choices)
    area = inline_serializer("AlertArea", {"code": drf.CharField(), "name": drf.CharField()}, allow_null=True)
    place = drf.CharField(allow_blank=True)
    lat = drf.FloatField(allow_null=True)
    lon = drf.FloatField(allow_null=True)
    radius_m = drf.IntegerField()
    found_on = drf.DateField()
    first_day = drf.DateField()
    last_day = drf.DateField()
    observed = drf.IntegerField()
    expected = drf.FloatField()
    recurrence_days = drf.FloatField(help_text="How many days pass, on average, between two such by chance.")


class AlertPage(PageShape):
    results = AlertShape(many=True)


class CurveDayShape(drf.Serializer):
    day = drf.DateField()
    observed = drf.IntegerField()
    expected = drf.FloatField()
    usual = drf.IntegerField(help_text="What is usual at most (97.5 %).")


class SightingShape(drf.Serializer):
    seen_on = drf.DateField()
    first_day = drf.DateField()
    last_day = drf.DateField()
    observed = drf.IntegerField()
    expected = drf.FloatField()
    recurrence_days = drf.FloatField()
    new_reports = drf.IntegerField()


class FullAlertShape(AlertShape):
    statistic = drf.FloatField()
    p_value = drf.FloatField()
    intensity = drf.FloatField(allow_null=True, help_text="Reports for each civic number, against the town.")
    curve = CurveDayShape(many=True)
    sightings = SightingShape(many=True)
