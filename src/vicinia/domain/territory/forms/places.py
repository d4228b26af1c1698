"""A place as a form takes it: by address, by point, by words, any of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from vicinia.domain.territory.incoming import PlaceDetails
from vicinia.domain.territory.models import Place
from vicinia.domain.territory.queries import Location, locate
from vicinia.foundation.look.forms import SuggestInput


class PlaceForm(forms.Form):
    """Mixin of every form that asks where. `location` is there once the form is valid."""

    address = forms.CharField(
        label=_("Indirizzo o luogo"),
        required=False,
        max_length=200,
        widget=SuggestInput(reverse_lazy("address_suggestions"), into="id_civic_number_id"),
    )
    civic_number_id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    place_words = forms.CharField(
        label=_("Se l'indirizzo non basta, dillo a parole"),
        required=False,
        max_length=300,
        help_text=_("Per esempio: dietro la scuola, vicino alla fontana."),
    )

    @property
    def location(self) -> Location:
        """The place that was given, as exact as it can be known."""
        names = ("civic_number_id", "lat", "lon", "place_words")
        values: dict[str, Any] = {name: self.cleaned_data.get(name) for name in names}
        values["place_words"] = values["place_words"] or ""
        return locate(address_words=self.cleaned_data.get("address", ""), **values)


class NamedPlaceForm(PlaceForm):
    """A place that people call by name, with the other names they use for it."""

    name = forms.CharField(label=_("Nome"), max_length=160)
    kind = forms.CharField(
        label=_("Tipo"), required=False, max_length=40, help_text=_("Per esempio: parco, scuola, bar.")
    )
    aliases = forms.CharField(
        label=_("Altri nomi"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Come lo chiama la gente: un nome per riga."),
    )
    place_words = None  # type: ignore[assignment]  # how Django takes an inherited field away
    field_order = ("name", "kind", "aliases", "address")

    @property
    def location(self) -> Location:
        """Where the place is. An address typed anew wins over the point that the form showed."""
        typed_anew = "address" in self.changed_data and not {"lat", "lon"} & set(self.changed_data)
        if typed_anew and not self.cleaned_data.get("civic_number_id"):
            return locate(address_words=self.cleaned_data["address"])
        return super().location

    @staticmethod
    def initial_of(place: Place) -> dict[str, Any]:
        """What the form shows of a place."""
        return {
            "name": place.name,
            "kind": place.kind,
            "aliases": "\n".join(place.aliases),
            "lat": place.lat,
            "lon": place.lon,
        }

    def clean(self) -> dict[str, Any]:
        """A named place has a point: chosen on the map, or that of the address."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and self.location.lat is None:
            self.add_error(
                "address", _("Indica il posto: un indirizzo con il numero, o un punto sulla mappa.")
            )
        return cleaned

    @property
    def details(self) -> PlaceDetails:
        """What the form says, once it is valid."""
        where, cleaned = self.location, self.cleaned_data
        lines = (line.strip()[:160] for line in cleaned["aliases"].splitlines())
        assert where.lat is not None and where.lon is not None  # clean() asked for them
        return PlaceDetails(
            name=cleaned["name"],
            kind=cleaned["kind"],
            aliases=tuple(line for line in lines if line),
            lat=where.lat,
            lon=where.lon,
        )
