"""Related reports: which of some earlier reports may be about the same thing, and why.

Each measure of a pair (how far, whether at one address, whether open at the same time, of one kind, with like words) has a
weight in `Weights`; their sum becomes a score from 0 to 1. Kind is a weight and never a gate: who sees a broken lamp says
"lamp" or "danger". What is not known of a report (no point, no words) stands at what says least. The same person is a
reason of its own, which lifts a score but never makes it alone.

The weights are the maximum of a conditional logit (D. McFadden, "Conditional logit analysis of qualitative choice behavior",
1974): given one report of a pair, which of those around it is the other? `benchmarks/similarity.py` fits them on pairs
that the staff of a large city closed as duplicates (docs/analytics/similarity.md names it), and prints them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Container, Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum
from math import inf, isnan, log, log1p
from typing import Protocol

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz

from vicinia_analytics import ngrams
from vicinia_analytics.geometry import metres_between

# Where a place is not known, it counts as this far: neither near nor far.
UNKNOWN_METRES = 150.0
# A point that so many addresses share is where a program puts what it could not place: it says nothing.
ADDRESSES_OF_A_VAGUE_POINT = 20
# What is left of "open at the same time" for a report that ended just before the other came, and how soon half of that is gone.
ENDED_BEFORE = 0.5
HALF_DAYS = 21.0

# From here on a measure is a reason that people are told.
NEAR_METRES = 150.0
SAME_WORDS = 0.5

# "via verdi 12 41121 modena", "33 beacon street", "via 4 novembre 5": at least two words that are no number before them.
_STREET = re.compile(r"^(?:\S*\d\S*\s+)*(?P<street>\S+(?:\s+\S+)+?)(?:\s+\S*\d.*)?$")

Floats = npt.NDArray[np.float64]


class Reason(StrEnum):
    """Why two reports may be about the same thing."""

    PLACE = "place"
    WORDS = "words"
    KIND = "kind"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each measure speaks for a pair; the unit is the logarithm of odds."""

    near: float
    """Per factor of e nearer: -ln(1 + metres / 10)."""
    address: float
    """Of the very same address."""
    street: float
    """Of another number of the same street."""
    together: float
    """Open at the same time: 1; otherwise ENDED_BEFORE, halved with every HALF_DAYS between them."""
    earlier: float
    """The other one came first: it is the one that the new one is joined to."""
    kind: float
    """Of the same kind."""
    group: float
    """Of another kind of the same group."""
    person: float
    """Of the same person. Set by hand: no public data says who reported."""
    words: float
    """Words alike, from 0 to 1."""


