"""What people write about alerts: verdicts, groups, settings, filters."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.foresight import queries
from vicinia.domain.foresight.actions import NewGroup, NewSettings
from vicinia.domain.foresight.models import Alert, KindGroup, WatchSettings
from vicinia.domain.foresight.states import AlertState, Dismissal
from vicinia.domain.listening import queries as listening
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import CheckboxCards, DateInput, LongSelect, RadioCards, VersionedForm

NO_NAMES = _("Niente nomi di persone: un'allerta parla di luoghi.")


class AlertFilter(django_filters.FilterSet):
    """Filters of the list of alerts."""

    state = django_filters.ChoiceFilter(label=_("Che cosa si è deciso"), choices=AlertState.choices)
    group = django_filters.ModelChoiceFilter(
        label=_("Gruppo di tipi"), queryset=lambda _request: queries.all_groups()
    )
    area = django_filters.ChoiceFilter(
        label=_("Zona"), field_name="area", choices=territory.reference_area_choices, widget=LongSelect
    )

    class Meta:
        model = Alert
        fields = ("state", "group", "area")


class DismissForm(forms.Form):
    """Why an alert is dismissed."""

    reason = forms.ChoiceField(label=_("Perché"), choices=Dismissal.choices, widget=RadioCards())
    words = forms.CharField(
        label=_("In due parole"), required=False, max_length=500, help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class WatchForm(forms.Form):
    """Until when an eye is kept on an alert."""

    until = forms.DateField(label=_("Fino a quando"), widget=DateInput())
    words = forms.CharField(
        label=_("Che cosa guardare"), required=False, max_length=500, help_text=NO_NAMES,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class OpenCaseForm(forms.Form):
    """What a place problem is called."""

    title = forms.CharField(label=_("Titolo del caso"), max_length=140, help_text=NO_NAMES)


class LinkCaseForm(forms.Form):
    """Which open case follows an alert."""

    case = forms.ChoiceField(label=_("Caso"), widget=RadioCards())
    words = forms.CharField(label=_("Perché"), required=False, max_length=500, help_text=NO_NAMES)

    def __init__(self, *args: Any, by: Actor, alert: Alert, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["case"]
        assert isinstance(field, forms.ChoiceField)
        choices = [(case.reference, str(case)) for case in queries.cases_to_link(by, alert)]
        field.choices, self.has_cases = choices, bool(choices)


class TakeBackForm(forms.Form):
    """Why a verdict is taken back."""

    reason = forms.CharField(
        label=_("Perché"), max_length=500, help_text=NO_NAMES, widget=forms.Textarea(attrs={"rows": 2})
    )


class GroupForm(VersionedForm):
    """A group of kinds."""

    name = forms.CharField(label=_("Nome"), max_length=120)
    name_en = forms.CharField(label=_("Nome in inglese"), max_length=120, required=False)
    kinds = forms.ModelMultipleChoiceField(label=_("Tipi"), queryset=None, widget=CheckboxCards())
    position = forms.IntegerField(label=_("Ordine"), min_value=0, max_value=9999, initial=0)
    is_active = forms.BooleanField(label=_("In uso"), required=False, initial=True)

    def __init__(self, *args: Any, group: KindGroup | None, **kwargs: Any) -> None:
        if group is not None:
            names = ("name", "name_en", "position", "is_active")
            kwargs["initial"] = {name: getattr(group, name) for name in names} | {
                "seen_version": group.version,
                "kinds": list(queries.kinds_of(group)),
            }
        super().__init__(*args, **kwargs)
        self.group = group
        kinds = self.fields["kinds"]
        assert isinstance(kinds, forms.ModelMultipleChoiceField)
        kinds.queryset = (
            listening.kinds_in_use() | queries.kinds_of(group) if group else listening.kinds_in_use()
        )

    def clean_name(self) -> str:
        """One name, one group."""
        name: str = self.cleaned_data["name"]
        if queries.is_name_taken(name, self.group):
            raise forms.ValidationError(_("C'è già un gruppo con questo nome."))
        return name

    def new_group(self) -> NewGroup:
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return NewGroup(**values)


class SettingsForm(VersionedForm):
    """How the town is watched."""

    budget = forms.IntegerField(
        label=_("Allerte inutili all'anno, al massimo"), min_value=1, max_value=365,
        help_text=_("Se ne accetti di più, ne vedi prima. Da qui si calcola la soglia."),
    )  # fmt: skip
    longest_days = forms.IntegerField(
        label=_("Giorni della finestra più lunga"), min_value=1, max_value=60,
        help_text=_("Un aumento si cerca negli ultimi giorni, fino a questi."),
    )  # fmt: skip
    radius_m = forms.IntegerField(label=_("Raggio più largo, in metri"), min_value=100, max_value=5000)
    history_days = forms.IntegerField(
        label=_("Giorni di storia"), min_value=60, max_value=1825,
        help_text=_("Da questi si vede che cosa è normale."),
    )  # fmt: skip
    grid_m = forms.IntegerField(
        label=_("Lato delle celle, in metri"), min_value=50, max_value=500,
        help_text=_("Le segnalazioni si contano per celle: nessun indirizzo entra nel calcolo."),
    )  # fmt: skip

    NAMES = ("budget", "longest_days", "radius_m", "history_days", "grid_m")

    @classmethod
    def initial_of(cls, row: WatchSettings) -> dict[str, int]:
        return {name: getattr(row, name) for name in cls.NAMES} | {"seen_version": row.version}

    def new_settings(self) -> NewSettings:
        return NewSettings(**{name: self.cleaned_data[name] for name in self.NAMES})
