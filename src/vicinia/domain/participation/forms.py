"""What is typed about processes and proposals at the desk, checked for shape."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.participation import queries
from vicinia.domain.participation.actions import NewIdea, NewPhase, ProcessPlan, Progress
from vicinia.domain.participation.models import Idea, Phase, Process, Result
from vicinia.domain.participation.states import RESULT_MOVES, Channel, IdeaState, ProcessState, ResultState
from vicinia.domain.people.forms import DetailsMixin
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import clock, languages
from vicinia.foundation.look.forms import (
    CheckboxCards,
    DateInput,
    LongSelect,
    RadioCards,
    VersionedForm,
    textarea,
)

LONGEST_WORDS = 4000
LONGEST_BODY = 20_000


class ProcessForm(VersionedForm):
    """What a process is about."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    summary = forms.CharField(
        label=_("In breve"),
        max_length=300,
        widget=textarea(2),
        help_text=_("Una frase: che cosa si decide insieme, e per chi."),
    )
    body = forms.CharField(
        label=_("Spiegazione"),
        max_length=LONGEST_BODY,
        required=False,
        widget=textarea(8),
        help_text=_("Una riga che comincia con ## è un titolo, con - è un punto di un elenco."),
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Zone"), queryset=None, required=False, widget=CheckboxCards()
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = territory.reference_areas()

    def plan(self) -> ProcessPlan:
        values = self.cleaned_data
        return ProcessPlan(values["title"], values["summary"], values["body"], list(values["areas"]))

    @staticmethod
    def values_of(row: Process) -> dict[str, Any]:
        areas = list(row.areas.values_list("pk", flat=True))
        named = {name: getattr(row, name) for name in ("title", "summary", "body")}
        return named | {"areas": areas, "seen_version": row.version}


class PhaseForm(VersionedForm):
    """From when to when, what is decided and where."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    from_day = forms.DateField(label=_("Dal"), widget=DateInput())
    to_day = forms.DateField(label=_("Al"), widget=DateInput())
    decides = forms.CharField(
        label=_("Che cosa si decide"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )
    where = forms.CharField(
        label=_("Dove e come"),
        max_length=300,
        required=False,
        help_text=_("Per esempio: in assemblea, con un voto per ogni alloggio."),
    )
    takes_ideas = forms.BooleanField(label=_("In questa fase si raccolgono proposte"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_day"), cleaned.get("to_day")
        if first and last and first > last:
            self.add_error("to_day", _("La fase finisce prima di cominciare: controlla i giorni."))
        return cleaned

    def phase(self) -> NewPhase:
        return NewPhase(
            **{name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        )

    @staticmethod
    def values_of(row: Phase) -> dict[str, Any]:
        names = [name for name in PhaseForm.base_fields if name != "seen_version"]
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


class OutcomeForm(VersionedForm):
    """How a process ends."""

    state = forms.ChoiceField(
        label=_("Come finisce"),
        choices=[
            (ProcessState.CONCLUDED.value, _("È concluso")),
            (ProcessState.STOPPED.value, _("Si interrompe")),
        ],
        widget=RadioCards,
    )
    outcome = forms.CharField(
        label=_("Che cosa ne è uscito"),
        max_length=LONGEST_WORDS,
        widget=textarea(5),
        help_text=_("Lo leggono tutti, anche chi ha partecipato."),
    )


class DeskIdeaForm(DetailsMixin):
    """A proposal by voice or on paper."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    text = forms.CharField(label=_("Che cosa propone"), max_length=LONGEST_WORDS, widget=textarea(6))
    place = forms.CharField(label=_("Dove"), max_length=200, required=False)
    area = forms.ModelChoiceField(label=_("Zona"), queryset=None, required=False)
    process = forms.ModelChoiceField(label=_("In quale processo"), queryset=None, required=False)
    channel = forms.ChoiceField(
        label=_("Come arriva"),
        choices=[one for one in Channel.choices if one[0] != Channel.PORTAL],
        widget=RadioCards,
        initial=Channel.DESK.value,
    )
    shown = forms.CharField(
        label=_("Come vuole comparire"),
        max_length=120,
        required=False,
        help_text=_("Il nome che leggono tutti. Vuoto vuol dire «una persona che abita qui»."),
    )
    language = forms.ChoiceField(
        label=_("In che lingua vuole la risposta"), choices=languages.RESIDENT_LANGUAGES, initial="it"
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)
    field_order = ("title", "text", "place", "area", "process", "channel", "name", "phone", "email", "shown")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = territory.reference_areas()
        self.fields["process"].queryset = queries.open_to_ideas(clock.today())

    def idea(self) -> NewIdea:
        given = self.cleaned_data
        names = ("title", "text", "place", "area", "process", "shown", "language", "once")
        return NewIdea(
            **{name: given[name] for name in names},
            channel=Channel(given["channel"]),
            details=self.details_given(),
        )


class CorrectForm(VersionedForm):
    """Slips and names taken out."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    text = forms.CharField(label=_("Proposta"), max_length=LONGEST_WORDS, widget=textarea(8))
    place = forms.CharField(label=_("Dove"), max_length=200, required=False)

    @staticmethod
    def values_of(row: Idea) -> dict[str, Any]:
        return {"title": row.title, "text": row.text, "place": row.place, "seen_version": row.version}


class PublishForm(VersionedForm):
    """Before everybody reads it."""

    shows_photos = forms.BooleanField(
        label=_("Pubblica anche le foto: non si riconosce nessuno"), required=False
    )


class AnswerForm(VersionedForm):
    """Yes or no, with reasons."""

    state = forms.ChoiceField(
        label=_("Che cosa rispondiamo"),
        choices=[
            (IdeaState.ACCEPTED.value, _("La accogliamo")),
            (IdeaState.REJECTED.value, _("Non la accogliamo")),
        ],
        widget=RadioCards,
    )
    words = forms.CharField(
        label=_("Perché"),
        max_length=LONGEST_WORDS,
        widget=textarea(6),
        help_text=_("Parole semplici: le riceve chi ha proposto e le leggono tutti."),
    )


class MergeForm(VersionedForm):
    """Into which other proposal."""

    into = forms.ChoiceField(label=_("A quale proposta la unisci"), widget=LongSelect())

    def __init__(self, *args: Any, targets: Sequence[Idea], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.targets = {row.reference: row for row in targets}
        titles = [(row.reference, f"{row.reference} {row.title}") for row in targets]
        self.fields["into"].choices = [("", _("Scegli: prima le più simili")), *titles]

    @property
    def target(self) -> Idea:
        return self.targets[self.cleaned_data["into"]]


class SupportForm(DetailsMixin):
    """Who supports a proposal at the desk or on a sheet."""

    channel = forms.ChoiceField(
        label=_("Come arriva"),
        choices=[one for one in Channel.choices if one[0] != Channel.PORTAL],
        widget=RadioCards,
        initial=Channel.DESK.value,
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)


class ProgressForm(VersionedForm):
    """How far a result is."""

    state = forms.ChoiceField(label=_("A che punto è"), widget=RadioCards)
    percent = forms.IntegerField(label=_("Percentuale"), min_value=0, max_value=100)
    words = forms.CharField(
        label=_("Che cosa è successo"),
        max_length=LONGEST_WORDS,
        widget=textarea(4),
        help_text=_("Lo riceve chi ha proposto, e lo leggono tutti."),
    )
    who = forms.CharField(label=_("Chi la realizza"), max_length=160, required=False)
    due_on = forms.DateField(label=_("Entro"), required=False, widget=DateInput())

    def __init__(self, *args: Any, result: Result, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = {*RESULT_MOVES.table[result.state], result.state}
        self.fields["state"].choices = [one for one in ResultState.choices if one[0] in allowed]

    def progress(self) -> Progress:
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return Progress(**values | {"state": ResultState(values["state"])})

    @staticmethod
    def values_of(row: Result) -> dict[str, Any]:
        names = ("state", "percent", "who", "due_on")
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


class MilestoneForm(forms.Form):
    """A step on the way to a result."""

    title = forms.CharField(label=_("Tappa"), max_length=160)
    due_on = forms.DateField(label=_("Entro"), widget=DateInput())
