"""Counting votes and drawing lots: known results, properties, and published files with something wrong in them."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vicinia_analytics import lots, voting
from vicinia_analytics.voting import APPROVAL, PLURALITY, RANKED, Question

ABC = ("A", "B", "C")
ONE = Question(PLURALITY, ABC)
SOME = Question(APPROVAL, ABC, seats=2, most=3)
ORDER = Question(RANKED, ABC, most=3)


def test_most_votes_win() -> None:
    found = voting.count(ONE, {"A": 3, "B": 2, "": 4, "-": 1})
    assert (found.elected, found.valid, found.blank, found.spoiled, found.ballots) == (("A",), 5, 4, 1, 10)


def test_approval_counts_every_letter() -> None:
    found = voting.count(SOME, {"AB": 2, "BC": 2, "C": 1})
    assert found.rounds[0].votes == {"A": "2", "B": "4", "C": "3"} and found.elected == ("B", "C")


def test_who_has_no_vote_is_not_elected() -> None:
    assert voting.count(SOME, {"A": 1}).elected == ("A",)
    assert voting.count(ONE, {"": 3}).elected == ()


def test_a_tie_waits_for_the_lot() -> None:
    box = {"A": 2, "B": 2, "C": 1}
    open_tie = voting.count(ONE, box)
    assert (open_tie.elected, open_tie.tied) == ((), ("A", "B"))
    order = lots.in_drawn_order(ABC, seed="7 9", pool=voting.seal(box))
    assert voting.count(ONE, box, " 7  9 ").elected == (min("AB", key=order.index),)


def test_a_tie_below_the_edge_matters_to_nobody() -> None:
    assert voting.count(ONE, {"A": 3, "B": 1, "C": 1}).tied == ()


def test_instant_run_off_by_hand() -> None:
    """The Tennessee example of every textbook: Memphis leads, Knoxville wins when the others are transferred."""
    cities = Question(RANKED, ("M", "N", "C", "K"), most=4)
    found = voting.count(cities, {"MNCK": 42, "NCKM": 26, "CKNM": 15, "KCNM": 17})
    assert found.elected == ("K",)
    assert [step.excluded for step in found.rounds[:2]] == [("C",), ("N",)]


def test_two_seats_are_shared() -> None:
    """Sixty want A then B, forty want C: a majority does not take both."""
    found = voting.count(Question(RANKED, ABC, seats=2, most=3), {"AB": 60, "C": 40})
    assert set(found.elected) == {"A", "C"}


def test_an_empty_ranked_box_elects_nobody() -> None:
    assert voting.count(ORDER, {"": 2}).elected == ()


@pytest.mark.parametrize("letters", ["AA", "AX", "ABCB"])
def test_impossible_ballots(letters: str) -> None:
    with pytest.raises(ValueError, match="letters"):
        voting.clean_choice(ORDER, letters)


def test_ballots_are_kept_in_one_way() -> None:
    assert voting.clean_choice(SOME, ["c", " a ", ""]) == "AC"
    assert voting.clean_choice(ORDER, "ca") == "CA"
    with pytest.raises(ValueError, match="most"):
        voting.clean_choice(ONE, "AB")


boxes = st.dictionaries(st.permutations(ABC).map("".join), st.integers(1, 9), min_size=1, max_size=6)


@settings(max_examples=80, deadline=None)
@given(boxes, st.sampled_from(["1", "2 3", "lotto"]), st.integers(1, 2))
def test_the_same_box_and_number_elect_the_same(box: dict[str, int], seed: str, seats: int) -> None:
    question = Question(RANKED, ABC, seats=seats, most=3)
    first = voting.count(question, box, seed)
    second = voting.count(question, dict(reversed(box.items())), seed)
    assert first == second and len(first.elected) == seats


@settings(max_examples=50, deadline=None)
@given(boxes)
def test_a_majority_of_first_choices_wins(box: dict[str, int]) -> None:
    first = {letter: sum(n for choice, n in box.items() if choice[0] == letter) for letter in ABC}
    leader = max(first, key=lambda letter: first[letter])
    if 2 * first[leader] > sum(box.values()):
        assert voting.count(ORDER, box).elected == (leader,)


def published(**changes: Any) -> dict[str, Any]:
    box = {"A": 3, "B": 2}
    document = {
        "format": voting.FORMAT, "method": PLURALITY, "seats": 1, "most": 1, "options": {"A": "Maria", "B": "Ugo"},
        "ballots": box, "voted": 5, "receipts": ["a", "b", "c", "d", "e"], "seal": voting.seal(box),
        "lot": {"source": "lotto", "seed": ""}, "elected": ["A"],
    }  # fmt: skip
    return document | changes


def test_a_right_file_has_no_problem() -> None:
    found = voting.recount(published())
    assert (found.problems, found.options["A"]) == ([], "Maria")


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"elected": ["B"]}, "elected"),
        ({"seal": "0"}, "seal"),
        ({"receipts": ["a"]}, "receipts"),
        ({"voted": 4, "receipts": ["a", "b", "c", "d"]}, "voted"),
        ({"ballots": {"A": 3, "AB": 2}}, "ballots"),
        ({"ballots": {"A": 3, "-": 1, "": 1}}, "seal"),
    ],
)
def test_a_changed_file_says_where(changes: dict[str, Any], problem: str) -> None:
    assert problem in voting.recount(published(**changes)).problems


@pytest.mark.parametrize(
    "changes",
    [
        {"format": "other"},
        {"method": "x"},
        {"ballots": {"A": -1}},
        {"ballots": {"Z": 1}},
        {"options": []},
        {"lot": None},
    ],
)
def test_what_is_no_vote_is_said(changes: dict[str, Any]) -> None:
    with pytest.raises(voting.NotAVote):
        voting.recount(published(**changes))


def test_lots_can_be_drawn_by_hand() -> None:
    pool = lots.pool_fingerprint(["b2", "a1"])
    assert pool == hashlib.sha256(b"a1\nb2").hexdigest()
    expected = hashlib.sha256(f"12 45\n{pool}\na1".encode()).hexdigest()
    assert lots.rank(" 12  45 ", pool, "a1") == expected


def drawn(**changes: Any) -> dict[str, Any]:
    pool = ["a1", "b2", "c3", "d4"]
    digest = lots.pool_fingerprint(pool)
    order = lots.in_drawn_order(pool, seed="7", pool=digest)
    document = {
        "format": lots.FORMAT, "pool": pool, "pool_sha256": digest, "seed": "7", "places": 2, "reserves": 1,
        "drawn": order[:2], "reserve": order[2:3],
    }  # fmt: skip
    return document | changes


def test_a_right_draw_has_no_problem() -> None:
    assert lots.redraw(drawn()).problems == []


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"seed": " "}, "seed"),
        ({"pool": ["a1"]}, "pool"),
        ({"drawn": ["x"]}, "drawn"),
        ({"reserve": []}, "reserve"),
    ],
)
def test_a_changed_draw_says_where(changes: dict[str, Any], problem: str) -> None:
    assert problem in lots.redraw(drawn(**changes)).problems


@pytest.mark.parametrize("changes", [{"format": "x"}, {"places": -1}, {"pool": None}])
def test_what_is_no_draw_is_said(changes: dict[str, Any]) -> None:
    with pytest.raises(lots.NotADraw):
        lots.redraw(drawn(**changes))
