"""What staff type about cases, checked for shape."""

from vicinia.domain.casework.forms.charge import HandOverForm, ProposeForm
from vicinia.domain.casework.forms.ending import CloseForm, ContestAnswerForm, WatchForm
from vicinia.domain.casework.forms.gathering import (
    CorrectForm,
    FileForm,
    LinkForm,
    NearForm,
    OpenCaseForm,
    PersonForm,
    ToCaseForm,
)
from vicinia.domain.casework.forms.lists import CaseFilter
from vicinia.domain.casework.forms.work import (
    CommitmentEndForm,
    CommitmentForm,
    ContactForm,
    InterventionDoneForm,
    InterventionForm,
    StageForm,
    TaskForm,
)

__all__ = [
    "CaseFilter",
    "CloseForm",
    "CommitmentEndForm",
    "CommitmentForm",
    "ContactForm",
    "ContestAnswerForm",
    "CorrectForm",
    "FileForm",
    "HandOverForm",
    "InterventionDoneForm",
    "InterventionForm",
    "LinkForm",
    "NearForm",
    "OpenCaseForm",
    "PersonForm",
    "ProposeForm",
    "StageForm",
    "TaskForm",
    "ToCaseForm",
    "WatchForm",
]
