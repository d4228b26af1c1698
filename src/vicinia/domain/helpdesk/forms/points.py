"""Where a help desk is and when it is open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.helpdesk.actions import DayPlan, Hours, PointDetails
from vicinia.domain.helpdesk.models import HelpPoint
from vicinia.domain.helpdesk.states import Takes, Weekday
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.look.forms import CheckboxCards, DateInput, RadioCards, TimeInput, VersionedForm

_NAMES = (
    "name",
    "address",
    "directions",
    "access",
    "phone",
    "languages",
    "area",
    "slot_minutes",
    "seats",
    "days_ahead",
    "notice_hours",
    "is_active",
)


class PointForm(VersionedForm):
    """Where it is and how appointments are given there."""

    name = forms.CharField(label=_("Nome"), max_length=120)
    address = forms.CharField(label=_("Indirizzo"), max_length=200)
    directions = forms.CharField(label=_("Come si arriva"), max_length=300, required=False)
    access = forms.CharField(label=_("Accessibilità"), max_length=300, required=False)
    phone = forms.CharField(label=_("Telefono"), max_length=40, required=False)
    languages = forms.MultipleChoiceField(
        label=_("Lingue parlate"), choices=RESIDENT_LANGUAGES, required=False, widget=CheckboxCards()
    )
    area = forms.ChoiceField(label=_("Quartiere"), required=False)
    slot_minutes = forms.IntegerField(
        label=_("Durata di un appuntamento, in minuti"), min_value=5, max_value=240, initial=20
    )
    seats = forms.IntegerField(
        label=_("Appuntamenti nello stesso momento"), min_value=1, max_value=20, initial=1
    )
    days_ahead = forms.IntegerField(
        label=_("Giorni prenotabili in anticipo"), min_value=1, max_value=120, initial=30
    )
    notice_hours = forms.IntegerField(
        label=_("Ore di preavviso per chi prenota da solo"), min_value=0, max_value=240, initial=2
    )
    is_active = forms.BooleanField(label=_("In uso"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {str(area.pk): area for area in territory.reference_areas()}
        names = [(key, area.name) for key, area in self.areas.items()]
        self.fields["area"].choices = [("", _("non si sa")), *names]

    def details(self) -> PointDetails:
        given = {name: self.cleaned_data[name] for name in _NAMES}
        return PointDetails(**given | {"area": self.areas.get(given["area"])})

    @staticmethod
    def values_of(row: HelpPoint) -> dict[str, Any]:
        values = {name: getattr(row, name) for name in _NAMES}
        return values | {"area": str(row.area_id or ""), "seen_version": row.version}


class HoursForm(forms.Form):
    """From when to when on a weekday."""

    weekday = forms.TypedChoiceField(label=_("Giorno"), choices=Weekday.choices, coerce=int)
    from_time = forms.TimeField(label=_("Dalle"), widget=TimeInput())
    to_time = forms.TimeField(label=_("Alle"), widget=TimeInput())
    takes = forms.ChoiceField(
        label=_("Chi può venire"), choices=Takes.choices, initial=Takes.BOTH, widget=RadioCards()
    )

    def hours(self) -> Hours:
        return Hours(**self.cleaned_data)


class DayForm(forms.Form):
    """A day that is unlike others."""

    day = forms.DateField(label=_("Giorno"), widget=DateInput())
    from_time = forms.TimeField(
        label=_("Dalle"), required=False, widget=TimeInput(), help_text=_("Vuoto se è chiuso.")
    )
    to_time = forms.TimeField(label=_("Alle"), required=False, widget=TimeInput())
    takes = forms.ChoiceField(
        label=_("Chi può venire"), choices=Takes.choices, initial=Takes.BOTH, widget=RadioCards()
    )
    reason = forms.CharField(
        label=_("Perché"),
        max_length=160,
        required=False,
        help_text=_("Lo leggono tutti. Per esempio: ferie."),
    )

    def plan(self) -> DayPlan:
        return DayPlan(**self.cleaned_data)
