"""Lines of the communication plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach import queries
from vicinia.domain.outreach.actions import NewLine
from vicinia.domain.outreach.models import PlanLine
from vicinia.domain.outreach.states import LineState, PlanChannel
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import DateInput, VersionedForm


class LineForm(VersionedForm):
    """To whom, how, what, when, by whom, at which cost."""

    day = forms.DateField(label=_("Giorno"), widget=DateInput())
    audience = forms.CharField(
        label=_("A chi"), max_length=140, help_text=_("Per esempio «chi abita nelle case di via Roma».")
    )
    channel = forms.ChoiceField(label=_("In che modo"), choices=PlanChannel.choices)
    message = forms.CharField(label=_("Che cosa diciamo"), max_length=300, widget=forms.Textarea({"rows": 3}))
    area = forms.ModelChoiceField(label=_("Zona"), queryset=None, required=False, empty_label=_("tutte"))
    owner = forms.ModelChoiceField(label=_("Chi lo fa"), queryset=None, required=False)
    cost = forms.DecimalField(
        label=_("Costo, in euro"), min_value=0, max_digits=9, decimal_places=2, required=False
    )
    notice = forms.ModelChoiceField(
        label=_("Con quale avviso"), queryset=None, required=False, to_field_name="reference"
    )
    event = forms.ModelChoiceField(
        label=_("Con quale evento"), queryset=None, required=False, to_field_name="reference"
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = territory.reference_areas()
        self.fields["owner"].queryset = queries.plan_owners()
        self.fields["notice"].queryset = queries.notices_to_name(by)
        self.fields["notice"].label_from_instance = lambda row: f"{row.reference} {row.title}"
        self.fields["event"].queryset = queries.events_to_name(by)
        self.fields["event"].label_from_instance = lambda row: f"{row.reference} {row.title}"

    def line(self) -> NewLine:
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return NewLine(**values)

    @staticmethod
    def values_of(row: PlanLine) -> dict[str, Any]:
        names = ("day", "audience", "channel", "message", "cost")
        return {name: getattr(row, name) for name in names} | {
            "area": row.area_id,
            "owner": row.owner_id,
            "notice": row.notice and row.notice.reference,
            "event": row.event and row.event.reference,
            "seen_version": row.version,
        }


class FinishLineForm(forms.Form):
    """It is done: when, how many it reached, what it cost."""

    done_on = forms.DateField(label=_("Fatta il"), widget=DateInput(), initial=clock.today)
    reach = forms.IntegerField(
        label=_("Persone raggiunte"),
        min_value=0,
        required=False,
        help_text=_("Se l'avviso o l'evento lo dice già, trovi qui il numero."),
    )
    cost = forms.DecimalField(
        label=_("Costo, in euro"), min_value=0, max_digits=9, decimal_places=2, required=False
    )


class PlanFilterForm(forms.Form):
    """Which lines are shown. An unknown value filters nothing."""

    stato = forms.ChoiceField(
        label=_("A che punto è"), required=False, choices=[("", _("tutte")), *LineState.choices]
    )
    canale = forms.ChoiceField(
        label=_("In che modo"), required=False, choices=[("", _("tutti")), *PlanChannel.choices]
    )
