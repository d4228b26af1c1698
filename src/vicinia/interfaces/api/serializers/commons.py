"""The shapes of shared spaces, bodies of tenants and pacts, for the description of the API."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as drf

from vicinia.domain.commons.states import (
    BodyKind,
    BodyState,
    PactLevel,
    PactState,
    PromiseSide,
    PromiseState,
)
from vicinia.interfaces.api.serializers import PageShape, state_shape


class SpaceShape(drf.Serializer):
    """A space that is lent."""

    code = drf.CharField()
    version = drf.IntegerField()
    name = drf.CharField()
    description = drf.CharField()
    place = drf.CharField()
    area = drf.CharField(allow_null=True, help_text="Code.")
    access = drf.CharField(help_text="How one gets in without steps.")
    capacity = drf.IntegerField()
    house_rules = drf.CharField()
    is_confirmed_by_hand = drf.BooleanField()
    longest_hours = drf.IntegerField(help_text="Of one booking.")
    bookings_to_come = drf.IntegerField()


class SpacePage(PageShape):
    results = SpaceShape(many=True)


class SpaceDayShape(drf.Serializer):
    """One day of a space: what is free. Who has the rest is not told."""

    day = drf.DateField()
    closed_because = drf.CharField(help_text="Empty: it is not closed for the day.")
    hours = inline_serializer(
        "StretchShape",
        {
            "from_time": drf.CharField(help_text="On the clock of the town: 09:00."),
            "to_time": drf.CharField(),
            "is_free": drf.BooleanField(),
        },
        many=True,
    )


class FreeTimesShape(drf.Serializer):
    """Fourteen days of a space."""

    code = drf.CharField()
    days = SpaceDayShape(many=True)


class TenantsBodyShape(drf.Serializer):
    """A committee of tenants or a self-managed house. Who signed and who holds an office are not told."""

    reference = drf.CharField()
    version = drf.IntegerField()
    kind = drf.ChoiceField(choices=BodyKind.choices)
    state = state_shape("TenantsBodyStateShape", BodyState.choices)
    name = drf.CharField()
    building = drf.CharField(help_text="Code.")
    services = drf.ListField(child=drf.CharField())
    entitled = drf.IntegerField(help_text="How many tenants have a voice.")
    constituted_on = drf.DateField(allow_null=True)
    until = drf.DateField(allow_null=True, help_text="The term of the convention, which renews itself.")


class TenantsBodyPage(PageShape):
    results = TenantsBodyShape(many=True)


class PactShape(drf.Serializer):
    """A published pact of collaboration. Who proposes it is not told."""

    reference = drf.CharField()
    version = drf.IntegerField()
    state = state_shape("PactStateShape", PactState.choices)
    level = drf.ChoiceField(choices=PactLevel.choices)
    title = drf.CharField()
    goals = drf.CharField()
    place = drf.CharField()
    area = drf.CharField(allow_null=True, help_text="Code.")
    space = drf.CharField(allow_null=True, help_text="Code.")
    starts_on = drf.DateField(allow_null=True)
    ends_on = drf.DateField(allow_null=True)
    promise_count = drf.IntegerField()


class PactPage(PageShape):
    results = PactShape(many=True)


class FullPactShape(PactShape):
    """A pact with what each side promises and what came of it."""

    promises = inline_serializer(
        "PromiseShape",
        {
            "side": drf.ChoiceField(choices=PromiseSide.choices),
            "words": drf.CharField(),
            "rhythm": drf.CharField(),
            "state": state_shape("PromiseStateShape", PromiseState.choices),
        },
        many=True,
    )
    reports = inline_serializer(
        "PactReportShape",
        {
            "year": drf.IntegerField(),
            "words": drf.CharField(),
            "trouble": drf.CharField(),
            "hours": drf.IntegerField(),
            "people": drf.IntegerField(),
            "cost": drf.CharField(help_text="Euro: 120.50."),
        },
        many=True,
    )
