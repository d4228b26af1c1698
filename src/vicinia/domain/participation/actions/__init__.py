"""Everything that is done about processes and proposals. Each act checks, changes, records and tells, in one transaction."""

from vicinia.domain.participation.actions.answering import answer, merge, publish, take_up, withdraw
from vicinia.domain.participation.actions.personal import erase_person
from vicinia.domain.participation.actions.processes import (
    NewPhase,
    ProcessPlan,
    add_phase,
    change_phase,
    change_process,
    drop_phase,
    enter_process,
    plan_assembly,
    plan_process,
)
from vicinia.domain.participation.actions.proposing import (
    NewIdea,
    Sent,
    correct_idea,
    propose,
    renew_link,
    support,
)
from vicinia.domain.participation.actions.results import (
    Progress,
    add_milestone,
    drop_milestone,
    finish_milestone,
    follow_result,
)

__all__ = [
    "NewIdea",
    "NewPhase",
    "ProcessPlan",
    "Progress",
    "Sent",
    "add_milestone",
    "add_phase",
    "answer",
    "change_phase",
    "change_process",
    "correct_idea",
    "drop_milestone",
    "drop_phase",
    "enter_process",
    "erase_person",
    "finish_milestone",
    "follow_result",
    "merge",
    "plan_assembly",
    "plan_process",
    "propose",
    "publish",
    "renew_link",
    "support",
    "take_up",
    "withdraw",
]
