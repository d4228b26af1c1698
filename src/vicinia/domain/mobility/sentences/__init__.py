"""What a plan says, in words: how good it is, what it means for a household, why there is none and what would help."""

from vicinia.domain.mobility.sentences.conflicts import Remedy, conflict_words, remedies
from vicinia.domain.mobility.sentences.goodness import difference_words, gap_words, level_words, proof_words

__all__ = [
    "Remedy",
    "conflict_words",
    "difference_words",
    "gap_words",
    "level_words",
    "proof_words",
    "remedies",
]
