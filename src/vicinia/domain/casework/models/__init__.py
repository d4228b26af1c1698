"""Cases and everything that is done in them."""

from vicinia.domain.casework.models.case import (
    Case,
    CaseMove,
    CasePerson,
    CaseReport,
    CaseRows,
    Matter,
    Proposal,
    ProposalMove,
)
from vicinia.domain.casework.models.ending import ClosingMove, ClosingRequest, OutcomeReply, WatchPoint
from vicinia.domain.casework.models.work import (
    Commitment,
    CommitmentMove,
    Contact,
    Intervention,
    InterventionMove,
    Plan,
    Task,
)

__all__ = [
    "Case",
    "CaseMove",
    "CasePerson",
    "CaseReport",
    "CaseRows",
    "ClosingMove",
    "ClosingRequest",
    "Commitment",
    "CommitmentMove",
    "Contact",
    "Intervention",
    "InterventionMove",
    "Matter",
    "OutcomeReply",
    "Plan",
    "Proposal",
    "ProposalMove",
    "Task",
    "WatchPoint",
]
