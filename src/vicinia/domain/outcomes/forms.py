"""What is typed about measuring an outcome, checked for shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outcomes.actions import NewMeasure
from vicinia.domain.outcomes.models import Measure
from vicinia.domain.outcomes.states import QUESTIONS, Satisfaction
from vicinia.domain.territory.forms import PlaceForm
from vicinia.foundation.look.forms import DateInput, RadioCards, VersionedForm

METRES = [(metres, _("%(n)s metri") % {"n": metres}) for metres in (100, 150, 200, 300, 500)]


class MeasureForm(VersionedForm, PlaceForm):
    """Since when, how wide, and which place is compared. The place is asked for as everywhere else."""

    field_order = ("began_on", "radius", "ring", "address", "why")

    began_on = forms.DateField(label=_("Da quando si interviene"), widget=DateInput())
    radius = forms.TypedChoiceField(
        label=_("Quanto è grande la zona dell'intervento"), coerce=int, choices=METRES, initial=150
    )
    ring = forms.TypedChoiceField(
        label=_("Fin dove il problema potrebbe spostarsi"), coerce=int, choices=METRES, initial=300
    )
    why = forms.CharField(
        label=_("Perché quel luogo è simile"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stesso tipo di posto e di problema, ma senza l'intervento."),
    )
    place_words = None  # type: ignore[assignment]  # how Django takes an inherited field away

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].label = _("Luogo di confronto")
        self.fields["address"].help_text = _(
            "Un luogo simile, lontano da qui: un indirizzo, o un punto sulla mappa."
        )

    @staticmethod
    def initial_of(measure: Measure | None) -> dict[str, Any]:
        """What the form shows of a measure that was chosen already."""
        if measure is None:
            return {}
        return {
            "seen_version": measure.version,
            "began_on": measure.began_on,
            "radius": measure.radius,
            "ring": measure.ring,
            "why": measure.why,
            "address": measure.control_words,
            "lat": measure.control_lat,
            "lon": measure.control_lon,
        }

    def new_measure(self) -> NewMeasure:
        values = self.cleaned_data
        names = ("began_on", "radius", "ring", "why")
        return NewMeasure(**{name: values[name] for name in names}, control=self.location)


class OpinionForm(forms.Form):
    """Five questions, five steps each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, question in QUESTIONS.items():
            self.fields[name] = forms.TypedChoiceField(
                label=question, coerce=int, choices=Satisfaction.choices, widget=RadioCards()
            )
