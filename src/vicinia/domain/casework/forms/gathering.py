"""What belongs to a case: its reports, people, files and own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.actions import (
    CaseCorrection,
    OpenCase,
)
from vicinia.domain.casework.states import (
    CHOSEN_KINDS,
    CaseKind,
    PersonRole,
)
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.territory.forms import PlaceForm
from vicinia.foundation.look.dates import short_day_words
from vicinia.foundation.look.forms import CheckboxCards, SeekingForm


def _short(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class OpenCaseForm(forms.Form):
    """A new case on a report; what the report says already is proposed."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    kind = forms.ChoiceField(label=_("Che caso è"), choices=CHOSEN_KINDS)
    category = forms.ModelChoiceField(
        label=_("Tipo di problema"), queryset=None, empty_label=_("Scegli dalla lista")
    )
    legal_basis = forms.ChoiceField(
        label=_("Base giuridica"),
        choices=LegalBasis.choices,
        help_text=_("Decide chi vede il caso. Dati di polizia e dati amministrativi non si mescolano."),
    )
    summary = forms.CharField(label=_("Che cosa succede, in breve"), required=False, widget=_short())
    take = forms.BooleanField(label=_("Lo prendo in carico io"), required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = listening.kinds_in_use()

    def new_case(self) -> OpenCase:
        values = self.cleaned_data
        return OpenCase(
            **{name: values[name] for name in ("title", "kind", "category", "legal_basis", "summary")}
        )


class LinkForm(SeekingForm):
    """Which report, and why it is the same problem."""

    sought = "report"

    report = forms.CharField(
        label=_("Quale segnalazione"), max_length=140, help_text=_("Scrivi il numero, il titolo o la via.")
    )
    why = forms.CharField(label=_("Perché è lo stesso problema"), max_length=200, required=False)


class NearForm(forms.Form):
    """Which of the reports from the same place, and why they are the same problem."""

    reports = forms.MultipleChoiceField(
        label=_("Quali segnalazioni"),
        widget=CheckboxCards(),
        error_messages={"required": _("Scegli almeno una segnalazione.")},
    )
    why = forms.CharField(label=_("Perché è lo stesso problema"), max_length=200, required=False)

    def __init__(self, *args: Any, near: Sequence[Report], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._near = {report.reference: report for report in near}
        self.fields["reports"].choices = [
            (report.reference, f"{report.title}, {short_day_words(report.received_at)} ({report.reference})")
            for report in near
        ]

    @property
    def chosen(self) -> list[Report]:
        return [self._near[reference] for reference in self.cleaned_data["reports"]]


class ToCaseForm(SeekingForm):
    """Which case, and why it is the same problem."""

    sought = "case"

    case = forms.CharField(
        label=_("Quale caso"), max_length=140, help_text=_("Scrivi il numero, il titolo o la via.")
    )
    why = forms.CharField(label=_("Perché è lo stesso problema"), max_length=200, required=False)


class PersonForm(SeekingForm):
    """A person already known, and what they are in this case."""

    sought = "person"

    person = forms.CharField(
        label=_("Chi è"),
        max_length=120,
        help_text=_("Nome, telefono, e-mail o codice. La ricerca resta nel registro degli accessi."),
    )
    role = forms.ChoiceField(label=_("Che parte ha"), choices=PersonRole.choices)
    label = forms.CharField(
        label=_("Come ne parliamo senza fare nomi"),
        max_length=140,
        required=False,
        help_text=_("Per esempio: scala B, secondo piano."),
    )


class CorrectForm(PlaceForm):
    """What is put right in a case. `seen_version` is the version that the page showed."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Titolo"), max_length=140)
    kind = forms.ChoiceField(label=_("Che caso è"), choices=CHOSEN_KINDS)
    category = forms.ModelChoiceField(
        label=_("Tipo di problema"), queryset=None, empty_label=_("Scegli dalla lista")
    )
    legal_basis = forms.ChoiceField(label=_("Base giuridica"), choices=LegalBasis.choices)
    summary = forms.CharField(label=_("Che cosa succede, in breve"), required=False, widget=_short())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = listening.kinds_in_use()
        if self.initial.get("kind") == CaseKind.REHOUSING:
            # It belongs to the file of a household, and stays what it is.
            self.fields["kind"].choices = [(CaseKind.REHOUSING.value, CaseKind.REHOUSING.label)]

    def correction(self) -> CaseCorrection:
        values = self.cleaned_data
        names = ("title", "kind", "category", "legal_basis", "summary")
        moved = {"address", "civic_number_id", "lat", "lon", "place_words"} & set(self.changed_data)
        return CaseCorrection(
            **{name: values[name] for name in names}, location=self.location if moved else None
        )


class FileForm(forms.Form):
    """A file for the case."""

    file = forms.FileField(label=_("File"))
