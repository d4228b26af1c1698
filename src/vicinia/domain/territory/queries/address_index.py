"""Near names of streets and places, in memory: a few thousand words, so every search looks at all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from math import log

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from vicinia.domain.territory.queries.words import (
    LITTLE_WORDS,
    SHORT_FORMS,
    Civic,
    Reading,
    forms_of,
    readings,
    words_of,
)

STREET, PLACE = "street", "place"
# How much of a score is "what was typed is in the name"; the rest is "the name is in what was typed".
_TYPED_SHARE = 0.75
_SHORT_FORM, _GLUED = 0.97, 0.97
_KIND_WEIGHT, _LITTLE_WEIGHT, _UNKNOWN_WEIGHT = 0.3, 0.15, 0.3
_NEAR_WORD = 0.66
_KINDS = (
    "via viale corso piazza piazzale piazzetta vicolo strada largo lungo localita borgo contrada salita frazione"
    " traversa galleria"
)
_KIND_FORMS = frozenset(
    form for kind in _KINDS.split() for form in {kind, *SHORT_FORMS.get(kind, ())} if len(form) > 1
)


@dataclass(frozen=True, slots=True)
class Named:
    """A street or place as the index needs it: the words of its kind, of its name and of the areas it lies in."""

    what: str
    row_id: int
    kind: str
    name: str
    around: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A street or place that may be the one meant, with the civic number that was read. Scores run from 0 to 1."""

    what: str
    row_id: int
    score: float
    civic: Civic | None


@dataclass(frozen=True, slots=True)
class _Posting:
    """That a form of a word stands for some slots (a bit each) of an entry."""

    entry: int
    slots: int
    quality: float


