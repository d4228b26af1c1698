"""What is typed about worksites at the desk, checked for shape."""

from vicinia.domain.worksites.forms.complaints import (
    CaseForm,
    ComplaintForm,
    DeskComplaintForm,
    PaperAnswerForm,
    ReplyForm,
    SurveyForm,
    WordsForm,
)
from vicinia.domain.worksites.forms.walks import HoldForm, PointForm, WalkForm
from vicinia.domain.worksites.forms.works import (
    DisruptionForm,
    EnterLotForm,
    InterventionForm,
    LotForm,
    MarkForm,
    PhaseForm,
    ReasonForm,
    SlipForm,
    WorksiteForm,
)

__all__ = [
    "CaseForm",
    "ComplaintForm",
    "DeskComplaintForm",
    "DisruptionForm",
    "EnterLotForm",
    "HoldForm",
    "InterventionForm",
    "LotForm",
    "MarkForm",
    "PaperAnswerForm",
    "PhaseForm",
    "PointForm",
    "ReasonForm",
    "ReplyForm",
    "SlipForm",
    "SurveyForm",
    "WalkForm",
    "WordsForm",
    "WorksiteForm",
]
