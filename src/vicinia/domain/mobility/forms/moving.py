"""Accord, removal and its steps, what a household writes."""

from __future__ import annotations

import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.mobility.actions import NewMessage, StepPlan
from vicinia.domain.mobility.models import RemovalStep
from vicinia.domain.mobility.states import MessageKind
from vicinia.foundation.attachments.forms import FilesField
from vicinia.foundation.look.forms import DateInput, RadioCards, VersionedForm, textarea

LONGEST = 3000


class AccordForm(VersionedForm):
    """What is agreed on beside what every accord says."""

    promises = forms.CharField(
        label=_("Che cosa si è concordato"),
        max_length=LONGEST,
        required=False,
        widget=textarea(8),
        help_text=_("Si aggiunge agli impegni che ogni accordo dice già."),
    )


class SignForm(VersionedForm):
    """The paper that was signed."""

    signed_on = forms.DateField(label=_("Firmato il"), widget=DateInput())
    signed_by = forms.CharField(label=_("Chi ha firmato per il nucleo"), max_length=200)
    papers = FilesField(
        label=_("Foto o scansione del foglio firmato"), required=False, at_most=1, help_text=""
    )


class DayForm(VersionedForm):
    """A day."""

    day = forms.DateField(label=_("Giorno"), widget=DateInput())


class StepForm(VersionedForm):
    """Whether a step is needed, by when, and what is to be known of it."""

    is_needed = forms.BooleanField(label=_("Serve"), required=False)
    due_on = forms.DateField(label=_("Entro"), required=False, widget=DateInput())
    note = forms.CharField(label=_("Nota"), max_length=1000, required=False, widget=textarea(3))

    @classmethod
    def values_of(cls, row: RemovalStep) -> dict[str, object]:
        """A step as the form shows it."""
        return {
            "is_needed": row.is_needed,
            "due_on": row.due_on,
            "note": row.note,
            "seen_version": row.version,
        }

    def plan(self) -> StepPlan:
        """What was typed."""
        values = self.cleaned_data
        return StepPlan(values["is_needed"], values["due_on"], values["note"])


class MessageForm(forms.Form):
    """What a household writes from its page."""

    kind = forms.ChoiceField(label=_("Che cosa vuoi dirci?"), choices=MessageKind.choices, widget=RadioCards)
    words = forms.CharField(label=_("Scrivi qui"), max_length=2000, widget=textarea(4))
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)

    def message(self) -> NewMessage:
        """What was typed."""
        values = self.cleaned_data
        return NewMessage(values["kind"], values["words"], values["once"])
