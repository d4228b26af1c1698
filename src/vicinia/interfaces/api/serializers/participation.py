"""The shapes of processes, assemblies, decisions and proposals, for the description of the API."""

from __future__ import annotations

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers as drf

from vicinia.domain.assemblies.states import AssemblyKind, AssemblyState, ResolutionState
from vicinia.domain.participation.states import IdeaState, ProcessState
from vicinia.interfaces.api.serializers import PageShape, state_shape


class ProcessShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    state = state_shape("ProcessStateShape", ProcessState.choices)
    title = drf.CharField()
    summary = drf.CharField()
    areas = drf.ListField(child=drf.CharField(), help_text="Codes. Empty: all of the town.")
    phases = inline_serializer(
        "PhaseShape",
        {
            "title": drf.CharField(),
            "from_day": drf.DateField(),
            "to_day": drf.DateField(),
            "takes_proposals": drf.BooleanField(),
        },
        many=True,
    )
    outcome = drf.CharField()


class ProcessPage(PageShape):
    results = ProcessShape(many=True)


class AssemblyShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    kind = drf.ChoiceField(choices=AssemblyKind.choices)
    state = state_shape("AssemblyStateShape", AssemblyState.choices)
    title = drf.CharField()
    day = drf.DateField(help_text="Of the call that is valid now.")
    hour = drf.CharField(help_text="On the clock of the town: 18:00.")
    place = drf.CharField()
    present = drf.IntegerField(allow_null=True)
    minutes = drf.CharField(allow_null=True, help_text="In Markdown, once they are approved.")
    fingerprint = drf.CharField(allow_null=True, help_text="SHA-256 of the approved minutes.")


class AssemblyPage(PageShape):
    results = AssemblyShape(many=True)


class DecisionShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    state = state_shape("DecisionStateShape", ResolutionState.choices)
    assembly = drf.CharField()
    words = drf.CharField()
    body = drf.CharField(help_text="The body that carries it out, if one does.")
    due_on = drf.DateField()
    is_late = drf.BooleanField()


class DecisionPage(PageShape):
    results = DecisionShape(many=True)


class ProposalShape(drf.Serializer):
    reference = drf.CharField()
    version = drf.IntegerField()
    state = state_shape("ProposalStateShape", IdeaState.choices)
    process = drf.CharField(allow_null=True)
    area = drf.CharField(allow_null=True, help_text="Code.")
    title = drf.CharField()
    text = drf.CharField()
    supports = drf.IntegerField()
    answer_due_on = drf.DateField()
    answer = drf.CharField()
    percent = drf.IntegerField(allow_null=True, help_text="Of the result, if it was accepted.")


class ProposalPage(PageShape):
    results = ProposalShape(many=True)
