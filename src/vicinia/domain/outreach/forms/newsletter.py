"""Who wants to be written to, where and of what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach.actions import NewSubscription
from vicinia.domain.outreach.states import SubscriptionWay
from vicinia.domain.people import details
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.look.forms import CheckboxCards, RadioCards

NOTICES, NEWSLETTER = "notices", "newsletter"


class _Wanting(forms.Form):
    """What is wanted, of which areas, in which language."""

    wants = forms.MultipleChoiceField(
        label=_("Che cosa vuoi ricevere?"),
        choices=[
            (NOTICES, _("Gli avvisi: lavori, acqua, strade chiuse")),
            (NEWSLETTER, _("La newsletter: che cosa succede nel quartiere")),
        ],
        initial=[NOTICES, NEWSLETTER],
        widget=CheckboxCards(),
        error_messages={"required": _("Scegli che cosa vuoi ricevere.")},
    )
    areas = forms.ModelMultipleChoiceField(
        label=_("Di quali quartieri?"),
        queryset=None,
        required=False,
        widget=CheckboxCards(),
        help_text=_("Se non scegli niente, di tutta la città."),
    )
    language = forms.ChoiceField(label=_("In che lingua?"), choices=RESIDENT_LANGUAGES, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].queryset = territory.reference_areas()

    def wanted(self, address: str, way: str) -> NewSubscription:
        values = self.cleaned_data
        return NewSubscription(
            address,
            way,
            values["language"] or "it",
            list(values["areas"]),
            NOTICES in values["wants"],
            NEWSLETTER in values["wants"],
        )


class SubscribeForm(_Wanting):
    """By e-mail, from the page."""

    email = forms.CharField(
        label=_("La tua e-mail"),
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )
    field_order = ("email", "wants", "areas", "language")

    def clean_email(self) -> str:
        return details.clean_email(self.cleaned_data["email"])

    def new(self) -> NewSubscription:
        return self.wanted(self.cleaned_data["email"], SubscriptionWay.EMAIL)


class EndForm(forms.Form):
    """Whose subscription ends."""

    way = forms.ChoiceField(
        label=_("In che modo"),
        choices=SubscriptionWay.choices,
        initial=SubscriptionWay.EMAIL,
        widget=RadioCards(),
    )
    address = forms.CharField(label=_("E-mail o numero di cellulare"), max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "address" in cleaned and "way" in cleaned:
            is_email = cleaned["way"] == SubscriptionWay.EMAIL
            try:
                clean = details.clean_email if is_email else details.clean_phone
                cleaned["address"] = clean(cleaned["address"])
            except ValidationError as problem:
                self.add_error("address", problem)
        return cleaned


class PaperForm(EndForm, _Wanting):
    """Somebody signed the form at the desk."""

    paper_at = forms.CharField(
        label=_("Dove sta il modulo firmato"),
        max_length=140,
        help_text=_("Per esempio «raccoglitore consensi 2026, n. 12»: senza nomi."),
    )
    field_order = ("way", "address", "wants", "areas", "language", "paper_at")

    def new(self) -> NewSubscription:
        return self.wanted(self.cleaned_data["address"], self.cleaned_data["way"])
