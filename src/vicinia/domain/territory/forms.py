"""A place as a form takes it: by address, by point, by words, any of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

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
