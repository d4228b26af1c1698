"""What staff type about the territory, checked for shape."""

from vicinia.domain.territory.forms.buildings import (
    BuildingForm,
    BuildingsFilter,
    DoorsForm,
    DwellingForm,
    HousesForm,
    StairForm,
)
from vicinia.domain.territory.forms.choosing import HousesField
from vicinia.domain.territory.forms.columns import ColumnsForm
from vicinia.domain.territory.forms.places import NamedPlaceForm, PlaceForm

__all__ = [
    "BuildingForm",
    "BuildingsFilter",
    "ColumnsForm",
    "DoorsForm",
    "DwellingForm",
    "HousesField",
    "HousesForm",
    "NamedPlaceForm",
    "PlaceForm",
    "StairForm",
]
