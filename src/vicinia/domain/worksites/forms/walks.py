"""A site walk: when, who came, what was seen, what is to be fixed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.network import queries as network
from vicinia.domain.worksites.actions import NewPoint, WalkPlan
from vicinia.domain.worksites.models import SiteWalk
from vicinia.foundation.attachments.forms import PhotosField
from vicinia.foundation.look.forms import DateInput, TimeInput, VersionedForm, textarea

LONGEST_MINUTES = 10_000


class WalkForm(VersionedForm):
    """When and where people meet, and who is asked."""

    day = forms.DateField(label=_("Giorno"), widget=DateInput())
    at_time = forms.TimeField(label=_("Ora"), widget=TimeInput())
    meeting_point = forms.CharField(label=_("Dove ci si trova"), max_length=160)
    participants = forms.CharField(label=_("Chi viene"), max_length=1000, required=False, widget=textarea(2))

    def plan(self) -> WalkPlan:
        values = self.cleaned_data
        names = ("day", "at_time", "meeting_point", "participants")
        return WalkPlan(**{name: values[name] for name in names})

    @staticmethod
    def values_of(row: SiteWalk) -> dict[str, Any]:
        names = ("day", "at_time", "meeting_point", "participants")
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


class HoldForm(VersionedForm):
    """The minutes."""

    participants = forms.CharField(label=_("Chi c'era"), max_length=1000, required=False, widget=textarea(2))
    minutes = forms.CharField(
        label=_("Che cosa avete visto"), max_length=LONGEST_MINUTES, widget=textarea(10)
    )
    photos = PhotosField(label=_("Foto"), required=False, help_text=_("Senza volti."))


class PointForm(forms.Form):
    """What is to be fixed, by whom, by when."""

    words = forms.CharField(label=_("Che cosa va sistemato"), max_length=500, widget=textarea(2))
    body = forms.ModelChoiceField(label=_("Quale ente lo fa"), queryset=None, required=False)
    who = forms.CharField(label=_("Oppure chi, a parole"), max_length=160, required=False)
    due_on = forms.DateField(label=_("Entro"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = network.bodies()

    def point(self) -> NewPoint:
        return NewPoint(**self.cleaned_data)
