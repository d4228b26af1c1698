"""What staff type about reports, checked for shape."""

from __future__ import annotations

import datetime as dt
import secrets
from pathlib import Path
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening import queries
from vicinia.domain.listening.actions import NewReport
from vicinia.domain.listening.models import Category, Report, ReportRows
from vicinia.domain.listening.states import Channel, LegalBasis, ReportState
from vicinia.domain.network import queries as network
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.forms import PlaceForm
from vicinia.foundation.kernel import clock, languages
from vicinia.foundation.look.forms import DateInput, LongSelect, PhotosField, SeekingForm, SuggestInput
from vicinia.foundation.look.uploads import SmallFileForm
from vicinia.foundation.search.forms import WordsFilterSet


class WordsForm(forms.Form):
    """Words to the reporter."""

    words = forms.CharField(
        label=_("Che cosa scrivi a chi segnala"), widget=forms.Textarea(attrs={"rows": 4})
    )


class ReasonForm(forms.Form):
    """Why something is done."""

    reason = forms.CharField(label=_("Motivo"), max_length=300)


class QuestionForm(forms.Form):
    """A question that stops the clock."""

    words = forms.CharField(
        label=_("Che cosa chiedi a chi segnala"),
        help_text=_(
            "Finché non risponde i termini restano fermi. Dopo dieci giorni lavorativi te lo ricordiamo."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RedirectForm(forms.Form):
    """To which body, and with what words."""

    body = forms.ModelChoiceField(label=_("A quale ente"), queryset=None, empty_label=_("Scegli dalla lista"))
    words = forms.CharField(
        label=_("Che cosa scrivi all'ente e a chi segnala"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = network.bodies()


class MergeForm(SeekingForm):
    """Into which other report."""

    sought = "into"

    into = forms.CharField(
        label=_("A quale segnalazione"), max_length=140, help_text=_("Scrivi il numero, il titolo o la via.")
    )
    reason = forms.CharField(label=_("Perché sono la stessa cosa"), max_length=300, required=False)


class CorrectForm(PlaceForm):
    """What staff put right. `seen_version` is the version that the page showed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    category = forms.ModelChoiceField(
        label=_("Tipo di problema"), queryset=None, empty_label=_("Scegli dalla lista")
    )
    title = forms.CharField(label=_("Titolo"), max_length=140)
    description = forms.CharField(
        label=_("Dettagli"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    at_risk = forms.BooleanField(label=_("Qualcuno è in pericolo o molto fragile"), required=False)
    legal_basis = forms.ChoiceField(label=_("Base giuridica"), choices=LegalBasis.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = queries.kinds_in_use()


class BulkForm(forms.Form):
    """One decision about several reports of the inbox."""

    ACTS = [
        ("take", _("Prendi in carico")),
        ("set_aside", _("Metti da parte")),
        ("redirect", _("Passa a un ente")),
    ]

    act = forms.ChoiceField(choices=ACTS)
    references = forms.MultipleChoiceField()
    reason = forms.CharField(required=False, max_length=300)
    body = forms.ModelChoiceField(required=False, queryset=None)

    def __init__(self, *args: Any, references: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["references"].choices = [(reference, reference) for reference in references]
        self.fields["body"].queryset = network.bodies()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("act") == "set_aside" and not cleaned.get("reason"):
            self.add_error("reason", _("Scrivi il motivo: chi ha segnalato lo leggerà."))
        if cleaned.get("act") == "redirect" and not cleaned.get("body"):
            self.add_error("body", _("Scegli l'ente."))
        return cleaned


class InboxFilter(WordsFilterSet):
    """Filters of the staff list."""

    kind_of_rows = "report"

    q = django_filters.CharFilter(label=_("Numero o parole del titolo"), method="by_words")
    kind = django_filters.ChoiceFilter(
        label=_("Tipo"), field_name="category", choices=queries.kinds_by_group, widget=LongSelect
    )
    group = django_filters.ModelChoiceFilter(
        label=_("Gruppo di tipi"), field_name="category__parent", queryset=lambda _request: queries.groups()
    )
    area = django_filters.ChoiceFilter(
        label=_("Zona"),
        field_name="area",
        choices=territory.reference_area_choices,
        null_label=_("Senza zona"),
        widget=LongSelect,
    )
    channel = django_filters.ChoiceFilter(label=_("Canale"), choices=Channel.choices)
    state = django_filters.ChoiceFilter(
        label=_("Stato"), choices=[("open", _("Ancora aperte")), *ReportState.choices], method="by_state"
    )
    since = django_filters.DateFilter(label=_("Dal"), method="from_day", widget=DateInput())
    until = django_filters.DateFilter(label=_("Al"), method="to_day", widget=DateInput())

    class Meta:
        model = Report
        fields: list[str] = []

    def from_day(self, rows: ReportRows, name: str, value: dt.date) -> ReportRows:
        """Received on that day or later."""
        return rows.filter(received_at__gte=clock.start_of(value))

    def to_day(self, rows: ReportRows, name: str, value: dt.date) -> ReportRows:
        """Received on that day or earlier."""
        return rows.filter(received_at__lt=clock.start_of(value + dt.timedelta(days=1)))

    def by_state(self, rows: ReportRows, name: str, value: str) -> ReportRows:
        """One state, or all those that are not an end."""
        return rows.open() if value == "open" else rows.filter(state=value)


def kind_choices() -> list[tuple[str, list[tuple[int, str]]]]:
    """Kinds in use, in their groups, for a select."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for kind in queries.kinds_in_use():
        parent: Category | None = kind.parent
        groups.setdefault(parent.name if parent else "", []).append((kind.pk, kind.name))
    return list(groups.items())


STAFF_CHANNELS = [Channel.PHONE, Channel.DESK, Channel.STREET, Channel.LETTER, Channel.EMAIL, Channel.PARTNER]


class StaffEntryForm(PlaceForm):
    """A report that staff write down for someone. Only the kind, and a place or some words, are a must."""

    channel = forms.ChoiceField(
        label=_("Da dove arriva"), choices=[(row, row.label) for row in STAFF_CHANNELS]
    )
    who = forms.CharField(
        label=_("Chi segnala"),
        required=False,
        max_length=120,
        help_text=_("Nome, telefono o e-mail. Lascia vuoto se vuole restare anonimo."),
        widget=SuggestInput(reverse_lazy("people_suggestions"), into="id_person"),
    )
    person = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    phone = forms.CharField(label=_("Telefono"), required=False, max_length=40)
    email = forms.CharField(label=_("E-mail"), required=False, max_length=254)
    language = forms.ChoiceField(label=_("Lingua"), choices=languages.RESIDENT_LANGUAGES, initial="it")
    kind = forms.CharField(
        label=_("Tipo di problema"),
        max_length=120,
        widget=SuggestInput(reverse_lazy("kind_suggestions"), into="id_kind_code"),
    )
    kind_code = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    title = forms.CharField(label=_("In poche parole"), required=False, max_length=140)
    description = forms.CharField(
        label=_("Che cosa racconta"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    at_risk = forms.BooleanField(label=_("Qualcuno è in pericolo o molto fragile"), required=False)
    wants_contact = forms.BooleanField(label=_("Vuole essere ricontattato"), required=False, initial=True)
    idempotency_key = forms.CharField(
        required=False, max_length=64, widget=forms.HiddenInput, initial=secrets.token_hex
    )
    photos = PhotosField(label=_("Foto"), required=False)

    def clean_kind(self) -> str:
        """The kind that was chosen, or the one that the words say without doubt."""
        words: str = self.cleaned_data["kind"]
        chosen = self.data.get("kind_code") or ""
        found = queries.category_coded(chosen) if chosen else None
        if found is None:
            like = list(queries.kinds_like(words))
            exact = [kind for kind in like if kind.name.casefold() == words.strip().casefold()]
            sure = exact or (like if len(like) == 1 else [])
            found = sure[0] if sure else None
        if found is None:
            raise forms.ValidationError(
                _("Scegli il tipo di problema dall'elenco che compare mentre scrivi.")
            )
        self.category = found
        return words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if (
            not any(cleaned.get(name) for name in ("address", "place_words", "description"))
            and cleaned.get("lat") is None
        ):
            self.add_error("address", _("Indica un luogo, anche a parole, o scrivi che cosa racconta."))
        self.reporter = None
        given = any(cleaned.get(name) for name in ("who", "phone", "email"))
        if given and not cleaned.get("person"):
            self.reporter = self._details(cleaned)
        return cleaned

    def _details(self, cleaned: dict[str, Any]) -> PersonDetails | None:
        who, phone, email = (cleaned.get(name, "") for name in ("who", "phone", "email"))
        # One field finds or names the person: a number or an address typed there is what it looks like.
        if "@" in who and not email:
            who, email = "", who
        elif sum(letter.isdigit() for letter in who) >= 6 and not phone:
            who, phone = "", who
        try:
            return PersonDetails(name=who, phone=phone, email=email, language=cleaned.get("language", "it"))
        except forms.ValidationError as problem:
            fields = {"name": "who", "phone": "phone", "email": "email"}
            for name, sentences in problem.message_dict.items():
                self.add_error(fields.get(name, "who"), sentences)
            return None

    def new_report(self, known: Person | None) -> NewReport:
        """The clean values as a report."""
        values = self.cleaned_data
        return NewReport(
            category=self.category,
            title=values["title"] or self.category.name,
            description=values["description"],
            location=self.location,
            at_risk=values["at_risk"],
            reporter=self.reporter,
            known_reporter=known,
            wants_contact=values["wants_contact"],
            language=values["language"],
            files=values["photos"],
            idempotency_key=values["idempotency_key"] or None,
        )


def mapping_files() -> dict[str, Path]:
    """The descriptions of files that this town has, by name."""
    return {path.stem: path for path in sorted((settings.HOME / "importazioni").glob("*.toml"))}


class UploadForm(SmallFileForm):
    """A small file of reports and which description it follows."""

    mapping = forms.ChoiceField(label=_("Da quale programma arriva"))
    file = forms.FileField(
        label=_("File CSV"),
        help_text=_("Fino a 5 MB e 5.000 righe. Per file più grandi c'è il comando import-reports."),
    )
    field_order = ("mapping", "file", "tried")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._mappings = mapping_files()
        self.fields["mapping"].choices = [(name, name) for name in self._mappings]

    def command(self, name: str) -> str:
        """The command that takes a larger file."""
        chosen = self.data.get("mapping", "")
        known = chosen if chosen in self._mappings else "…"
        return f"vicinia import-reports importazioni/{known}.toml {name}"

    @property
    def chosen(self) -> Path:
        """The description that was chosen."""
        return self._mappings[self.cleaned_data["mapping"]]
