"""What staff type about the mobility."""

from vicinia.domain.mobility.forms.expenses import AgainForm, ExpenseForm, PayForm
from vicinia.domain.mobility.forms.files import (
    CompanionForm,
    FilesFilter,
    HouseholdsForm,
    InterviewForm,
    NearForm,
    NeedsForm,
    NumbersForm,
    OpenFileForm,
    RefusalForm,
)
from vicinia.domain.mobility.forms.moving import (
    AccordForm,
    DayForm,
    MessageForm,
    SignForm,
    StepForm,
)
from vicinia.domain.mobility.forms.offers import AcceptForm, NotWantedForm, OfferForm
from vicinia.domain.mobility.forms.plans import AskForm, LockForm, LotLaterForm, SpareForm, ToleranceForm
from vicinia.domain.mobility.forms.relocations import (
    BuildingsForm,
    DoorsForm,
    EndSpellForm,
    RelocationForm,
    SpellForm,
    TableForm,
    UnitsFilter,
)

__all__ = [
    "AcceptForm",
    "AccordForm",
    "AgainForm",
    "AskForm",
    "BuildingsForm",
    "CompanionForm",
    "DayForm",
    "DoorsForm",
    "EndSpellForm",
    "ExpenseForm",
    "FilesFilter",
    "HouseholdsForm",
    "InterviewForm",
    "LockForm",
    "LotLaterForm",
    "MessageForm",
    "NearForm",
    "NeedsForm",
    "NotWantedForm",
    "NumbersForm",
    "OfferForm",
    "OpenFileForm",
    "PayForm",
    "RefusalForm",
    "RelocationForm",
    "SignForm",
    "SpareForm",
    "SpellForm",
    "StepForm",
    "TableForm",
    "ToleranceForm",
    "UnitsFilter",
]
