"""Votes with their rolls and boxes, and random draws."""

from vicinia.domain.elections.models.draws import Draw, DrawMove, DrawRows, Ticket
from vicinia.domain.elections.models.polls import (
    FEWEST_SHOWN,
    Ballot,
    Mark,
    Option,
    PaperCount,
    Poll,
    PollMove,
    PollRows,
    Voter,
    VoterRows,
    question_of,
    random_id,
)

__all__ = [
    "FEWEST_SHOWN",
    "Ballot",
    "Draw",
    "DrawMove",
    "DrawRows",
    "Mark",
    "Option",
    "PaperCount",
    "Poll",
    "PollMove",
    "PollRows",
    "Ticket",
    "Voter",
    "VoterRows",
    "question_of",
    "random_id",
]
