"""Buildings, stairs, dwellings, and a file of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from vicinia.domain.territory import queries
from vicinia.domain.territory.forms.columns import ColumnsForm
from vicinia.domain.territory.forms.places import PlaceForm
from vicinia.domain.territory.incoming import BuildingDetails, DwellingDetails, StairDetails
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.territory.models.buildings import HIGHEST_FLOOR, LOWEST_FLOOR
from vicinia.foundation.look.forms import SuggestInput, VersionedForm

DOORS_AT_ONCE = 40


class BuildingsFilter(forms.Form):
    """Which buildings a list shows."""

    q = forms.CharField(label=_("Nome o indirizzo"), required=False, max_length=120)
    area = forms.TypedChoiceField(label=_("Zona"), required=False, coerce=int, empty_value=None)
    uso = forms.ChoiceField(
        label=_("Mostra"),
        required=False,
        choices=[("", _("quelli in uso")), ("fuori", _("quelli fuori uso"))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", _("tutte")), *queries.reference_area_choices()]

    @property
    def asked(self) -> dict[str, Any]:
        """What the list is narrowed by; a value that is not offered narrows nothing."""
        self.is_valid()
        cleaned = self.cleaned_data
        return {
            "words": cleaned.get("q", ""),
            "area_id": cleaned.get("area"),
            "retired": cleaned.get("uso") == "fuori",
        }

    @property
    def is_narrow(self) -> bool:
        """Whether something was asked for."""
        return any(self.asked.values())


class BuildingForm(VersionedForm, PlaceForm):
    """A building: what it is called and where it stands."""

    name = forms.CharField(
        label=_("Nome"), max_length=160, help_text=_("Come lo chiama chi ci abita: «Case bianche, blocco 2».")
    )
    manager = forms.CharField(
        label=_("Chi lo gestisce"), required=False, max_length=120, help_text=_("Un ente, non una persona.")
    )
    built_year = forms.IntegerField(
        label=_("Anno di costruzione"), required=False, min_value=1000, max_value=2200
    )
    field_order = ("name", "address", "place_words", "manager", "built_year")

    @property
    def details(self) -> BuildingDetails:
        """The clean values."""
        return BuildingDetails(
            **{name: self.cleaned_data[name] for name in ("name", "manager", "built_year")}
        )

    @staticmethod
    def values_of(building: Building) -> dict[str, Any]:
        """What the form starts from."""
        names = ("name", "manager", "built_year", "address", "place_words", "civic_number_id", "lat", "lon")
        return {name: getattr(building, name) for name in names} | {"seen_version": building.version}


def _yes_or_no(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    choices = [("", _("non si sa")), ("yes", _("sì")), ("no", _("no"))]
    return forms.TypedChoiceField(
        label=label,
        required=False,
        choices=choices,
        coerce=lambda word: word == "yes",
        empty_value=None,
        help_text=help_text,
    )


def _word(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]


class StairForm(VersionedForm):
    """A stair, with its own civic number if it has a door on the street."""

    name = forms.CharField(label=_("Nome della scala"), max_length=20, help_text=_("Per esempio: A."))
    address = forms.CharField(
        label=_("Indirizzo, se ha un portone suo"),
        required=False,
        max_length=200,
        widget=SuggestInput(reverse_lazy("address_suggestions"), into="id_civic_number_id"),
    )
    civic_number_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    floors = forms.IntegerField(label=_("Quanti piani"), required=False, min_value=0, max_value=HIGHEST_FLOOR)
    has_lift = _yes_or_no(_("Ha l'ascensore"))
    is_step_free = _yes_or_no(_("Si entra senza gradini"))

    def clean(self) -> dict[str, Any]:
        """An address is one that the town knows, so that a notice finds the stair."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("address"):
            cleaned["civic_number_id"] = None
        elif "address" in self.changed_data or not cleaned.get("civic_number_id"):
            chosen = cleaned.get("civic_number_id") if "civic_number_id" in self.changed_data else None
            at = queries.locate(address_words=cleaned["address"], civic_number_id=chosen)
            cleaned["civic_number_id"] = at.civic_number_id
            if at.civic_number_id is None:
                self.add_error("address", _("Non troviamo questo indirizzo: scrivi la via e il numero."))
        return cleaned

    @property
    def details(self) -> StairDetails:
        """The clean values."""
        names = ("name", "civic_number_id", "floors", "has_lift", "is_step_free")
        return StairDetails(**{name: self.cleaned_data[name] for name in names})

    @staticmethod
    def values_of(stair: Stair) -> dict[str, Any]:
        """What the form starts from."""
        return {
            "seen_version": stair.version,
            "name": stair.name,
            "address": str(stair.civic_number or ""),
            "civic_number_id": stair.civic_number_id,
            "floors": stair.floors,
            "has_lift": _word(stair.has_lift),
            "is_step_free": _word(stair.is_step_free),
        }


class DwellingForm(VersionedForm):
    """A dwelling."""

    door = forms.CharField(label=_("Porta"), max_length=20, help_text=_("Come si legge: «int. 4»."))
    floor = forms.IntegerField(
        label=_("Piano"),
        required=False,
        min_value=LOWEST_FLOOR,
        max_value=HIGHEST_FLOOR,
        help_text=_("0 è il piano terra, -1 il seminterrato."),
    )
    square_metres = forms.IntegerField(label=_("Metri quadri"), required=False, min_value=1, max_value=2000)
    rooms = forms.IntegerField(label=_("Stanze"), required=False, min_value=1, max_value=50)
    is_accessible = _yes_or_no(_("Accessibile in carrozzina"))

    @property
    def details(self) -> DwellingDetails:
        """The clean values."""
        names = ("floor", "square_metres", "rooms", "is_accessible")
        given = {name: self.cleaned_data[name] for name in names}
        return DwellingDetails(door=self.cleaned_data.get("door", ""), **given)

    @staticmethod
    def values_of(dwelling: Dwelling) -> dict[str, Any]:
        """What the form starts from."""
        names = ("door", "floor", "square_metres", "rooms")
        return {name: getattr(dwelling, name) for name in names} | {
            "seen_version": dwelling.version,
            "is_accessible": _word(dwelling.is_accessible),
        }


class DoorsForm(DwellingForm):
    """The doors of one floor that are alike."""

    seen_version = None  # type: ignore[assignment]  # how Django takes an inherited field away
    door = None  # type: ignore[assignment]
    doors = forms.CharField(
        label=_("Porte"),
        max_length=800,
        help_text=_("Una o più, separate da virgole: «int. 1, int. 2, int. 3»."),
    )
    field_order = ("floor", "doors", "square_metres", "rooms", "is_accessible")

    def clean_doors(self) -> list[str]:
        """Each door once, none too long."""
        words = (" ".join(word.split()) for word in self.cleaned_data["doors"].replace("\n", ",").split(","))
        doors = list(dict.fromkeys(word for word in words if word))
        if not doors or len(doors) > DOORS_AT_ONCE:
            raise forms.ValidationError(_("Scrivi almeno una porta, e non più di 40 alla volta."))
        if any(len(door) > 20 for door in doors):
            raise forms.ValidationError(_("Una porta ha al massimo 20 caratteri: separale con le virgole."))
        return doors


class HousesForm(ColumnsForm):
    """A file of dwellings."""

    labels = queries.EXPORTED
    file = forms.FileField(
        label=_("File CSV"),
        help_text=_("Una riga per alloggio. Fino a 5 MB e 5.000 righe."),
    )

    def command(self, name: str) -> str:
        """The command that takes a larger file."""
        return "vicinia import-territory …"
