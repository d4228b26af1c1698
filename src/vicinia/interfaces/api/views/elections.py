"""Votes and draws as they are published. Who votes, and what is in a box that is not open, never leaves."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from rest_framework.decorators import api_view
from rest_framework.request import Request

from vicinia.domain.elections import queries
from vicinia.domain.elections.models import Draw
from vicinia.domain.elections.states import PollState
from vicinia.foundation.accounts.states import Capability
from vicinia.interfaces.api.authentication import able
from vicinia.interfaces.api.serializers import elections as serializers
from vicinia.interfaces.api.shapes import day, moment, state
from vicinia.interfaces.api.views.house import answer, describe, page_of

_OVER = (PollState.CLOSED, PollState.COUNTED)


@describe("votes_list", answer=serializers.VotePage, asks=("page",))
@api_view(["GET"])
def votes(request: Request) -> HttpResponse:
    """Votes that have been called, the newest first."""
    able(request, Capability.SEE_PARTICIPATION)
    return page_of(request, queries.in_lines(queries.shown_polls().newest_first()), _vote)


@describe("votes_read", answer=serializers.FullVoteShape)
@api_view(["GET"])
def vote(request: Request, reference: str) -> HttpResponse:
    """One vote; once it is counted with all its ballots, mixed."""
    able(request, Capability.SEE_PARTICIPATION)
    row = queries.shown_poll(reference)
    row.voted = queries.turnout(row).voted  # type: ignore[attr-defined]
    options = queries.options_of(row)
    has_count = row.state == PollState.COUNTED and not row.is_small
    return answer(
        _vote(row)
        | {
            "options": {one.letter: one.label for one in options},
            "elected": [one.letter for one in options if one.is_elected],
            "count": queries.published_poll(row) if has_count else None,
        }
    )


def _vote(row: Any) -> dict[str, Any]:
    names = ("reference", "version", "kind", "title", "question", "method", "seats", "entitled")
    return {name: getattr(row, name) for name in names} | {
        "state": state(row.state, row.get_state_display()),
        "opens_at": moment(row.opens_at),
        "closes_at": moment(row.closes_at),
        "voted": row.voted if row.state in _OVER else None,
    }


@describe("draws_list", answer=serializers.DrawPage, asks=("page",))
@api_view(["GET"])
def draws(request: Request) -> HttpResponse:
    """Draws whose pool is published, the newest first."""
    able(request, Capability.SEE_PARTICIPATION)
    return page_of(request, queries.shown_draws().newest_first(), _draw)


@describe("draws_read", answer=serializers.FullDrawShape)
@api_view(["GET"])
def draw(request: Request, reference: str) -> HttpResponse:
    """One draw with its pool; once it is drawn with who is drawn, by their numbers."""
    able(request, Capability.SEE_PARTICIPATION)
    row = queries.shown_draw(reference)
    return answer(_draw(row) | {"draw": queries.published_draw(row)})


def _draw(row: Draw) -> dict[str, Any]:
    return {
        "reference": row.reference,
        "version": row.version,
        "state": state(row.state, row.get_state_display()),
        "title": row.title,
        "places": row.places,
        "source_day": day(row.source_day),
        "pool_sha256": row.pool_digest,
    }
