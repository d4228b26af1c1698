"""What may be done with what we keep of people and of their households."""

from vicinia.domain.people.actions.households import (
    Stated,
    add_member,
    add_newcomer,
    erase_housed,
    make_household,
    move_in,
    move_out,
    relate_member,
    remove_member,
    state_household,
)
from vicinia.domain.people.actions.persons import (
    correct,
    erase,
    export,
    meet,
    merge,
    note_needs,
    undo_merge,
)

__all__ = [
    "Stated",
    "add_member",
    "add_newcomer",
    "correct",
    "erase",
    "erase_housed",
    "export",
    "make_household",
    "meet",
    "merge",
    "move_in",
    "move_out",
    "note_needs",
    "relate_member",
    "remove_member",
    "state_household",
    "undo_merge",
]
