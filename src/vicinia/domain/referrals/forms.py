"""What is typed about referrals, checked for shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.network import queries as network
from vicinia.domain.network.states import LawfulBasis
from vicinia.domain.referrals.actions import NewReferral
from vicinia.domain.referrals.queries import Shareable
from vicinia.domain.referrals.states import ReferralKind
from vicinia.foundation.look.forms import CheckboxCards, DateInput, RadioCards, textarea


class ReferralForm(forms.Form):
    """What is asked of whom, and what is shared for it, one thing at a time."""

    body = forms.ModelChoiceField(label=_("A chi"), queryset=None, empty_label=_("Scegli un ente"))
    kind = forms.ChoiceField(label=_("Che cosa chiedi"), choices=ReferralKind.choices, widget=RadioCards())
    asked = forms.CharField(label=_("Con quali parole"), widget=textarea())
    share = forms.MultipleChoiceField(label=_("Che cosa condividi"), required=False, widget=CheckboxCards())
    basis = forms.ChoiceField(label=_("Su quale base"), choices=LawfulBasis.choices)
    basis_note = forms.CharField(
        label=_("Consenso: quando e come. Altrimenti: perché senza consenso"), widget=textarea(2)
    )
    answer_by = forms.DateField(label=_("Rispondere entro"), widget=DateInput())
    told_to_reporter = forms.BooleanField(
        label=_("Chi segnala legge che l'ente ha accettato"),
        required=False,
        help_text=_("Che cosa fa un ente per una famiglia non lo devono leggere i vicini."),
    )

    def __init__(self, *args: Any, things: list[Shareable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things = {thing.code: thing for thing in things}
        self.fields["body"].queryset = network.bodies()
        self.fields["share"].choices = [(thing.code, thing.label) for thing in things]

    def new_referral(self) -> NewReferral:
        values = dict(self.cleaned_data)
        return NewReferral(share=[self.things[code] for code in values.pop("share")], **values)


class WordsForm(forms.Form):
    """A word to the other side."""

    text = forms.CharField(label=_("Che cosa vuoi dire"), widget=textarea())
