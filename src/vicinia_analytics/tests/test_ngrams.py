"""Hashed n-grams: a slow obvious twin, what counts keep, and that they are the same in every process."""

from __future__ import annotations

from collections import Counter
from math import log, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vicinia_analytics import ngrams
from vicinia_analytics.ngrams import NOTHING_COUNTED, STAMP, GramCounts

TEXTS = st.text("abcd ", max_size=24)


def slow_cosine(one: str, other: str, documents: list[str]) -> float:
    """TF-IDF over the n-grams themselves, without hashing."""

    def grams(text: str) -> Counter[str]:
        padded = f" {ngrams.telling_words(text)} "
        return Counter(padded[at : at + size] for size in (3, 4) for at in range(len(padded) - size + 1))

    def vector(text: str) -> dict[str, float]:
        df = Counter(gram for each in documents for gram in grams(each) if each.strip())
        return {
            gram: (1 + log(times)) * (1 + log((1 + len(documents)) / (1 + df[gram])))
            for gram, times in grams(text).items()
        }

    first, second = vector(one), vector(other)
    shared = sum(weight * second.get(gram, 0) for gram, weight in first.items())
    return shared / sqrt(sum(w * w for w in first.values()) * sum(w * w for w in second.values()))


@settings(deadline=None)  # a busy machine is no fault
@given(TEXTS, TEXTS)
def test_the_cosine_agrees_with_the_slow_twin(one: str, other: str) -> None:
    fast = ngrams.cosines(one, [other], NOTHING_COUNTED)[0]
    if ngrams.telling_words(one) and ngrams.telling_words(other):
        assert fast == pytest.approx(slow_cosine(one, other, []), abs=0.03)  # two n-grams may share a bucket
    else:
        assert np.isnan(fast)


def test_many_texts_at_once_are_as_alike_as_one_by_one() -> None:
    texts = ["musica alta", "", "rifiuti in strada", "Perché urlano?", "musica"]
    together = ngrams.cosines("musica altissima", texts, NOTHING_COUNTED)
    alone = [ngrams.cosines("musica altissima", [text], NOTHING_COUNTED)[0] for text in texts]
    assert together == pytest.approx(alone, nan_ok=True)
    assert ngrams.cosines("musica", [], NOTHING_COUNTED).shape == (0,)


def test_counts_say_in_how_many_texts_and_leave_out_what_few_wrote() -> None:
    counts = ngrams.count([["musica musica"] * 4, ["musica", "", "?!", "Rossi Ugo"]])
    assert counts.documents == 6  # texts without letters are not counted
    assert set(counts.counts[counts.counts > 0]) == {5}, "what fewer than five wrote leaves no trace"
    assert ngrams.count([]).documents == 0


def test_what_is_common_weighs_less() -> None:
    counts = ngrams.count([["segnalo musica"] * 20, ["segnalo buca"] * 20, ["segnalo cane"] * 20])
    weights = counts.weights(np.flatnonzero(counts.counts))
    assert weights.min() == pytest.approx(1.0) and weights.max() == pytest.approx(1 + log(61 / 21))
    assert set(NOTHING_COUNTED.weights(np.arange(9))) == {1.0}


def test_counts_are_packed_and_read_back_and_refused_when_made_in_another_way() -> None:
    counts = ngrams.count([["musica alta"] * 9])
    back = ngrams.unpacked(STAMP, counts.documents, counts.packed())
    assert isinstance(back, GramCounts) and back.documents == 9 and (back.counts == counts.counts).all()
    assert ngrams.unpacked("another", 9, counts.packed()) is None
    assert ngrams.unpacked(STAMP, 9, counts.packed()[:-4]) is None


def test_buckets_are_the_same_in_every_process_and_release() -> None:
    """Stored counts depend on them: when this fails on purpose, the stamp has to change too."""
    assert STAMP == "(3, 4) 15 5 1"
    counts = ngrams.count([["rumore"] * 5])
    assert list(np.flatnonzero(counts.counts)) == [
        424,
        1254,
        8402,
        9603,
        15430,
        16734,
        17033,
        17466,
        18643,
        26572,
        31189,
    ]
