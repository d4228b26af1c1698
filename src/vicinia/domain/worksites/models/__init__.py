"""Worksites with their lots and times; what those nearby live through, and what they say of it."""

from vicinia.domain.worksites.models.complaints import (
    Complaint,
    ComplaintMove,
    ComplaintRows,
    Reply,
    SurveyAnswer,
)
from vicinia.domain.worksites.models.disruptions import Disruption, DisruptionMove, DisruptionRows
from vicinia.domain.worksites.models.walks import SiteWalk, WalkMove, WalkPoint, WalkRows
from vicinia.domain.worksites.models.works import (
    Intervention,
    Lot,
    LotMove,
    LotRows,
    Phase,
    Slip,
    Timed,
    Worksite,
    WorksiteMove,
    WorksiteRows,
)

__all__ = [
    "Complaint",
    "ComplaintMove",
    "ComplaintRows",
    "Disruption",
    "DisruptionMove",
    "DisruptionRows",
    "Intervention",
    "Lot",
    "LotMove",
    "LotRows",
    "Phase",
    "Reply",
    "SiteWalk",
    "Slip",
    "SurveyAnswer",
    "Timed",
    "WalkMove",
    "WalkPoint",
    "WalkRows",
    "Worksite",
    "WorksiteMove",
    "WorksiteRows",
]