class AddressIndex:
    """Finds streets and places by words that are misspelt, shortened, in another order or not all there yet.

    Each word of a name is a slot with a weight: rare words weigh more, the kind of street and "di" little.
    A typed word fills the slot whose forms it equals, begins or is near to; a score is the weight that got filled.
    """

    def __init__(self, entries: Iterable[Named]) -> None:
        self._entries = list(entries)
        self._rarity = _rarity(self._entries)
        self._postings: dict[str, list[_Posting]] = defaultdict(list)
        self._weights: list[list[float]] = [self._index(at, entry) for at, entry in enumerate(self._entries)]
        self._full = [sum(weights) or 1.0 for weights in self._weights]
        self._forms = sorted(self._postings)
        self._beginnings = lru_cache(maxsize=32)(self._cut)
        self._near_forms = lru_cache(maxsize=2048)(self._find_near_forms)
        self.known = frozenset(self._forms)

    def matches(self, text: str, *, limit: int, worth: float = 0.5) -> list[Match]:
        """The likeliest streets and places that score at least `worth`, best first."""
        found = [
            (score, reading.civic is None, entry, reading.civic)
            for reading in readings(text, self.known)
            for entry, score in self._scores(reading, worth).items()
        ]
        ranked = sorted(found, key=lambda each: (-each[0], *each[1:3]))
        return [self._match(entry, civic, score) for score, _, entry, civic in ranked[:limit]]

    def _match(self, entry: int, civic: Civic | None, score: float) -> Match:
        named = self._entries[entry]
        return Match(named.what, named.row_id, round(score, 4), civic)

    def _index(self, at: int, entry: Named) -> list[float]:
        kinds, names = words_of(entry.kind), words_of(entry.name)
        words = [*kinds, *names]
        for slot, word in enumerate(words):
            for form in forms_of(word):
                self._post(form, at, 1 << slot, 1.0 if form == word else _SHORT_FORM)
        for slot in range(len(words) - 1):
            self._post(words[slot] + words[slot + 1], at, 3 << slot, _GLUED)
        if len(kinds) > 1:
            self._post("".join(word[0] for word in kinds), at, (1 << len(kinds)) - 1, _SHORT_FORM)
        for word in words_of(entry.around):
            self._post(word, at, 0, _SHORT_FORM)
        return [_KIND_WEIGHT / max(1, len(kinds))] * len(kinds) + [self._weight(word) for word in names]

    def _post(self, form: str, entry: int, slots: int, quality: float) -> None:
        self._postings[form].append(_Posting(entry, slots, quality))

    def _weight(self, word: str) -> float:
        return _LITTLE_WEIGHT if word in LITTLE_WORDS else self._rarity.get(word, 1.0)

    def _scores(self, reading: Reading, worth: float) -> dict[int, float]:
        """The score of every entry that some typed word points to and that may be worth it."""
        words = self._rejoined(reading.words)
        last = words[-1] if not reading.civic else ""
        near = [(word, self._near_forms(word, word == last)) for word in words]
        asked = sum(self._asked(word, forms) for word, forms in near) or 1.0
        filled: dict[int, int] = defaultdict(int)
        gained: dict[int, float] = defaultdict(float)
        for word, forms in sorted(near, key=lambda item: -len(item[0])):
            weight = self._asked(word, forms)
            for entry, (quality, slots) in self._best_slots(forms, filled).items():
                filled[entry] |= slots
                gained[entry] += weight * quality
        least = asked * (worth - (1 - _TYPED_SHARE)) / _TYPED_SHARE
        scores = (
            (entry, self._score(entry, gain / asked, filled[entry]))
            for entry, gain in gained.items()
            if gain >= least
        )
        return {entry: score for entry, score in scores if score >= worth}

    def _score(self, entry: int, typed: float, filled: int) -> float:
        weights = self._weights[entry]
        covered = sum(weight for slot, weight in enumerate(weights) if filled >> slot & 1)
        return _TYPED_SHARE * min(typed, 1.0) + (1 - _TYPED_SHARE) * covered / self._full[entry]

    def _best_slots(self, forms: dict[str, float], filled: dict[int, int]) -> dict[int, tuple[float, int]]:
        """For each entry the best still empty slots that a typed word fills."""
        best: dict[int, tuple[float, int]] = {}
        for form, likeness in forms.items():
            for posting in self._postings[form]:
                quality = likeness * posting.quality
                if posting.slots & filled.get(posting.entry, 0):
                    continue
                if quality > best.get(posting.entry, (0.0, 0))[0]:
                    best[posting.entry] = (quality, posting.slots)
        return best

    def _asked(self, word: str, forms: dict[str, float]) -> float:
        """How much a typed word counts: little for "di" and for the kind of street, less when nothing is like it."""
        if not forms:
            return _UNKNOWN_WEIGHT
        if word in LITTLE_WORDS:
            return _LITTLE_WEIGHT
        return _KIND_WEIGHT if word in _KIND_FORMS else max(self._rarity.get(word, 1.0), 0.3)

    def _find_near_forms(self, word: str, typing: bool) -> dict[str, float]:
        """The known forms that a typed word may stand for, with their likeness from 0 to 1."""
        forms = {word: 1.0} if word in self.known else {}
        if len(word) == 1 or not word.isdigit():
            start = bisect_left(self._forms, word)
            for form in takewhile(lambda form: form.startswith(word), self._forms[start:]):
                forms.setdefault(form, _begins(word, form, typing=typing))
        if len(word) > 3 and not word.isdigit():
            cutoff = max(_NEAR_WORD, 1 - 1.01 / len(word) if len(word) < 6 else 0.0)
            for form, likeness, _at in extract(
                word, self._forms, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=40
            ):
                forms[form] = max(forms.get(form, 0.0), likeness)
            if typing:
                self._add_misspelt_beginnings(word, forms)
        return forms

    def _add_misspelt_beginnings(self, word: str, forms: dict[str, float]) -> None:
        beginnings = self._beginnings(len(word))
        for _beginning, likeness, at in extract(
            word, beginnings, scorer=OSA.normalized_similarity, score_cutoff=0.74, limit=40
        ):
            form = self._forms[at]
            forms[form] = max(forms.get(form, 0.0), likeness * _begins(word, form, typing=True))

    def _cut(self, length: int) -> list[str]:
        return [form[:length] for form in self._forms]

    def _rejoined(self, words: tuple[str, ...]) -> list[str]:
        """The words, with two neighbours joined when only together they are known: "acca demia"."""
        joined: list[str] = []
        for word in words:
            if joined and word not in self.known and joined[-1] + word in self.known:
                joined[-1] += word
            else:
                joined.append(word)
        return joined


def _begins(word: str, form: str, *, typing: bool) -> float:
    """How likely a beginning stands for the whole word: the last word is perhaps still being typed."""
    share = len(word) / len(form)
    if len(word) == 1:
        return 0.6
    return 0.85 + 0.13 * share if typing or len(word) >= 3 else 0.7 + 0.2 * share


def _rarity(entries: list[Named]) -> dict[str, float]:
    """The weight of each word of the names: 1 for a word of one name, towards 0.3 for a word of many."""
    counts = Counter(word for entry in entries for word in set(words_of(entry.name)))
    most = log(1 + len(entries)) or 1.0
    return {word: max(0.3, log(1 + len(entries) / count) / most) for word, count in counts.items()}
