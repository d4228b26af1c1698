"""Which period is counted, and of what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening.states import Channel
from vicinia.foundation.look.forms import DateInput
from vicinia.interfaces.statistics import periods
from vicinia.interfaces.statistics.periods import Period
from vicinia.interfaces.statistics.queries import Filters, Names

FREE = "altro"


class PeriodForm(forms.Form):
    """For who sees no small count: a choice among spans that never overlap, and no filter."""

    periodo = forms.ChoiceField(label=_("Periodo"), required=False)

    def __init__(self, *args: Any, offered: dict[str, Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["periodo"].choices = [(name, periods.label(period)) for name, period in offered.items()]

    def chosen(self) -> Period:
        """The period asked for; the first one offered without a good choice."""
        name = self.cleaned_data.get("periodo") if self.is_valid() else ""
        return self.offered.get(name or "") or next(iter(self.offered.values()))

    def filters(self) -> Filters:
        return Filters()


class StatisticsForm(PeriodForm):
    """For who sees every count: any span of days, an area, a group of kinds, a channel."""

    dal = forms.DateField(label=_("Dal"), required=False, widget=DateInput())
    al = forms.DateField(label=_("Al"), required=False, widget=DateInput())
    zona = forms.TypedChoiceField(label=_("Zona"), required=False, coerce=int, empty_value=None)
    tipo = forms.TypedChoiceField(label=_("Tipo"), required=False, coerce=int, empty_value=None)
    canale = forms.ChoiceField(
        label=_("Canale"), required=False, choices=[("", _("Tutti")), *Channel.choices]
    )

    def __init__(self, *args: Any, names: Names, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        self.fields["periodo"].choices += [(FREE, _("Scelgo le date"))]
        self.fields["zona"].choices = [("", _("Tutte")), *names.areas.items()]
        self.fields["tipo"].choices = [("", _("Tutti")), *((group.pk, group.label) for group in names.groups)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        dated = [values.get("dal"), values.get("al")]
        if values.get("periodo") == FREE and not all(dated) and not self.errors:
            self.add_error("dal", _("Scegli tutte e due le date."))
        return values

    def chosen(self) -> Period:
        """The dates when both are given, else the period."""
        values = self.cleaned_data if self.is_valid() else {}
        wants_dates = values.get("periodo") in ("", FREE)
        if wants_dates and values.get("dal") and values.get("al"):
            return periods.free(values["dal"], values["al"])
        return super().chosen()

    def filters(self) -> Filters:
        values = self.cleaned_data if self.is_valid() else {}
        return Filters(values.get("zona"), values.get("tipo"), values.get("canale") or "")
