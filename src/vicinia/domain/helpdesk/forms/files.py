"""Help files: what is needed, the diary, each step, where it goes on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.helpdesk.actions import NewFile, Step
from vicinia.domain.helpdesk.forms.contacts import NamedForm
from vicinia.domain.helpdesk.models import HelpFile
from vicinia.domain.helpdesk.queries import able_to_follow
from vicinia.domain.helpdesk.states import FILE_MOVES, FileState, Kind, Topic
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Category
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.queries import Location
from vicinia.foundation.attachments.forms import FilesField
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.look.forms import DateInput, LongSelect, RadioCards, VersionedForm, textarea


class FileForm(VersionedForm, NamedForm):
    """What somebody needs."""

    title = forms.CharField(label=_("In breve"), max_length=140)
    words = forms.CharField(label=_("Che cosa serve"), required=False, max_length=4000, widget=textarea(5))
    kind = forms.ChoiceField(
        label=_("Per che cosa"), choices=Kind.choices, initial=Kind.ACCOMPANIMENT, widget=RadioCards()
    )
    topic = forms.ChoiceField(label=_("Argomento"), choices=Topic.choices, initial=Topic.OTHER)
    language = forms.ChoiceField(label=_("Lingua"), choices=RESIDENT_LANGUAGES, initial="it")
    next_on = forms.DateField(
        label=_("Prossimo passo il"),
        required=False,
        widget=DateInput(),
        help_text=_("Se non lo scrivi, tra 5 giorni lavorativi."),
    )
    next_words = forms.CharField(label=_("Prossimo passo"), required=False, max_length=200)
    field_order = ("title", "words", "kind", "topic", "language", "next_on", "next_words")

    def new(self) -> NewFile:
        names = ("title", "words", "kind", "topic", "language", "next_on", "next_words")
        return NewFile(**{name: self.cleaned_data[name] for name in names}, details=self.details)

    @staticmethod
    def values_of(row: HelpFile) -> dict[str, Any]:
        names = ("title", "words", "kind", "topic", "language", "next_on", "next_words")
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


class NoteForm(forms.Form):
    """A line of the diary, with what was handed in."""

    words = forms.CharField(label=_("Che cosa è successo"), max_length=4000, widget=textarea(3))
    photos = FilesField(label=_("Documenti o foto"))


class StepForm(VersionedForm):
    """Where it goes."""

    state = forms.ChoiceField(label=_("A che punto è"), widget=RadioCards())
    words = forms.CharField(
        label=_("Chi aspettiamo, o com'è andata"),
        required=False,
        max_length=2000,
        widget=textarea(3),
    )
    next_on = forms.DateField(
        label=_("Prossimo passo il"),
        required=False,
        widget=DateInput(),
        help_text=_("Non serve se la chiudi."),
    )
    next_words = forms.CharField(label=_("Prossimo passo"), required=False, max_length=200)

    def __init__(self, *args: Any, file: HelpFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = FILE_MOVES.table[file.state]
        self.fields["state"].choices = [one for one in FileState.choices if one[0] in following]

    def step(self) -> Step:
        given = self.cleaned_data
        return Step(given["state"], given["words"], given["next_on"], given["next_words"])


class OwnerForm(forms.Form):
    """Which colleague."""

    owner = forms.ModelChoiceField(label=_("Chi la segue"), queryset=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = able_to_follow()  # type: ignore[attr-defined]


class BecomeForm(forms.Form):
    """Which kind of problem it is, and where."""

    kind = forms.TypedChoiceField(label=_("Che tipo di problema"), coerce=int, widget=LongSelect)
    place_words = forms.CharField(
        label=_("Dove"),
        max_length=200,
        required=False,
        help_text=_("Un indirizzo o parole come «dietro la scuola»."),
    )
    area = forms.ChoiceField(label=_("Quartiere"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds: dict[int, Category] = {kind.pk: kind for kind in listening.kinds_in_use()}
        groups: dict[str, list[tuple[int, str]]] = {}
        for kind in self.kinds.values():
            groups.setdefault(kind.parent.label if kind.parent else "", []).append((kind.pk, kind.label))
        self.fields["kind"].choices = [("", _("Scegli dalla lista")), *groups.items()]
        areas = [(str(area.pk), area.name) for area in territory.reference_areas()]
        self.fields["area"].choices = [("", _("non si sa")), *areas]

    @property
    def category(self) -> Category:
        return self.kinds[self.cleaned_data["kind"]]

    def location(self) -> Location:
        area = self.cleaned_data["area"]
        return Location(place_words=self.cleaned_data["place_words"], area_id=int(area) if area else None)
