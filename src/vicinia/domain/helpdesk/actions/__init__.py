"""Everything that is done at the help desk. Each act checks, changes, records and tells, in one transaction."""

from vicinia.domain.helpdesk.actions.appointments import (
    Booked,
    NewAppointment,
    book,
    cancel,
    forget_appointments,
    mark,
    mark_called,
    move,
    remind,
    renew_link,
    see_who,
)
from vicinia.domain.helpdesk.actions.contacts import (
    Correction,
    NewContact,
    correct_contact,
    forget_contacts,
    note_contact,
    strike_contact,
)
from vicinia.domain.helpdesk.actions.files import (
    NewFile,
    Step,
    change_file,
    enter_file,
    forget_files,
    hand_over,
    open_file,
    to_case,
    to_report,
    write_note,
)
from vicinia.domain.helpdesk.actions.personal import erase_person
from vicinia.domain.helpdesk.actions.points import (
    DayPlan,
    Hours,
    PointDetails,
    add_hours,
    add_point,
    change_point,
    drop_day,
    drop_hours,
    set_day,
)
from vicinia.domain.helpdesk.actions.tickets import call_next, take_number, turn

__all__ = [
    "Booked", "Correction", "DayPlan", "Hours", "NewAppointment", "NewContact", "NewFile", "PointDetails", "Step",
    "add_hours", "add_point", "book", "call_next", "cancel", "change_file", "change_point", "correct_contact",
    "drop_day", "drop_hours", "enter_file", "erase_person", "forget_appointments", "forget_contacts",
    "forget_files", "hand_over", "mark", "mark_called", "move", "note_contact", "open_file", "remind",
    "renew_link", "see_who", "set_day", "strike_contact", "take_number", "to_case", "to_report", "turn",
    "write_note",
]  # fmt: skip
