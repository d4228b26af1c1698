"""The shapes of the social help desk, for the description of the API."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as drf

from vicinia.domain.helpdesk.states import Takes
from vicinia.interfaces.api.serializers import PageShape


class HelpPointShape(drf.Serializer):
    """A help desk with its week."""

    code = drf.CharField()
    name = drf.CharField()
    address = drf.CharField()
    directions = drf.CharField()
    access = drf.CharField()
    phone = drf.CharField()
    languages = drf.ListField(child=drf.CharField())
    area = drf.CharField(allow_null=True, help_text="Code.")
    week = inline_serializer(
        "OpeningShape",
        {
            "weekday": drf.IntegerField(help_text="0 is Monday."),
            "from_time": drf.CharField(help_text="On the clock of the town: 09:00."),
            "to_time": drf.CharField(),
            "takes": drf.ChoiceField(choices=Takes.choices),
        },
        many=True,
    )


class HelpPointPage(PageShape):
    results = HelpPointShape(many=True)


class FullHelpPointShape(HelpPointShape):
    """A help desk with the days that are unlike others and the times that residents can book."""

    unlike_others = inline_serializer(
        "SpecialDayShape",
        {
            "day": drf.DateField(),
            "reason": drf.CharField(),
            "hours": drf.ListField(child=drf.CharField(), help_text="09:00-12:00. Empty: closed."),
        },
        many=True,
    )
    free_times = inline_serializer(
        "FreeTimeShape", {"at": drf.DateTimeField(), "free": drf.IntegerField()}, many=True
    )


class HelpCountShape(drf.Serializer):
    """One line of a count."""

    name = drf.CharField()
    contacts = drf.IntegerField()
    minutes = drf.IntegerField()


class HelpCountsShape(drf.Serializer):
    """What the contacts of a period add up to; who came is never told."""

    since = drf.DateField()
    until = drf.DateField()
    contacts = drf.IntegerField()
    minutes = drf.IntegerField()
    by_kind = HelpCountShape(many=True)
    by_topic = HelpCountShape(many=True)
    by_month = HelpCountShape(many=True)
