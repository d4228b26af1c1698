"""What staff type about a household, checked for shape."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.mobility import queries
from vicinia.domain.mobility.actions import NewInterview, NewRefusal, Numbers, Words
from vicinia.domain.mobility.models import Interview, RehousingFile
from vicinia.domain.mobility.queries import EXPORTED
from vicinia.domain.mobility.states import FileState, InterviewPlace, RefusalReason
from vicinia.domain.territory.forms import ColumnsForm
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.kernel import clock, languages
from vicinia.foundation.look.forms import DateInput, RadioCards, VersionedForm, textarea

LONGEST = 4000
_NUMBERS = ("size", "needs_step_free", "fragile", "most_moves", "claims_return", "language")
_WORDS = ("needs", "school", "work", "pets", "belongings", "wishes")


class NumbersForm(VersionedForm):
    """What of a household counts in the plan."""

    size = forms.IntegerField(label=_("Quante persone"), min_value=1, max_value=20)
    needs_step_free = forms.BooleanField(label=_("Serve un alloggio senza barriere"), required=False)
    fragile = forms.BooleanField(
        label=_("Nucleo fragile"),
        required=False,
        help_text=_("Il piano lo sposta il meno possibile. Il perché si scrive tra le esigenze."),
    )
    most_moves = forms.IntegerField(
        label=_("Trasferimenti al massimo"),
        min_value=1,
        max_value=9,
        required=False,
        help_text=_("Vuoto: come gli altri nuclei."),
    )
    claims_return = forms.BooleanField(
        label=_("Chiede di rientrare a casa sua dopo i lavori"), required=False
    )
    language = forms.ChoiceField(label=_("Lingua"), choices=languages.RESIDENT_LANGUAGES, initial="it")

    def numbers(self) -> Numbers:
        return Numbers(**{name: self.cleaned_data[name] for name in _NUMBERS})

    @classmethod
    def values_of(cls, row: RehousingFile) -> dict[str, Any]:
        names = [name for name in (*_NUMBERS, *_WORDS) if name in cls.base_fields]
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


class OpenFileForm(NumbersForm):
    """A household that is known already, by its number."""

    number = forms.IntegerField(
        label=_("Numero del nucleo"),
        min_value=1,
        help_text=_("È sulla pagina dell'edificio, accanto alla porta."),
    )
    field_order = ("number", *_NUMBERS)


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST, required=False, widget=textarea(3), help_text=help_text
    )


class NeedsForm(NumbersForm):
    """What a household needs and wishes: the words are read only by who accompanies it."""

    needs = _words(_("Salute, assistenza, ausili"))
    school = _words(_("Scuola"))
    work = _words(_("Lavoro e orari"))
    pets = _words(_("Animali"))
    belongings = _words(_("Mobili e cose ingombranti"))
    wishes = _words(_("Preferenze"), _("Dove vorrebbe stare, che cosa teme, che cosa le importa."))

    def words(self) -> Words:
        return Words(**{name: self.cleaned_data[name] for name in _WORDS})


class CompanionForm(forms.Form):
    """Who accompanies a household."""

    user = forms.ModelChoiceField(label=_("Chi accompagna il nucleo"), queryset=None)
    is_first = forms.BooleanField(
        label=_("È la prima persona che la famiglia cerca"), required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = queries.able()  # type: ignore[attr-defined]


class InterviewForm(VersionedForm):
    """A talk with the household."""

    day = forms.DateField(label=_("Giorno"), widget=DateInput(), initial=clock.today)
    place = forms.ChoiceField(
        label=_("Dove"), choices=InterviewPlace.choices, widget=RadioCards, initial=InterviewPlace.HOME
    )
    words = forms.CharField(
        label=_("Che cosa è stato detto"),
        max_length=LONGEST,
        widget=textarea(8),
        help_text=_("Lo legge solo chi accompagna il nucleo."),
    )
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["once"].initial = secrets.token_hex

    def interview(self) -> NewInterview:
        values = self.cleaned_data
        once = values["once"] or secrets.token_hex()
        return NewInterview(values["day"], values["place"], values["words"], once)

    @staticmethod
    def values_of(row: Interview) -> dict[str, Any]:
        return {"day": row.day, "place": row.place, "words": row.words, "seen_version": row.version}


class NeighbourField(forms.ModelChoiceField):
    """Another household, by its number and its home."""

    def label_from_instance(self, file: RehousingFile) -> str:
        return f"{file.household.label} · {file.home.where}"


class NearForm(forms.Form):
    """Whom the household wants to stay near."""

    other = NeighbourField(label=_("Vicino a chi"), queryset=None)

    def __init__(self, *args: Any, file: RehousingFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = queries.neighbours(file)  # type: ignore[attr-defined]


class DwellingField(forms.ModelChoiceField):
    """A dwelling, with the way to its door."""

    def label_from_instance(self, dwelling: Dwelling) -> str:
        return dwelling.where


class RefusalForm(forms.Form):
    """A dwelling where the household will not live."""

    dwelling = DwellingField(label=_("Alloggio"), queryset=None)
    reason = forms.ChoiceField(label=_("Perché"), choices=RefusalReason.choices)
    words = forms.CharField(
        label=_("Con parole sue"),
        max_length=1000,
        required=False,
        widget=textarea(),
        help_text=_("Le legge solo chi accompagna il nucleo."),
    )
    on = forms.DateField(label=_("Giorno"), widget=DateInput(), initial=clock.today)

    def __init__(self, *args: Any, file: RehousingFile, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dwelling"].queryset = queries.dwellings_to_refuse(file)  # type: ignore[attr-defined]

    def refusal(self) -> NewRefusal:
        return NewRefusal(**self.cleaned_data)


class FilesFilter(forms.Form):
    """Which files a list shows."""

    stato = forms.ChoiceField(
        label=_("A che punto è"),
        required=False,
        choices=[("", _("tutti quelli non chiusi")), *FileState.choices],
    )
    chi = forms.ChoiceField(
        label=_("Chi accompagna"),
        required=False,
        choices=[("", _("tutti")), ("io", _("io")), ("nessuno", _("nessuno"))],
    )
    serve = forms.ChoiceField(
        label=_("Che cosa serve"),
        required=False,
        choices=[
            ("", _("tutto")),
            ("barriere", _("alloggio senza barriere")),
            ("fragile", _("nucleo fragile")),
            ("rientro", _("rientro aperto")),
        ],
    )

    @property
    def asked(self) -> dict[str, str]:
        """What was chosen, nothing where it makes no sense."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class HouseholdsForm(ColumnsForm):
    """A file of dwellings with their households."""

    labels = EXPORTED
    file = forms.FileField(
        label=_("File CSV"),
        help_text=_("Una riga per alloggio, senza persone se è vuoto. Fino a 5 MB e 5.000 righe."),
    )

    def command(self, name: str) -> str:
        """What to do with a larger file."""
        return str(_("dividi il file per edificio"))
