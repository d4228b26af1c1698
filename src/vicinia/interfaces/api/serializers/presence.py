"""What is sent about rounds and key contacts, and how it is answered."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers as drf

from vicinia.domain.listening import queries as listening
from vicinia.domain.presence.states import ObservationKind, TalkBecame, TalkHow
from vicinia.foundation.kernel import clock
from vicinia.interfaces.api.serializers import Text, Version

LATE_DAYS = 60


class AtField(drf.DateTimeField):
    """When it was, for what is sent later; not later than now, whatever the clock of the phone says."""

    def __init__(self, **options: Any) -> None:
        words = "When it was, in the last two months; later than now counts as now."
        super().__init__(required=False, help_text=words, **options)

    def to_internal_value(self, value: Any) -> Any:
        """Refuse what is too long ago to be true."""
        moment = super().to_internal_value(value)
        if moment < clock.now() - dt.timedelta(days=LATE_DAYS):
            raise drf.ValidationError(_("È troppo tempo fa."))
        return moment


class MomentInput(Version):
    """An act of a moment that may have passed already."""

    at = AtField()


class FinishInput(MomentInput):
    notes = Text(2000)


class TickInput(drf.Serializer):
    seen = drf.BooleanField(default=True)
    at = AtField()


class ObservationInput(drf.Serializer):
    """Something seen; no version, because colleagues write beside each other. Photos go to the page's own address."""

    uuid = drf.UUIDField(help_text="Made by who sends it; sent again it is kept once.")
    kind = drf.ChoiceField(choices=ObservationKind.choices)
    words = Text(1000)
    stop = drf.IntegerField(required=False, min_value=1, max_value=2**31 - 1)
    lat = drf.FloatField(required=False, min_value=-90, max_value=90)
    lon = drf.FloatField(required=False, min_value=-180, max_value=180)
    address = Text(200)
    place_words = Text(300)
    at = AtField()


class TalkInput(Version):
    """A talk with a key contact."""

    uuid = drf.UUIDField(help_text="Made by who sends it; sent again it is kept once.")
    how = drf.ChoiceField(choices=TalkHow.choices)
    words = Text(2000)
    reached = drf.BooleanField(default=True)
    became = drf.ChoiceField(choices=TalkBecame.choices, default=TalkBecame.NOTHING)
    case = Text(16)
    kind = drf.SlugField(max_length=60, required=False)
    at = AtField()

    def validate_kind(self, value: str) -> Any:
        """The kind of problem of this code."""
        found = listening.kinds_in_use().filter(code=value).first()
        if found is None:
            raise drf.ValidationError(_("Questo tipo di problema non c'è."))
        return found


class StopShape(drf.Serializer):
    id = drf.IntegerField()
    why = drf.CharField()
    title = drf.CharField()
    look_at = drf.CharField()
    lat = drf.FloatField(allow_null=True)
    lon = drf.FloatField(allow_null=True)
    seen_at = drf.CharField(allow_null=True)


class ObservationShape(drf.Serializer):
    uuid = drf.CharField()
    version = drf.IntegerField()
    kind = drf.CharField()
    words = drf.CharField()
    at = drf.CharField()
    stop = drf.IntegerField(allow_null=True)
    became = drf.CharField()


class RoundShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    state = drf.CharField()
    planned_on = drf.CharField()
    from_time = drf.CharField()
    to_time = drf.CharField()
    started_at = drf.CharField(allow_null=True)
    ended_at = drf.CharField(allow_null=True)
    stops = StopShape(many=True)
    observations = ObservationShape(many=True)


class TalkShape(drf.Serializer):
    uuid = drf.CharField()
    contact = drf.CharField()
    version = drf.IntegerField(help_text="Of the key contact, after the talk.")
    next_on = drf.CharField()
    became = drf.CharField()
