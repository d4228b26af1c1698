"""Everything that is done to reports. Each act checks, changes, records and tells, in one transaction."""

from vicinia.domain.listening.actions.categories import CategoryCard, write_category, write_default_categories
from vicinia.domain.listening.actions.dialogue import (
    add_episode,
    ask_reporter,
    mark_read,
    write_to_reporter,
    write_to_unit,
)
from vicinia.domain.listening.actions.personal import erase_person
from vicinia.domain.listening.actions.receive import NewReport, Received, receive, say_me_too
from vicinia.domain.listening.actions.tell import follow_token, follow_url, tell_reporter
from vicinia.domain.listening.actions.triage import (
    Correction,
    answer,
    correct,
    end_with_case,
    enter_case,
    hand_back,
    leave_case,
    merge,
    note_first_contact,
    publish,
    redirect,
    resume,
    return_to_case,
    set_aside,
    take,
    undo,
    unpublish,
)

__all__ = [
    "CategoryCard",
    "Correction",
    "NewReport",
    "Received",
    "add_episode",
    "answer",
    "ask_reporter",
    "correct",
    "end_with_case",
    "enter_case",
    "erase_person",
    "follow_token",
    "follow_url",
    "hand_back",
    "leave_case",
    "mark_read",
    "merge",
    "note_first_contact",
    "publish",
    "receive",
    "redirect",
    "resume",
    "return_to_case",
    "say_me_too",
    "set_aside",
    "take",
    "tell_reporter",
    "undo",
    "unpublish",
    "write_category",
    "write_default_categories",
    "write_to_reporter",
    "write_to_unit",
]
