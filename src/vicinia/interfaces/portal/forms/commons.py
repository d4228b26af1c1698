"""A booking of a space and a proposal of a pact, as residents write them."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vicinia.domain.commons.actions.pacts import NewParty, PactDraft
from vicinia.domain.commons.forms import LONGEST_WORDS, ReachForm
from vicinia.domain.commons.forms.spaces import WhenForm
from vicinia.domain.commons.states import PactLevel
from vicinia.domain.territory import queries as territory
from vicinia.foundation.look.forms import RadioCards, textarea


class BookForm(WhenForm):
    """A booking at the portal: one way to be reached is needed, so that nobody finds a closed door."""

    privacy = forms.BooleanField(
        label=_("Ho letto e compreso l'informativa sulla privacy"),
        error_messages={"required": _("Per andare avanti, conferma di aver letto l'informativa.")},
    )
    field_order = (*WhenForm.field_order, "privacy")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].help_text = _("Ti mandiamo la conferma, e ti avvisiamo se qualcosa cambia.")
        self.fields["accepts_rules"].label = _("Accetto le regole della casa")
        self.fields["who"].widget.attrs["autocomplete"] = "name"
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "inputmode": "email"}
        self.fields["phone"].widget.attrs |= {"autocomplete": "tel", "inputmode": "tel"}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("email", "").strip() and not cleaned.get("phone", "").strip():
            self.add_error("email", _("Lascia un'e-mail o un telefono: se qualcosa cambia ti avvisiamo."))
        return cleaned


class ProposePactForm(ReachForm):
    """A proposal of a pact."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    goals = forms.CharField(
        label=_("Che cosa vorreste curare, e come?"),
        max_length=LONGEST_WORDS,
        widget=textarea(6),
        help_text=_("Scrivi come parli, nella lingua che vuoi. Non scrivere nomi di altre persone."),
    )
    place = forms.CharField(label=_("Dove?"), max_length=200, required=False)
    area = forms.ModelChoiceField(
        label=_("In quale zona?"), queryset=None, required=False, empty_label=_("Non so")
    )
    level = forms.ChoiceField(label=_("Quanto impegno è?"), choices=PactLevel.choices, widget=RadioCards)
    shown = forms.CharField(
        label=_("Chi propone?"),
        max_length=120,
        help_text=_("Il tuo nome o quello del gruppo. Quando la proposta è pubblicata lo leggono tutti."),
    )
    privacy = forms.BooleanField(
        label=_("Ho letto e compreso l'informativa sulla privacy"),
        error_messages={"required": _("Per andare avanti, conferma di aver letto l'informativa.")},
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)
    name_field = "shown"
    field_order = ("title", "goals", "place", "area", "level", "shown", "email", "phone", "privacy")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = territory.reference_areas()
        self.fields["email"].help_text = _("Se la lasci, ti avvisiamo quando la proposta va avanti.")

    def draft(self) -> PactDraft:
        given = {name: self.cleaned_data[name] for name in ("title", "goals", "place", "area")}
        return PactDraft(
            **given, level=PactLevel(self.cleaned_data["level"]), language=get_language() or "it"
        )

    def party(self) -> NewParty:
        return NewParty(self.cleaned_data["shown"], self.details_given())
