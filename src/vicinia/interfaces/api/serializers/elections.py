"""The shapes of votes and draws, for the description of the API."""

from __future__ import annotations

from rest_framework import serializers as drf

from vicinia.domain.elections.states import DrawState, Method, PollKind, PollState
from vicinia.interfaces.api.serializers import PageShape, state_shape


class VoteShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    state = state_shape("VoteStateShape", PollState.choices)
    kind = drf.ChoiceField(choices=PollKind.choices)
    title = drf.CharField()
    question = drf.CharField()
    method = drf.ChoiceField(choices=Method.choices)
    seats = drf.IntegerField()
    opens_at = drf.DateTimeField()
    closes_at = drf.DateTimeField()
    entitled = drf.IntegerField()
    voted = drf.IntegerField(allow_null=True, help_text="Once the vote is closed.")


class VotePage(PageShape):
    results = VoteShape(many=True)


class FullVoteShape(VoteShape):
    options = drf.DictField(child=drf.CharField(), help_text="By their letter.")
    elected = drf.ListField(child=drf.CharField(), help_text="Letters, once the votes are counted.")
    count = drf.JSONField(
        allow_null=True,
        help_text="The published file, as `vicinia recount` reads it. Null before the count and with fewer than five ballots.",
    )


class DrawShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    state = state_shape("DrawStateShape", DrawState.choices)
    title = drf.CharField()
    places = drf.IntegerField()
    source_day = drf.DateField()
    pool_sha256 = drf.CharField()


class DrawPage(PageShape):
    results = DrawShape(many=True)


class FullDrawShape(DrawShape):
    draw = drf.JSONField(help_text="The published file, as `vicinia recount` reads it.")
