"""Rules about people that need no database."""

from __future__ import annotations

import datetime as dt

from tests.actors import COORDINATOR, COUNCILLOR, OPERATOR
from vicinia.domain.people import rules
from vicinia.domain.people.models import Person
from vicinia.foundation.kernel.verdict import Verdict

PRESENT = Person(pk=1, name="Maria Rossi")
MERGED = Person(pk=2, name="Maria Rosi", merged_into=PRESENT)
ERASED = Person(pk=3, merged_into=PRESENT, erased_at=dt.datetime(2026, 11, 16, tzinfo=dt.UTC))


def refused(verdict: Verdict, status: int, words: str) -> bool:
    return not verdict and verdict.status == status and words in str(verdict.sentence)


def test_an_operator_corrects_who_is_present_and_a_councillor_nobody() -> None:
    assert rules.may_correct(OPERATOR, PRESENT)
    assert refused(rules.may_correct(COUNCILLOR, PRESENT), 403, "non può cambiare")
    assert refused(rules.may_correct(OPERATOR, MERGED), 409, "unita a un'altra")
    assert refused(rules.may_correct(OPERATOR, ERASED), 409, "cancellati")


def test_only_a_merge_that_holds_and_was_not_erased_is_undone() -> None:
    assert rules.may_undo_merge(COORDINATOR, MERGED)
    assert refused(rules.may_undo_merge(OPERATOR, MERGED), 403, "Solo chi coordina")
    assert refused(rules.may_undo_merge(COORDINATOR, ERASED), 409, "cancellati")
    assert refused(rules.may_undo_merge(COORDINATOR, PRESENT), 409, "non è unita")


def test_who_lives_behind_a_door_is_told_to_who_keeps_its_households_only() -> None:
    today = dt.date(2026, 11, 16)
    [own, elsewhere] = (rules.HousingFacts(False, 104, area_id) for area_id in (min(OPERATOR.area_ids), 9999))
    assert refused(rules.may_live_in(OPERATOR, own, None, today=today), 409, "nucleo 104")
    verdict = rules.may_live_in(OPERATOR, elsewhere, None, today=today)
    assert verdict.status == 403 and "104" not in f"{verdict.sentence}{verdict.hint}"
