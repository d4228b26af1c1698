"""What a plan says, in words: how good it is, what it means for a household, why there is none and what would help."""

from vicinia.domain.mobility.sentences.changes import change_words
from vicinia.domain.mobility.sentences.conflicts import Remedy, conflict_words, place, remedies
from vicinia.domain.mobility.sentences.figures import figure
from vicinia.domain.mobility.sentences.goodness import (
    difference_words,
    gap_words,
    level_words,
    progress_words,
    proof_words,
)
from vicinia.domain.mobility.sentences.questions import question_words
from vicinia.domain.mobility.sentences.reasons import (
    alternative_words,
    need_words,
    possible_words,
    stay_words,
    wish_words,
)

__all__ = [
    "Remedy",
    "alternative_words",
    "change_words",
    "conflict_words",
    "difference_words",
    "figure",
    "gap_words",
    "level_words",
    "need_words",
    "place",
    "possible_words",
    "progress_words",
    "proof_words",
    "question_words",
    "remedies",
    "stay_words",
    "wish_words",
]
