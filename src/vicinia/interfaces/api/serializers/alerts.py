"""The shapes of alerts, for the description of the API."""

from __future__ import annotations

from rest_framework import serializers as drf

from vicinia.interfaces.api.serializers import StateShape


class GroupShape(drf.Serializer):
    id = drf.IntegerField()
    name = drf.CharField()


class AlertAreaShape(drf.Serializer):
    code = drf.CharField()
    name = drf.CharField()


class AlertShape(drf.Serializer):
    """An alert as a line of a list. Without a point it is of the whole area."""

    reference = drf.CharField()
    sentence = drf.CharField(help_text="In the language that was asked for.")
    state = StateShape()
    group = GroupShape()
    method = drf.CharField()
    area = AlertAreaShape(allow_null=True)
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


class AlertPage(drf.Serializer):
    count = drf.IntegerField()
    page = drf.IntegerField()
    pages = drf.IntegerField()
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
