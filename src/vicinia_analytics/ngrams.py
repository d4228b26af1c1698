"""Character n-grams of texts, hashed: how alike words are, and how common each n-gram is in a town.

A text is cut into its runs of 3 and 4 letters; of a run only the number of one of 32,768 buckets is kept, from which no
text can be read back. How many texts hold each bucket (`GramCounts`) takes the same room whatever a town writes, and
says which runs tell something: those that every text holds weigh little. TF-IDF: G. Salton and C. Buckley,
"Term-weighting approaches in automatic text retrieval", Information Processing & Management 24(5), 1988, pp. 513-523.
Hashing: K. Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SIZES = (3, 4)
BITS = 15
BUCKETS = 1 << BITS
FEWEST = 5
"""A bucket that fewer texts hold is kept as empty: nothing that only a few people wrote leaves a trace."""
STAMP = f"{SIZES} {BITS} {FEWEST} 1"
"""How counts were made. Counts of another stamp mean something else: raise the last number when folding or hashing changes."""

_PRIME = 16_777_619  # of the FNV hash
_SPREAD = 2_654_435_769  # 2**32 over the golden ratio: multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4)
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

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class GramCounts:
    """In how many of `documents` texts each bucket is found; `counts` has shape (BUCKETS,)."""

    documents: int
    counts: npt.NDArray[np.uint32]

    def weights(self, buckets: Ints) -> Floats:
        """The inverse document frequency of some buckets, smoothed: 1 + ln((1 + n) / (1 + df)); all 1 when n = 0."""
        return np.asarray(1 + np.log((1 + self.documents) / (1.0 + self.counts[buckets])))

    def packed(self) -> bytes:
        """The counts as little-endian numbers of 4 bytes."""
        return self.counts.astype("<u4").tobytes()


NOTHING_COUNTED = GramCounts(0, np.zeros(BUCKETS, dtype=np.uint32))


def unpacked(stamp: str, documents: int, data: bytes) -> GramCounts | None:
    """What `packed` gave; None when it was made in another way (`stamp`) or is not whole."""
    if stamp != STAMP or len(data) != 4 * BUCKETS:
        return None
    return GramCounts(documents, np.frombuffer(data, dtype="<u4").astype(np.uint32))


def count(batches: Iterable[Sequence[str]]) -> GramCounts:
    """Count texts, which come in batches so that never all of them are in memory. Texts without letters don't count."""
    documents, counts = 0, np.zeros(BUCKETS, dtype=np.int64)
    for batch in batches:
        text_of, bucket_of, _ = _grams([telling_words(text) for text in batch])
        documents += len(np.unique(text_of))
        counts += np.bincount(bucket_of, minlength=BUCKETS)
    return GramCounts(documents, np.where(counts < FEWEST, 0, counts).astype(np.uint32))


def cosines(one: str, others: Sequence[str], counts: GramCounts) -> Floats:
    """How alike a text is to each of some others, from 0 to 1: cosine of their TF-IDF vectors. Shape (len(others),).

    A bucket found f times in a text weighs (1 + ln f) times its inverse document frequency. NaN where either has no letters.
    """
    return folded_cosines(telling_words(one), [telling_words(other) for other in others], counts)


def folded_cosines(one: str, others: Sequence[str], counts: GramCounts) -> Floats:
    """The same for texts that `telling_words` has been through."""
    text_of, bucket_of, times = _grams([one, *others])
    weight = (1 + np.log(times)) * counts.weights(bucket_of)
    sought = np.zeros(BUCKETS)
    of_one = text_of == 0
    sought[bucket_of[of_one]] = weight[of_one]
    size = 1 + len(others)
    shared = np.bincount(text_of, weights=weight * sought[bucket_of], minlength=size)
    lengths = np.sqrt(np.bincount(text_of, weights=weight * weight, minlength=size))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.minimum(shared[1:] / (lengths[0] * lengths[1:]), 1.0))


def telling_words(text: str) -> str:
    """The words that tell something: folded, without accents and without the little ones."""
    folded = text.casefold()
    if not folded.isascii():
        parts = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return " ".join(word for word in _NOT_LETTER.split(folded) if word and word not in _LITTLE_WORDS)


def _grams(texts: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """Every bucket of every text once: (number of the text, bucket, times found), in order of text. Many texts at once."""
    padded = [f" {text} " if text else "" for text in texts]
    codes = np.frombuffer("".join(padded).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in padded])
    keys = []
    for size in SIZES:
        starts = max(len(codes) - size + 1, 0)
        hashed = np.full(starts, size, dtype=np.uint32)
        for at in range(size):
            hashed = (hashed ^ codes[at : at + starts]) * np.uint32(_PRIME)
        bucket = (hashed * np.uint32(_SPREAD)) >> np.uint32(32 - BITS)
        whole = owner[:starts] == owner[size - 1 : size - 1 + starts]  # a run never joins two texts
        keys.append((owner[:starts] * BUCKETS + bucket)[whole])
    unique, times = np.unique(np.concatenate(keys), return_counts=True)
    return unique // BUCKETS, unique % BUCKETS, times
