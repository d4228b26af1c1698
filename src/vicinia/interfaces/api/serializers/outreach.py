"""The shapes of notices and events, for the description of the API."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as drf

from vicinia.domain.outreach.states import EventState, NoticeKind, NoticeState
from vicinia.interfaces.api.serializers import PageShape, state_shape


class NoticeShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    kind = drf.ChoiceField(choices=NoticeKind.choices)
    state = state_shape("NoticeStateShape", NoticeState.choices)
    title = drf.CharField()
    audience = drf.ListField(child=drf.CharField(), help_text="Empty: all of the town.")
    languages = drf.ListField(child=drf.CharField())
    published_at = drf.DateTimeField(allow_null=True)
    until = drf.DateField(allow_null=True)


class NoticePage(PageShape):
    results = NoticeShape(many=True)


class FullNoticeShape(NoticeShape):
    texts = inline_serializer(
        "NoticeTextShape",
        {
            "language": drf.CharField(),
            "subject": drf.CharField(),
            "body": drf.CharField(),
            "easy": drf.CharField(),
            "is_read_again": drf.BooleanField(),
        },
        many=True,
    )
    reach = inline_serializer(
        "ReachShape",
        {
            "emails": drf.IntegerField(),
            "sms": drf.IntegerField(),
            "doors": drf.IntegerField(),
            "posters": drf.IntegerField(),
        },
    )


class EventShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    state = state_shape("EventStateShape", EventState.choices)
    title = drf.CharField()
    description = drf.CharField()
    starts_at = drf.DateTimeField()
    ends_at = drf.DateTimeField()
    place = drf.CharField()
    areas = drf.ListField(child=drf.CharField(), help_text="Codes. Empty: all of the town.")
    languages = drf.ListField(child=drf.CharField())
    access = drf.CharField()
    places = drf.IntegerField(allow_null=True)
    taken = drf.IntegerField()
    people_came = drf.IntegerField(allow_null=True)


class EventPage(PageShape):
    results = EventShape(many=True)
