"""An expense with its receipt, and what becomes of it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.mobility.actions import NewExpense
from vicinia.domain.mobility.models import Removal
from vicinia.domain.mobility.states import ExpenseKind
from vicinia.foundation.attachments.forms import FilesField
from vicinia.foundation.look.forms import DateInput, VersionedForm, textarea

RECEIPT = _("Foto o PDF della ricevuta")


class ExpenseForm(forms.Form):
    """What a household has spent."""

    kind = forms.ChoiceField(label=_("Per che cosa"), choices=ExpenseKind.choices)
    amount = forms.DecimalField(
        label=_("Importo in euro"), max_digits=9, decimal_places=2, localize=True, min_value=0
    )
    spent_on = forms.DateField(label=_("Speso il"), widget=DateInput())
    removal = forms.ChoiceField(label=_("Per quale trasloco"), required=False)
    words = forms.CharField(label=_("Nota"), max_length=1000, required=False, widget=textarea(3))
    papers = FilesField(label=RECEIPT, required=False, at_most=3)
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)

    def __init__(self, *args: Any, removals: Sequence[Removal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.removals = {one.reference: one for one in removals}
        among = [(name, f"{name} · {one.to_dwelling.where}") for name, one in self.removals.items()]
        self.fields["removal"].choices = [("", _("nessuno in particolare")), *among]

    def expense(self) -> NewExpense:
        """What was typed."""
        values = self.cleaned_data
        return NewExpense(
            kind=values["kind"],
            amount=values["amount"],
            spent_on=values["spent_on"],
            once=values["once"],
            words=values["words"],
            removal=self.removals.get(values["removal"]),
            files=values["papers"],
        )


class AgainForm(VersionedForm):
    """What was missing."""

    words = forms.CharField(label=_("Nota"), max_length=1000, required=False, widget=textarea(3))
    papers = FilesField(label=RECEIPT, required=False, at_most=3)


class PayForm(VersionedForm):
    """The day on which it was paid."""

    paid_on = forms.DateField(label=_("Pagata il"), widget=DateInput())
