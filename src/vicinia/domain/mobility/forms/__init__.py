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
    "BuildingsForm",
    "CompanionForm",
    "DoorsForm",
    "EndSpellForm",
    "FilesFilter",
    "HouseholdsForm",
    "InterviewForm",
    "NearForm",
    "NeedsForm",
    "NumbersForm",
    "OpenFileForm",
    "RefusalForm",
    "RelocationForm",
    "SpellForm",
    "TableForm",
    "UnitsFilter",
]
