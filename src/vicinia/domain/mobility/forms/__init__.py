"""What staff type about the mobility."""

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
from vicinia.domain.mobility.forms.plans import (
    AskForm,
    LockForm,
    LotLaterForm,
    SpareForm,
    ToleranceForm,
)
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
    "AskForm",
    "BuildingsForm",
    "CompanionForm",
    "DoorsForm",
    "EndSpellForm",
    "FilesFilter",
    "HouseholdsForm",
    "InterviewForm",
    "LockForm",
    "LotLaterForm",
    "NearForm",
    "NeedsForm",
    "NumbersForm",
    "OpenFileForm",
    "RefusalForm",
    "RelocationForm",
    "SpareForm",
    "SpellForm",
    "TableForm",
    "ToleranceForm",
    "UnitsFilter",
]
