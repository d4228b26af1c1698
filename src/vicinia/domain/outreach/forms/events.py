"""An event: its plan, who signs up, who comes, how it went."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach.actions import Counts, EventPlan, NewSignUp
from vicinia.domain.outreach.models import Event
from vicinia.domain.outreach.rules import MOST_TOGETHER
from vicinia.domain.people.forms import ReachedForm
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES, WRITTEN_LANGUAGES
from vicinia.foundation.look.forms import (
    CheckboxCards,
    DateInput,
    TimeInput,
    VersionedForm,
)


class EventForm(VersionedForm):
    """What, when, where, for how many."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    description = forms.CharField(
        label=_("Di che cosa si tratta"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    day = forms.DateField(label=_("Giorno"), widget=DateInput())
    from_time = forms.TimeField(label=_("Dalle"), widget=TimeInput())
    to_time = forms.TimeField(label=_("Alle"), widget=TimeInput())
    place = forms.CharField(label=_("Dove"), max_length=200)
    access = forms.CharField(
        label=_("Accessibilità"),
        required=False,
        max_length=300,
        help_text=_("Per esempio «ingresso senza gradini, bagno accessibile, si può chiedere l'interprete»."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Lingue parlate"), required=False, choices=WRITTEN_LANGUAGES, widget=CheckboxCards()
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Zone"),
        queryset=None,
        required=False,
        widget=CheckboxCards(),
        help_text=_("Se non scegli niente, è per tutta la città."),
    )
    asked_by = forms.CharField(
        label=_("Chi lo chiede"),
        required=False,
        max_length=140,
        help_text=_("Per esempio «il comitato degli inquilini». Resta tra noi."),
    )
    with_sign_up = forms.BooleanField(label=_("Ci si iscrive"), required=False, initial=True)
    places = forms.IntegerField(
        label=_("Posti"),
        required=False,
        min_value=1,
        max_value=100_000,
        help_text=_("Vuoto vuol dire senza limite. Finiti i posti, ci si mette in lista d'attesa."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = territory.reference_areas()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_time"), cleaned.get("to_time")
        if first and last and first >= last:
            self.add_error("to_time", _("L'evento finisce prima di cominciare: controlla le ore."))
        return cleaned

    def plan(self) -> EventPlan:
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return EventPlan(**values | {"areas": list(values["areas"])})

    @staticmethod
    def values_of(row: Event) -> dict[str, Any]:
        names = (
            "title",
            "description",
            "day",
            "from_time",
            "to_time",
            "place",
            "access",
            "languages",
            "asked_by",
            "with_sign_up",
            "places",
        )
        areas = [area.pk for area in row.areas.all()]
        return {name: getattr(row, name) for name in names} | {"areas": areas, "seen_version": row.version}


class SignUpForm(ReachedForm):
    """How many come, and how to tell them what changes: nothing more is asked."""

    otherwise = _("Non serve: guardo io la pagina della mia iscrizione")
    people = forms.IntegerField(label=_("In quanti venite?"), min_value=1, max_value=MOST_TOGETHER, initial=1)
    needs = forms.CharField(
        label=_("Hai bisogno di qualcosa per partecipare?"),
        max_length=300,
        required=False,
        help_text=_("Per esempio un interprete, un posto per la carrozzina, qualcuno che guarda i bambini."),
    )
    language = forms.ChoiceField(
        label=_("In che lingua ti scriviamo?"), choices=RESIDENT_LANGUAGES, required=False
    )
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, initial=secrets.token_hex)

    field_order = ("people", "name", "contact", "email", "phone", "needs", "language")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Se vuoi. Serve solo a riconoscerti all'ingresso.")

    def new(self) -> NewSignUp:
        values = self.cleaned_data
        return NewSignUp(
            values["people"],
            values["name"].strip(),
            values["contact"],
            values.get("contact_value", ""),
            values["needs"].strip(),
            values["language"] or "it",
        )


class CheckInForm(forms.Form):
    """The code that is shown at the door, and how many came with it."""

    codice = forms.CharField(
        label=_("Codice"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    came = forms.IntegerField(label=_("Quanti sono"), min_value=1, max_value=MOST_TOGETHER, required=False)


class CountForm(VersionedForm):
    """How many came."""

    people = forms.IntegerField(label=_("Persone venute"), min_value=0, max_value=100_000)
    children = forms.IntegerField(label=_("Di cui minori"), min_value=0, initial=0)
    first_time = forms.IntegerField(
        label=_("Di cui mai viste prima"),
        min_value=0,
        initial=0,
        help_text=_("Persone che il laboratorio incontra per la prima volta, per quello che sai."),
    )

    def counts(self) -> Counts:
        values = {name: self.cleaned_data[name] for name in ("people", "children", "first_time")}
        return Counts(**values)


class ReportForm(VersionedForm):
    """How it went, and what it cost."""

    report = forms.CharField(
        label=_("Com'è andata"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_("Che cosa è riuscito, che cosa no, che cosa fare la prossima volta. Senza nomi."),
    )
    cost = forms.DecimalField(
        label=_("Spesa, in euro"), min_value=0, max_digits=9, decimal_places=2, required=False
    )
