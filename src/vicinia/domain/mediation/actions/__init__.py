"""What is done in a mediation: by the operator from outside the wall, by the mediator inside."""

from vicinia.domain.mediation.actions.agreement import (
    add_term,
    agree,
    check,
    correct_term,
    drop_term,
    end_without,
    finish,
    sign,
    talk_again,
)
from vicinia.domain.mediation.actions.asking import NewMediation, ask, read_end, replace_mediator, withdraw
from vicinia.domain.mediation.actions.keeping import erase_person, note_print, pass_on, remind
from vicinia.domain.mediation.actions.talks import (
    accept,
    answer_questions,
    bring_together,
    correct_meeting,
    decline,
    find_unsuitable,
    plan_next,
    refuse,
    write_meeting,
)

__all__ = [
    "NewMediation",
    "accept",
    "add_term",
    "agree",
    "answer_questions",
    "ask",
    "bring_together",
    "check",
    "correct_meeting",
    "correct_term",
    "decline",
    "drop_term",
    "end_without",
    "erase_person",
    "find_unsuitable",
    "finish",
    "note_print",
    "pass_on",
    "plan_next",
    "read_end",
    "refuse",
    "remind",
    "replace_mediator",
    "sign",
    "talk_again",
    "withdraw",
    "write_meeting",
]
