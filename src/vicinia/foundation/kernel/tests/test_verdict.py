"""Verdicts, actors, moves: what decides without a database."""

from __future__ import annotations

import pytest
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.errors import Conflict, Refused
from vicinia.foundation.kernel.moves import Moves
from vicinia.foundation.kernel.registries import Panel, panels, panels_at
from vicinia.foundation.kernel.verdict import YES, all_of, forbid, no


class Light(models.TextChoices):
    RED = "red", "rosso"
    GREEN = "green", "verde"
    DARK = "dark", "spento"


@pytest.fixture
def lights() -> Moves:
    table = Moves("Light", Light, {"red": {"green", "dark"}, "green": {"red"}})
    Moves.every.remove(table)
    return table


def test_a_yes_lets_pass_and_a_no_says_why_and_what_would_change_it() -> None:
    YES.require()
    with pytest.raises(Refused, match="Ora no") as refused:
        no("Ora no.", "Domani sì.").require()
    assert (refused.value.verdict.status, refused.value.verdict.hint) == (409, "Domani sì.")
    assert (bool(YES), forbid("Tu no.").status, bool(forbid("Tu no."))) == (True, 403, False)


@given(st.lists(st.sampled_from([YES, no("uno"), forbid("due")]), max_size=6))
def test_the_first_refusal_wins(verdicts) -> None:
    refusals = [verdict for verdict in verdicts if not verdict]
    assert all_of(*verdicts) == (refusals[0] if refusals else YES)


def test_only_what_the_table_has_may_follow(lights: Moves) -> None:
    assert lights.may("red", "green")
    assert str(lights.may("green", "dark").sentence) == "Da «verde» non si passa a «spento»."
    assert not lights.may("dark", "red"), "a state without a line in the table is an end"
    assert lights.table["dark"] == frozenset()


def test_a_conflict_carries_both_versions() -> None:
    conflict = Conflict("Cambiato.", current="hers", yours="mine")
    assert (conflict.current, conflict.yours, conflict.verdict.status) == ("hers", "mine", 409)


def test_an_actor_covers_own_areas_what_has_none_and_everything_when_everywhere() -> None:
    anna = Actor(ActorKind.STAFF, "user:1", "Anna", area_ids=frozenset({1}))
    assert (anna.covers(1), anna.covers(2), anna.covers(None)) == (True, False, True)
    assert Actor.job("nightly").covers(2)
    assert anna.is_staff and not Actor.job("nightly").is_staff


def test_residents_visitors_keys_and_jobs_say_what_they_are() -> None:
    assert Actor.resident("2026-00001").ref == "resident:2026-00001"
    assert Actor.resident("2026-00001", "Maria").name == "Maria"
    assert Actor.visitor().ref == "visitor"
    key = Actor.key("3", "App", frozenset({"see"}), frozenset({1}), False)
    assert (key.kind, key.ref, key.can("see"), key.can("write")) == (ActorKind.KEY, "key:3", True, False)


def test_panels_are_in_order_and_hidden_from_who_lacks_the_capability() -> None:
    added = [Panel("nowhere", "late", "b", order=2), Panel("nowhere", "secret", "c", "see", order=1)]
    panels.extend(added)
    try:
        nobody, somebody = Actor.visitor(), Actor.job("x", frozenset({"see"}))
        assert [panel.url_name for panel in panels_at("nowhere", nobody)] == ["late"]
        assert [panel.url_name for panel in panels_at("nowhere", somebody)] == ["secret", "late"]
    finally:
        del panels[-2:]
