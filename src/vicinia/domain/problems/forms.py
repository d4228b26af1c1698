"""What staff type into a SARA sheet, checked for shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.actions import NewIntervention
from vicinia.domain.casework.forms import InterventionForm
from vicinia.domain.problems import queries
from vicinia.domain.problems.models import Sheet
from vicinia.domain.problems.states import QUESTIONS


class PartForm(forms.Form):
    """The answers of one part. None is required: what is missing is said on the sheet, and nothing typed is lost."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, sheet: Sheet, part: str, **kwargs: Any) -> None:
        known = {question.name: getattr(sheet, question.name) for question in QUESTIONS[part]}
        super().__init__(*args, initial=known | {"seen_version": sheet.version}, **kwargs)
        for question in QUESTIONS[part]:
            area = forms.Textarea(attrs={"rows": 3})
            self.fields[question.name] = forms.CharField(
                label=str(question.label), help_text=str(question.hint), required=False, widget=area
            )

    @property
    def answers(self) -> dict[str, str]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}


class CauseForm(forms.Form):
    """Something that makes the problem possible."""

    what = forms.CharField(
        label=_("Che cosa lo rende possibile"),
        max_length=300,
        help_text=_("Del luogo o delle abitudini, senza nomi: «il cancello resta aperto la notte»."),
    )
    evidence = forms.CharField(
        label=_("Che cosa lo mostra"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class MeasureForm(InterventionForm):
    """An intervention on one of the causes."""

    mechanism = forms.CharField(label=_("Perché dovrebbe funzionare"), max_length=300)
    owner = forms.CharField(
        label=_("Di chi è"), max_length=140, help_text=_("Chi risponde che sia fatta: un ruolo o un ufficio.")
    )
    field_order = ("cause", "what", "mechanism", "owner", "kind", "way", "body", "planned_on")

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["cause"] = forms.ModelChoiceField(
            label=_("Su quale causa agisce"),
            queryset=queries.causes(sheet),
            empty_label=_("Scegli dalla lista"),
        )
        self.order_fields(self.field_order)

    def measure(self) -> dict[str, Any]:
        """What `add_measure` needs: the cause, the mechanism, the owner and the intervention."""
        values = dict(self.cleaned_data)
        own = {name: values.pop(name) for name in ("cause", "mechanism", "owner")}
        return own | {"new": NewIntervention(cause=own["cause"].what, **values)}
