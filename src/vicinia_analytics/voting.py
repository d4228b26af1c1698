"""Counting votes, and counting published ones again: plurality, approval, and ranked by single transferable vote.

A ballot is a word of letters, one for each option: "B" (one choice), "AC" (approved), "BAC" (ranked, first choice first); "" is
blank and "-" is spoiled. Who wins between equals is drawn by `lots`, from the fingerprint of the box and a seed drawn in public.
Ranked ballots are counted by STVPoll (Scottish rules, as the University of Glasgow and VoteIT use them).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from stvpoll.scottish_stv import calculate_scottish_stv
from stvpoll.tiebreak_strategies import TiebreakHistory, TiebreakRandom

from vicinia_analytics.lots import clean_seed, in_drawn_order

FORMAT = "vicinia-vote/1"
PLURALITY, APPROVAL, RANKED = "plurality", "approval", "ranked"
METHODS = (PLURALITY, APPROVAL, RANKED)
BLANK, SPOILED = "", "-"

Box = Mapping[str, int]
"""How many ballots of each kind."""


class NotAVote(ValueError):
    """What was given can't be read as a published vote."""


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: the letters that a ballot may have, how many are elected, how many letters a ballot may have."""

    method: str
    letters: tuple[str, ...]
    seats: int = 1
    most: int = 1


@dataclass(frozen=True, slots=True)
class Round:
    """One step of the count: what each option has, who is elected or leaves."""

    votes: dict[str, str]
    elected: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """What came out. `tied` are options between which only a lot decides; without a seed then nobody is elected."""

    elected: tuple[str, ...]
    rounds: tuple[Round, ...]
    valid: int
    blank: int
    spoiled: int
    tied: tuple[str, ...] = ()

    @property
    def ballots(self) -> int:
        return self.valid + self.blank + self.spoiled


def clean_choice(question: Question, letters: Iterable[str]) -> str:
    """The letters of one ballot as they are kept; those that are approved in alphabetical order. Raises ValueError."""
    given = [letter.strip().upper() for letter in letters if letter.strip()]
    if len(set(given)) != len(given) or not set(given) <= set(question.letters):
        raise ValueError("letters")
    if len(given) > (1 if question.method == PLURALITY else question.most):
        raise ValueError("most")
    return "".join(given if question.method == RANKED else sorted(given))


def seal(box: Box) -> str:
    """The fingerprint of a box: the SHA-256 of its kinds of ballots in order, each with how many there are."""
    lines = [f"{choice}={number}" for choice, number in sorted(box.items()) if number]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def count(question: Question, box: Box, seed: str = "") -> Count:
    """Count a box. Without a seed a tie that matters is told, and nobody is elected."""
    order = in_drawn_order(question.letters, seed=seed, pool=seal(box))
    valid = {choice: number for choice, number in box.items() if choice not in (BLANK, SPOILED) and number}
    counted = _ranked if question.method == RANKED else _most_votes
    elected, rounds, tied = counted(question, valid, order)
    is_open = bool(tied) and not clean_seed(seed)
    return Count(
        () if is_open else elected,
        rounds,
        sum(valid.values()),
        box.get(BLANK, 0),
        box.get(SPOILED, 0),
        tied,
    )


Counted = tuple[tuple[str, ...], tuple[Round, ...], tuple[str, ...]]


def _most_votes(question: Question, valid: Box, order: list[str]) -> Counted:
    """Who has most; between equals at the edge the lot decides. Who has no vote at all is not elected."""
    votes: Counter[str] = Counter()
    for choice, number in valid.items():
        votes.update(dict.fromkeys(choice, number))
    chosen = [letter for letter in question.letters if votes[letter]]
    ranked = sorted(chosen, key=lambda letter: (-votes[letter], order.index(letter)))
    elected, rest = ranked[: question.seats], ranked[question.seats :]
    edge = votes[elected[-1]] if elected else 0
    tied = tuple(letter for letter in question.letters if edge and votes[letter] == edge)
    is_tie = any(votes[letter] == edge for letter in rest)
    shown = {letter: str(votes[letter]) for letter in question.letters}
    return tuple(elected), (Round(shown, tuple(elected)),), tied if is_tie else ()


def _ranked(question: Question, valid: Box, order: list[str]) -> Counted:
    """Single transferable vote; for one seat that is instant run-off."""
    if not valid:
        return (), (Round(dict.fromkeys(question.letters, "0")),), ()
    lot = TiebreakRandom(tuple(order), shuffle=False)
    result = calculate_scottish_stv(
        question.letters,
        {tuple(choice): number for choice, number in sorted(valid.items())},
        min(question.seats, len(question.letters)),
        pedantic_order=True,
        tiebreak_strategies=(TiebreakHistory(), lot),
    )
    place = {letter: index for index, letter in enumerate(question.letters)}
    rounds: list[Round] = []
    elected: list[str] = []
    for step in result.rounds:
        named = tuple(sorted(step.selected, key=place.__getitem__))
        votes = {letter: _plain(step.votes[letter]) for letter in question.letters if letter in step.votes}
        is_elected = step.status.name == "Elected"
        rounds.append(Round(votes, named if is_elected else (), () if is_elected else named))
        elected += named if is_elected else ()
    return tuple(elected), tuple(rounds), question.letters if lot.used else ()


def _plain(votes: Decimal) -> str:
    return format(votes.normalize(), "f")


@dataclass(frozen=True, slots=True)
class Recounted:
    """A published vote, counted again; `problems` says in which parts it is not what was published."""

    count: Count
    options: dict[str, str]
    problems: list[str]


def recount(document: Mapping[str, Any]) -> Recounted:
    """Count a published vote again and compare. Raises `NotAVote` if it can't be read."""
    try:
        question, box, options = _read(document)
        seed, said = str(document["lot"]["seed"]), [str(letter) for letter in document["elected"]]
        voted, receipts = int(document["voted"]), [str(one) for one in document["receipts"]]
        published_seal = str(document["seal"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotAVote(str(error)) from error
    found = count(question, box, seed)
    checks = {
        "seal": seal(box) == published_seal,
        "ballots": all(_is_possible(question, choice) for choice in box),
        "voted": found.ballots <= voted,
        "receipts": len(set(receipts)) == len(receipts) == voted,
        "elected": sorted(found.elected) == sorted(said),
    }
    return Recounted(found, options, [name for name, is_right in checks.items() if not is_right])


def _read(document: Mapping[str, Any]) -> tuple[Question, dict[str, int], dict[str, str]]:
    options = {str(letter): str(label) for letter, label in document["options"].items()}
    method, box = (
        str(document["method"]),
        {str(choice): int(number) for choice, number in document["ballots"].items()},
    )
    if document["format"] != FORMAT or method not in METHODS or any(number < 0 for number in box.values()):
        raise ValueError("format")
    if not set("".join(box)) <= {*options, SPOILED}:
        raise ValueError("letters")
    return Question(method, tuple(options), int(document["seats"]), int(document["most"])), box, options


def _is_possible(question: Question, choice: str) -> bool:
    if choice in (BLANK, SPOILED):
        return True
    try:
        return clean_choice(question, choice) == choice
    except ValueError:
        return False
