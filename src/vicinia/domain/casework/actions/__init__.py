"""Everything that is done in a case. Each act checks, changes, records and tells, in one transaction."""

from vicinia.domain.casework.actions.charge import (
    OpenCase,
    accept,
    decline,
    open_case,
    propose,
    take_charge,
    withdraw_proposal,
)
from vicinia.domain.casework.actions.closing import (
    close,
    enter_stage,
    handle_contest,
    note_watch_point,
    reopen,
    reply_outcome,
)
from vicinia.domain.casework.actions.contacts import (
    NewContact,
    contact_in_case,
    contact_on_report,
    set_rhythm,
)
from vicinia.domain.casework.actions.gathering import (
    CaseCorrection,
    add_file,
    add_person,
    correct,
    link_report,
    remove_person,
    unlink_report,
)
from vicinia.domain.casework.actions.matters import OpenMatter, raise_matter, settle_matter
from vicinia.domain.casework.actions.personal import erase_person
from vicinia.domain.casework.actions.plan import (
    NewCommitment,
    NewIntervention,
    add_commitment,
    add_task,
    cancel_intervention,
    carry_out,
    drop_task,
    end_commitment,
    finish_task,
    plan_intervention,
)

__all__ = [
    "CaseCorrection",
    "NewCommitment",
    "NewContact",
    "NewIntervention",
    "OpenCase",
    "OpenMatter",
    "accept",
    "add_commitment",
    "add_file",
    "add_person",
    "add_task",
    "cancel_intervention",
    "carry_out",
    "close",
    "contact_in_case",
    "contact_on_report",
    "correct",
    "decline",
    "drop_task",
    "end_commitment",
    "enter_stage",
    "erase_person",
    "finish_task",
    "handle_contest",
    "link_report",
    "note_watch_point",
    "open_case",
    "plan_intervention",
    "propose",
    "raise_matter",
    "remove_person",
    "reopen",
    "reply_outcome",
    "set_rhythm",
    "settle_matter",
    "take_charge",
    "unlink_report",
    "withdraw_proposal",
]
