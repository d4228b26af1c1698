"""A subject as the index sees it: teams, found by words of a notice board, seen by their members only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

import pytest
from django.db.models import QuerySet

from vicinia.foundation.accounts.models import Team, User
from vicinia.foundation.kernel import registries
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.registries import SearchDocuments, SearchFilters, SearchHit, SearchText
from vicinia.foundation.search import actions


@dataclass
class Board:
    """Notices of teams."""

    texts_by_id: dict[int, SearchText] = field(default_factory=dict)

    def post(
        self, name: str, body: str = "", *, readers: Iterable[User] = (), day: int = 1, language: str = "it"
    ) -> Team:
        team = Team.objects.create(name=name)
        team.members.set(readers)
        at = dt.datetime(2026, 1, day, tzinfo=dt.UTC)
        self.texts_by_id[team.pk] = SearchText(team.pk, name, body, language, at)
        actions.refresh("notice", [team.pk])
        return team

    def texts(self, ids: Collection[int]) -> list[SearchText]:
        return [self.texts_by_id[pk] for pk in ids if pk in self.texts_by_id]

    def visible(self, by: Actor) -> QuerySet[Team]:
        return Team.objects.all() if by.everywhere else Team.objects.filter(members=by.user_id)

    def narrow(self, rows: QuerySet[Team], filters: SearchFilters) -> QuerySet[Team]:
        return rows.filter(name__startswith="A") if filters.is_open else rows

    def hits(self, by: Actor, rows: QuerySet[Team]) -> list[SearchHit]:
        return [SearchHit(row.pk, f"/{row.pk}", str(row.pk), row.name) for row in rows]


@pytest.fixture
def board(monkeypatch: pytest.MonkeyPatch) -> Iterator[Board]:
    board = Board()
    notices = SearchDocuments(
        kind="notice",
        title="Avvisi",
        texts=board.texts,
        all_ids=lambda: sorted(board.texts_by_id),
        visible=board.visible,
        narrow=board.narrow,
        hits=board.hits,
    )
    monkeypatch.setattr(registries, "search_documents", {"notice": notices})
    yield board
