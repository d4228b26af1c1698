"""Related reports: which of some earlier reports may be about the same thing, and why.

A likeness joins how near two reports are in space and in time, whether they are of the same kind, and how many words
they share. Each part runs from 0 to 1; what is not known of a report (no point, no words) takes no part, and its weight
goes to what is known. The same person is a reason of its own, which lifts the likeness but never makes it alone.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import exp

from rapidfuzz import fuzz

from vicinia_analytics.geometry import metres_between

# How far and how long ago a report may be and still be worth half of one at the same spot on the same day.
HALF_METRES = 60.0
HALF_DAYS = 21.0
WEIGHTS = {"place": 0.45, "kind": 0.2, "words": 0.25, "time": 0.1}
SAME_GROUP = 0.4
SAME_PERSON_LIFT = 0.15

# From here on a part is a reason that people are told.
NEAR_METRES = 150.0
SAME_WORDS = 0.55
GRAM = 3

_NOT_LETTER = re.compile(r"[\W_]+")
_LITTLE_WORDS = frozenset(
    [
        "a",
        "ad",
        "ai",
        "al",
        "alla",
        "alle",
        "anche",
        "c",
        "che",
        "chi",
        "ci",
        "con",
        "da",
        "dal",
        "dalla",
        "dei",
        "del",
        "della",
        "delle",
        "di",
        "e",
        "gli",
        "ha",
        "hanno",
        "i",
        "il",
        "in",
        "la",
        "le",
        "lo",
        "ma",
        "mi",
        "ne",
        "nei",
        "nel",
        "nella",
        "non",
        "o",
        "per",
        "piu",
        "qui",
        "si",
        "sono",
        "su",
        "sul",
        "sulla",
        "tra",
        "un",
        "una",
        "uno",
    ]
)


class Reason(StrEnum):
    """Why two reports may be about the same thing."""

    PLACE = "place"
    WORDS = "words"
    KIND = "kind"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What of a report is compared. `person` is any key of the reporter, known to staff only; `lat`, `lon` in degrees."""

    at: dt.datetime
    lat: float | None = None
    lon: float | None = None
    kind: str = ""
    group: str = ""
    words: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like another a report is, from 0 to 1, with its reasons and the measures behind them."""

    score: float
    reasons: tuple[Reason, ...]
    metres: float | None
    days: float
    words: float


def likeness(one: Sighting, other: Sighting) -> Likeness:
    """Compare two reports. Symmetric."""
    metres = _metres(one, other)
    days = abs((one.at - other.at).total_seconds()) / 86_400
    words = words_alike(one.words, other.words)
    is_same_person = bool(one.person) and one.person == other.person
    parts: dict[str, float] = {"kind": _kinds_alike(one, other), "time": _half_every(days, HALF_DAYS)}
    if metres is not None:
        parts["place"] = _half_every(metres, HALF_METRES)
    if words is not None:
        parts["words"] = words
    weight = sum(WEIGHTS[name] for name in parts)
    score = sum(WEIGHTS[name] * value for name, value in parts.items()) / weight
    if is_same_person:
        score += SAME_PERSON_LIFT * (1 - score)
    reasons = _reasons(one, other, metres, words or 0.0, is_same_person)
    return Likeness(round(score, 6), reasons, metres, days, words or 0.0)


def rank(
    one: Sighting, others: Sequence[Sighting], *, least: float = 0.0, most: int | None = None
) -> list[tuple[int, Likeness]]:
    """Positions in `others` with their likeness of at least `least`, the most alike first; ties keep their order."""
    compared = ((position, likeness(one, other)) for position, other in enumerate(others))
    alike = [(position, found) for position, found in compared if found.score >= least]
    return sorted(alike, key=lambda pair: -pair[1].score)[:most]


def words_alike(one: str, other: str) -> float | None:
    """How alike two texts are: the better half of shared words (in any order) and shared letters. None without words.

    The token set ratio of rapidfuzz forgives what only one of them says; the Dice coefficient of character trigrams
    forgives spelling and endings.
    """
    first, second = telling_words(one), telling_words(other)
    if not first or not second:
        return None
    tokens = fuzz.token_set_ratio(first, second) / 100.0
    return 0.5 * tokens + 0.5 * gram_dice(first, second)


def gram_dice(one: str, other: str) -> float:
    """Twice the character trigrams that two texts share over all that they have, counted with repetition."""
    first, second = _grams(one), _grams(other)
    size = sum(first.values()) + sum(second.values())
    return 2 * sum((first & second).values()) / size if size else 0.0


@lru_cache(maxsize=4096)
def telling_words(text: str) -> str:
    """The words that tell something: folded, without accents and without the little ones."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(word for word in _NOT_LETTER.split(plain) if word and word not in _LITTLE_WORDS)


@lru_cache(maxsize=4096)
def _grams(text: str) -> Counter[str]:
    padded = f" {text} "
    return Counter(padded[at : at + GRAM] for at in range(max(len(padded) - GRAM + 1, 0)))


def _metres(one: Sighting, other: Sighting) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return metres_between(one.lat, one.lon, other.lat, other.lon)


def _half_every(distance: float, half: float) -> float:
    return exp(-0.693147 * distance / half)


def _kinds_alike(one: Sighting, other: Sighting) -> float:
    if one.kind and one.kind == other.kind:
        return 1.0
    return SAME_GROUP if one.group and one.group == other.group else 0.0


def _reasons(
    one: Sighting, other: Sighting, metres: float | None, words: float, is_same_person: bool
) -> tuple[Reason, ...]:
    found: Iterable[tuple[Reason, bool]] = (
        (Reason.PLACE, metres is not None and metres <= NEAR_METRES),
        (Reason.WORDS, words >= SAME_WORDS),
        (Reason.KIND, bool(one.kind) and one.kind == other.kind),
        (Reason.PERSON, is_same_person),
    )
    return tuple(reason for reason, holds in found if holds)
