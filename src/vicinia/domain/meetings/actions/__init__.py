"""Everything that is done about a network meeting. Each act checks, changes, records and tells, in one transaction."""

from vicinia.domain.meetings.actions.agenda import NewItem, add_items, change_item, drop_item, move_item
from vicinia.domain.meetings.actions.giving import NewExtract, give_extract, note_print
from vicinia.domain.meetings.actions.minutes import (
    ItemMinutes,
    NewAction,
    add_action,
    add_note,
    close_minutes,
    drop_action,
    finish_action,
    hold,
    mark_attendance,
    write_item,
)
from vicinia.domain.meetings.actions.personal import erase_person
from vicinia.domain.meetings.actions.planning import (
    MeetingPlan,
    NewGuests,
    cancel,
    change,
    invite,
    plan,
    send_invitations,
    uninvite,
)

__all__ = [
    "ItemMinutes",
    "MeetingPlan",
    "NewAction",
    "NewExtract",
    "NewGuests",
    "NewItem",
    "add_action",
    "add_items",
    "add_note",
    "cancel",
    "change",
    "change_item",
    "close_minutes",
    "drop_action",
    "drop_item",
    "erase_person",
    "finish_action",
    "give_extract",
    "hold",
    "invite",
    "mark_attendance",
    "move_item",
    "note_print",
    "plan",
    "send_invitations",
    "uninvite",
    "write_item",
]
