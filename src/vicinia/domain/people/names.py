"""Names as people write them: in any order, with a slip, with particles joined or not. Pure."""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz.distance import OSA

from vicinia.foundation.kernel.blind_index import digest, fold, near_forms

# Words that people join to the next one or not: De Luca and Deluca are one name.
PARTICLES = frozenset(
    {
        "d",
        "de",
        "del",
        "dell",
        "della",
        "delle",
        "dei",
        "degli",
        "di",
        "da",
        "dal",
        "dalla",
        "lo",
        "la",
        "li",
        "le",
        "van",
        "von",
        "el",
        "al",
        "abu",
        "ben",
        "bin",
        "ibn",
        "mc",
        "mac",
        "san",
        "st",
        "o",
    }
)
_VOWELS = "aeiou"


def name_words(name: str) -> set[str]:
    """The words that a name is found by, folded; a particle also joined to the word that follows."""
    words = fold(name).split()
    joined = {first + second for first, second in pairwise(words) if first in PARTICLES}
    return set(words) | joined


def name_slots(name: str) -> list[set[str]]:
    """What a searched name asks for: one set of spellings for each word that must be found."""
    words = fold(name).split()
    telling = [word for word in words if word not in PARTICLES] or words
    slots = []
    for word in dict.fromkeys(telling):
        before = words[words.index(word) - 1] if words.index(word) else ""
        slots.append({word, before + word} if before in PARTICLES else {word})
    return slots


def key_digests(word: str) -> set[str]:
    """Digests of a word and of its forms with one letter left out."""
    return {digest("name", form) for form in near_forms(word)}


def slips(asked: str, kept: str) -> int | None:
    """How many slips part two folded words: 0, 1, or None when they are different words."""
    if asked == kept:
        return 0
    if min(len(asked), len(kept)) < 3:
        return None
    return 1 if OSA.distance(asked, kept, score_cutoff=1) == 1 else None


def likeness(slots: list[set[str]], name: str) -> float | None:
    """How well a name answers what is asked, from 0 to 1; None when a word is missing. One slip a word is forgiven."""
    kept = name_words(name)
    found: list[int] = []
    for slot in slots:
        best = min((s for word in slot for k in kept if (s := slips(word, k)) is not None), default=None)
        if best is None:
            return None
        found.append(best)
    exactness = 1 - sum(found) / (2 * len(found))
    unasked = max(len(fold(name).split()) - len(slots), 0)
    return exactness - 0.02 * min(unasked, 5)


def _same_in_a_family(first: str, second: str) -> bool:
    """Whether only the ending differs, as in Mario and Maria: two people of one house, not a slip."""
    return first != second and first.rstrip(_VOWELS) == second.rstrip(_VOWELS)


def _agree(first: str, second: str) -> bool:
    if len(first) == 1 or len(second) == 1:
        return first[0] == second[0]
    return slips(first, second) is not None and not _same_in_a_family(first, second)


def same_person_likely(first: str, second: str) -> bool:
    """Whether two names with a contact point in common are one person's: every word of the shorter one agrees."""
    shorter, longer = sorted((fold(first).split(), fold(second).split()), key=len)
    if "".join(shorter) == "".join(longer):
        return True
    return all(any(_agree(word, other) for other in longer) for word in shorter)
