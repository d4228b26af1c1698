"""A contact in one line: everything has a first choice, so that one tap is enough."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vicinia.domain.helpdesk.actions import Correction
from vicinia.domain.helpdesk.states import Channel, Kind, Topic
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.look.forms import DateInput, RadioCards, VersionedForm

MINUTES = [(5, "5"), (10, "10"), (20, "20"), (30, "30"), (45, "45"), (60, "60")]


class NamedForm(forms.Form):
    """Mixin: who it is, if they want to say it."""

    name = forms.CharField(label=_("Nome"), required=False, max_length=120)
    phone = forms.CharField(
        label=_("Telefono"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "tel", "type": "tel"}),
    )
    email = forms.CharField(
        label=_("E-mail"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"inputmode": "email"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        given: dict[str, Any] = {name: cleaned.get(name) or "" for name in ("name", "phone", "email")}
        self.details: PersonDetails | None = None
        if any(given.values()):
            try:
                self.details = PersonDetails(**given, language=cleaned.get("language") or "it")
            except ValidationError as problem:
                self.add_error(None, problem) if not hasattr(problem, "error_dict") else self._tell(problem)
        return cleaned

    def _tell(self, problem: ValidationError) -> None:
        for name, errors in problem.error_dict.items():
            self.add_error(name if name in self.fields else None, errors)


class QuickForm(NamedForm):
    """The kind is the button that is tapped."""

    words = forms.CharField(
        label=_("In una riga"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-focus": ""}),
    )
    topic = forms.ChoiceField(label=_("Argomento"), choices=Topic.choices)
    minutes = forms.TypedChoiceField(
        label=_("Minuti"), choices=MINUTES, coerce=int, initial=5, widget=RadioCards(attrs={"class": "short"})
    )
    channel = forms.ChoiceField(label=_("Come"), choices=Channel.choices, widget=RadioCards())
    language = forms.ChoiceField(label=_("Lingua"), choices=RESIDENT_LANGUAGES)
    kind = forms.ChoiceField(label=_("Per che cosa"), choices=Kind.choices, widget=forms.HiddenInput)
    once = forms.CharField(max_length=64, widget=forms.HiddenInput, initial=secrets.token_hex)
    appointment = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    ticket = forms.IntegerField(required=False, widget=forms.HiddenInput)
    file = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)
    point = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)


class CorrectionForm(VersionedForm):
    """What a contact should have said."""

    kind = forms.ChoiceField(label=_("Per che cosa"), choices=Kind.choices, widget=RadioCards())
    topic = forms.ChoiceField(label=_("Argomento"), choices=Topic.choices)
    channel = forms.ChoiceField(label=_("Come"), choices=Channel.choices, widget=RadioCards())
    day = forms.DateField(label=_("Giorno"), widget=DateInput())
    minutes = forms.IntegerField(label=_("Minuti"), min_value=1)
    language = forms.ChoiceField(label=_("Lingua"), choices=RESIDENT_LANGUAGES)
    words = forms.CharField(label=_("In una riga"), required=False, max_length=300)

    NAMES = ("kind", "topic", "channel", "minutes", "language", "words", "day")

    def correction(self) -> Correction:
        return Correction(**{name: self.cleaned_data[name] for name in self.NAMES})

    @classmethod
    def values_of(cls, row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in cls.NAMES} | {"seen_version": row.version}


class PeriodForm(forms.Form):
    """From which to which day is counted: this year until today, unless said otherwise."""

    dal = forms.DateField(label=_("Dal"), required=False, widget=DateInput())
    al = forms.DateField(label=_("Al"), required=False, widget=DateInput())

    def period(self) -> tuple[Any, Any]:
        given = self.cleaned_data if self.is_valid() else {}
        until = given.get("al") or clock.today()
        since = given.get("dal") or until.replace(month=1, day=1)
        return min(since, until), until