WEIGHTS = Weights(
    near=1.9, address=0.6, street=0.5, together=4.8, earlier=0.9, kind=2.9, group=1.1, person=1.0, words=1.6
)
"""Fitted by benchmarks/similarity.py on 262 pairs, rounded: see docs/analytics/similarity.md."""
MIDDLE = 6.0
"""The sum of weights at which a score is one half: by it the score is an order and no probability, which would depend on how much
a town reports. What a least score keeps and shows is in docs/analytics/similarity.md."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What of a report is compared. `person` is any key of the reporter, known to staff only; `lat`, `lon` in degrees.

    `ended` is when it was closed, None while it is open.
    """

    at: dt.datetime
    lat: float | None = None
    lon: float | None = None
    kind: str = ""
    group: str = ""
    words: str = ""
    person: str = ""
    address: str = ""
    ended: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like another a report is, from 0 to 1, with its reasons and the measures behind them."""

    score: float
    reasons: tuple[Reason, ...]
    metres: float | None
    days: float
    words: float


class WordsCompared(Protocol):
    """Anything that says how alike texts are: hashed n-grams here, an embedding in an extra."""

    def __call__(self, one: str, others: Sequence[str]) -> Floats:
        """From 0 to 1 for each of the others, NaN where there is nothing to compare. Shape (len(others),)."""
        ...  # pragma: no cover


@dataclass(frozen=True, slots=True)
class HashedWords:
    """Half the cosine of hashed n-grams, which forgives endings and spelling, half the token set ratio of rapidfuzz.

    The latter forgives what only one of them says, in any order. `counts` says which n-grams are common in the town.
    """

    counts: ngrams.GramCounts = ngrams.NOTHING_COUNTED

    def __call__(self, one: str, others: Sequence[str]) -> Floats:
        first, rest = ngrams.telling_words(one), [ngrams.telling_words(other) for other in others]
        cosine = ngrams.folded_cosines(first, rest, self.counts)
        tokens = np.array([fuzz.token_set_ratio(first, other) for other in rest]) / 100
        return np.asarray(0.5 * cosine + 0.5 * tokens)


UNCOUNTED = HashedWords()
"""Before any n-gram was counted: all of them weigh the same."""


def rank(
    one: Sighting,
    others: Sequence[Sighting],
    *,
    least: float = 0.0,
    most: int | None = None,
    compare: WordsCompared = UNCOUNTED,
) -> list[tuple[int, Likeness]]:
    """Positions in `others` with their likeness of at least `least`, the most alike first.

    Of equal ones the earliest comes first: it is the one that a double is joined to.

    Words are compared only where they could still bring a report up to `least` and among the first `most`.
    """
    if not others:
        return []
    metres = distances(one, others)
    sums = measures(one, others, metres) @ np.array(astuple(WEIGHTS)[:-1])
    words = np.full(len(others), np.nan)
    worth = _worth_reading(sums, least, most)
    words[worth] = compare(one.words, [others[at].words for at in worth])
    alike = np.nan_to_num(words)
    came = [other.at.timestamp() for other in others]
    scores = 1 / (1 + np.exp(MIDDLE - sums - WEIGHTS.words * alike))
    order = [int(at) for at in np.lexsort((came, -scores.round(9))) if scores[at] >= least]
    return [(at, _likeness(one, others[at], scores[at], metres[at], alike[at])) for at in order[:most]]


def distances(one: Sighting, others: Sequence[Sighting]) -> Floats:
    """Metres from one report to each other. Shape (n,); NaN where a point is missing or vague.

    A point is vague when ADDRESSES_OF_A_VAGUE_POINT different addresses are told at it.
    """
    addresses: dict[tuple[float | None, float | None], set[str]] = {}
    for each in (one, *others):
        addresses.setdefault((each.lat, each.lon), set()).add(each.address)
    vague = {point for point, told in addresses.items() if len(told) >= ADDRESSES_OF_A_VAGUE_POINT}
    return np.array([_metres(one, other, vague) for other in others], dtype=float)


def measures(one: Sighting, others: Sequence[Sighting], metres: Floats) -> Floats:
    """What is measured of each pair, but for its words: shape (n, 8), a column for each of `Weights` in order."""
    address, street = _address(one.address)
    known_addresses = {typed: _address(typed) for typed in {other.address for other in others}}
    rows = []
    for other, far in zip(others, metres, strict=True):
        other_address, other_street = known_addresses[other.address]
        is_same = bool(address) and address == other_address
        known = 0.0 if is_same else UNKNOWN_METRES if isnan(far) else far
        is_kind = bool(one.kind) and one.kind == other.kind
        rows.append(
            (
                -log1p(known / 10),
                is_same,
                bool(street) and street == other_street and not is_same,
                _together(one, other),
                other.at <= one.at,
                is_kind,
                bool(one.group) and one.group == other.group and not is_kind,
                bool(one.person) and one.person == other.person,
            )
        )
    return np.array(rows, dtype=float).reshape(-1, len(astuple(WEIGHTS)) - 1)


def _worth_reading(sums: Floats, least: float, most: int | None) -> npt.NDArray[np.intp]:
    """Where words can still make a difference: of those that reach `least` and the first `most`, were they all alike."""
    needed = MIDDLE + log(least / (1 - least)) if 0 < least < 1 else -inf
    if most is not None and 0 < most < len(sums):
        needed = max(needed, float(np.partition(sums, -most)[-most]))
    return np.flatnonzero(sums + WEIGHTS.words >= needed)


def _metres(
    one: Sighting, other: Sighting, vague: Container[tuple[float | None, float | None]]
) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    if (one.lat, one.lon) in vague or (other.lat, other.lon) in vague:
        return None
    return metres_between(one.lat, one.lon, other.lat, other.lon)


def _address(typed: str) -> tuple[str, str]:
    """An address and its street, as they are compared."""
    address = ngrams.telling_words(typed)
    found = _STREET.match(address)
    return address, found["street"] if found else ""


def _together(one: Sighting, other: Sighting) -> float:
    """1 when both were open at some time; else what is left of it after the days between the end and the start."""
    first, second = sorted((one, other), key=lambda each: each.at)
    if first.ended is None or first.ended >= second.at:
        return 1.0
    return float(ENDED_BEFORE * 0.5 ** (_days(first.ended, second.at) / HALF_DAYS))


def _days(one: dt.datetime, other: dt.datetime) -> float:
    return abs((one - other).total_seconds()) / 86_400


def _likeness(one: Sighting, other: Sighting, score: float, metres: float, words: float) -> Likeness:
    is_one_address = bool(one.address) and _address(one.address) == _address(other.address)
    found = (
        (Reason.PLACE, is_one_address or metres <= NEAR_METRES),
        (Reason.WORDS, words >= SAME_WORDS),
        (Reason.KIND, bool(one.kind) and one.kind == other.kind),
        (Reason.PERSON, bool(one.person) and one.person == other.person),
    )
    reasons = tuple(reason for reason, holds in found if holds)
    far = None if isnan(metres) else float(metres)
    return Likeness(round(float(score), 6), reasons, far, _days(one.at, other.at), round(float(words), 6))
