"""A round and its key contacts, as a phone that was without network sends them: each act again does no harm."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.decorators import api_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from vicinia.domain.presence import actions, queries
from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.api import shapes
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.serializers import presence as serializers
from vicinia.interfaces.api.views.house import answer, cleaned, count_write, describe


def _in_full(request: Request, reference: str) -> dict[str, Any]:
    by = able(request, Capability.KEEP_PRESENCE)
    row = queries.round_named(by, reference)
    return shapes.round_in_full(row, queries.stops_of(by, row), queries.observations_of(by, row))


@describe("rounds_read", answer=serializers.RoundShape)
@api_view(["GET"])
def round_(request: Request, reference: str) -> HttpResponse:
    """One round, with its stops and what was seen."""
    return answer(_in_full(request, reference))


@describe("rounds_start", answer=serializers.RoundShape, sends=serializers.MomentInput)
@api_view(["POST"])
def start(request: Request, reference: str) -> HttpResponse:
    """Begin a round."""
    by = able(request, Capability.KEEP_PRESENCE)
    count_write(request)
    row = queries.round_named(by, reference)
    actions.start_round(by=by, round_=row, **cleaned(serializers.MomentInput, request))
    return answer(_in_full(request, reference))


@describe("rounds_tick", answer=serializers.RoundShape, sends=serializers.TickInput)
@api_view(["POST"])
def tick(request: Request, reference: str, pk: int) -> HttpResponse:
    """Say that a stop was seen, or that it was not after all."""
    by = able(request, Capability.KEEP_PRESENCE)
    count_write(request)
    stop = queries.stop_of(by, queries.round_named(by, reference), pk)
    actions.tick_stop(by=by, stop=stop, **cleaned(serializers.TickInput, request))
    return answer(_in_full(request, reference))


@describe("rounds_finish", answer=serializers.RoundShape, sends=serializers.FinishInput)
@api_view(["POST"])
def finish(request: Request, reference: str) -> HttpResponse:
    """End a round."""
    by = able(request, Capability.KEEP_PRESENCE)
    count_write(request)
    row = queries.round_named(by, reference)
    actions.finish_round(by=by, round_=row, **cleaned(serializers.FinishInput, request))
    return answer(_in_full(request, reference))


@describe(
    "rounds_observe",
    answer=serializers.ObservationShape,
    sends=serializers.ObservationInput,
    status=201,
    repeated=True,
)
@api_view(["POST"])
def observe(request: Request, reference: str) -> HttpResponse:
    """Keep what was seen. The same `uuid` answers with the observation that is kept already."""
    by = able(request, Capability.KEEP_PRESENCE)
    count_write(request)
    row = queries.round_named(by, reference)
    values = cleaned(serializers.ObservationInput, request)
    place = {name: values.pop(name, None) for name in ("lat", "lon", "address", "place_words")}
    stop_id = values.pop("stop", None)
    stop = queries.stop_of(by, row, stop_id) if stop_id else None
    location = territory.locate(
        address_words=place["address"] or "",
        lat=place["lat"],
        lon=place["lon"],
        place_words=place["place_words"] or "",
    )
    is_known = queries.observation_sent(values["uuid"]) is not None
    new = actions.NewObservation(stop=stop, location=location, **values)
    seen = actions.observe(by=by, round_=row, new=new)
    return answer(shapes.observation(seen), status=200 if is_known else 201)


@describe(
    "key_contacts_talk",
    answer=serializers.TalkShape,
    sends=serializers.TalkInput,
    status=201,
    repeated=True,
    tag="key-contacts",
)
@api_view(["POST"])
def talk(request: Request, reference: str) -> HttpResponse:
    """Write down a talk with a key contact. The same `uuid` answers with the talk that is kept already."""
    by = able(request, Capability.KEEP_PRESENCE)
    count_write(request)
    contact = queries.key_contact_named(by, reference)
    values = cleaned(serializers.TalkInput, request)
    seen_version = values.pop("seen_version", None)
    number = values.pop("case")
    case = queries.case_line(by, number) if number else None
    if number and case is None:
        raise ValidationError({"case": [_("Scegli un caso tra quelli che vedi, o scrivi il suo numero.")]})
    is_known = queries.talk_sent(values["uuid"]) is not None
    new = actions.NewTalk(case=case, category=values.pop("kind", None), **values)
    kept = actions.log_talk(by=by, contact=contact, new=new, seen_version=seen_version)
    contact = queries.key_contact_named(by, reference)
    return answer(shapes.talk(kept, contact), status=200 if is_known else 201)
