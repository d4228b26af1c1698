"""Everything that is done in a review. Each act checks, changes, records and tells, in one transaction."""

from vicinia.domain.reviews.actions.answering import accept_recommendation, refuse_recommendation
from vicinia.domain.reviews.actions.asking import Entered, ask, ask_for, tell_right, withdraw
from vicinia.domain.reviews.actions.chairing import (
    Chair,
    NewRecommendation,
    acknowledge,
    change_chair,
    decide,
    decide_threshold,
    note_letter,
    recommend,
    set_meeting,
    unrecommend,
)
from vicinia.domain.reviews.actions.personal import erase_person

__all__ = [
    "Chair",
    "Entered",
    "NewRecommendation",
    "accept_recommendation",
    "acknowledge",
    "ask",
    "ask_for",
    "change_chair",
    "decide",
    "decide_threshold",
    "erase_person",
    "note_letter",
    "recommend",
    "refuse_recommendation",
    "set_meeting",
    "tell_right",
    "unrecommend",
    "withdraw",
]
