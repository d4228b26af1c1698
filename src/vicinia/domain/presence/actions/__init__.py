"""What is done with key contacts and rounds."""

from vicinia.domain.presence.actions.contacts import (
    ContactCard,
    NewTalk,
    add_contact,
    change_contact,
    log_talk,
    resume_contact,
    retire_contact,
    set_rhythm,
)
from vicinia.domain.presence.actions.observations import (
    NewObservation,
    Settlement,
    observe,
    remove_photo,
    settle_observation,
)
from vicinia.domain.presence.actions.personal import erase_person
from vicinia.domain.presence.actions.rounds import (
    NewStop,
    RoundPlan,
    cancel_round,
    change_round,
    change_stops,
    finish_round,
    note_print,
    plan_round,
    start_round,
    tick_stop,
)

__all__ = [
    "ContactCard",
    "NewObservation",
    "NewStop",
    "NewTalk",
    "RoundPlan",
    "Settlement",
    "add_contact",
    "cancel_round",
    "change_contact",
    "change_round",
    "change_stops",
    "erase_person",
    "finish_round",
    "log_talk",
    "note_print",
    "observe",
    "plan_round",
    "remove_photo",
    "resume_contact",
    "retire_contact",
    "set_rhythm",
    "settle_observation",
    "start_round",
    "tick_stop",
]
