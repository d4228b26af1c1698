"""What staff type about people, checked for shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vicinia.domain.people import details
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import ContactWay
from vicinia.domain.people.queries import Purpose, RevealedPerson
from vicinia.domain.people.rules import PURPOSE_MIN
from vicinia.foundation.kernel import languages


class PurposeForm(forms.Form):
    """Why someone's data are looked at: one of the usual reasons, or own words."""

    purpose = forms.ChoiceField(
        label=_("Perché ti servono"),
        required=False,
        choices=[*Purpose.choices, ("", _("per un altro motivo, che scrivo sotto"))],
        initial=Purpose.CONTACT,
    )
    words = forms.CharField(label=_("Altro motivo"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("purpose") and len(str(cleaned.get("words", "")).strip()) < PURPOSE_MIN:
            self.add_error("words", _("Scrivi perché ti servono questi dati, con qualche parola."))
        return cleaned

    @property
    def reason(self) -> str:
        return self.cleaned_data["purpose"] or self.cleaned_data["words"]


class PersonForm(forms.Form):
    """What we keep of a person."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Nome e cognome"), max_length=details.NAME_MAX, required=False)
    phone = forms.CharField(label=_("Telefono"), max_length=40, required=False)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False)
    other_phones = forms.CharField(
        label=_("Altri telefoni, uno per riga"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    other_emails = forms.CharField(
        label=_("Altri indirizzi e-mail, uno per riga"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    address = forms.CharField(label=_("Indirizzo"), max_length=details.ADDRESS_MAX, required=False)
    language = forms.ChoiceField(label=_("Lingua"), choices=languages.RESIDENT_LANGUAGES)
    contact_way = forms.ChoiceField(
        label=_("Come contattarla"), choices=[("", _("non l'ha detto")), *ContactWay.choices], required=False
    )
    needs = forms.CharField(
        label=_("Cose da sapere quando la si contatta"),
        help_text=_("Per esempio: sente poco, è in casa solo la mattina, ha bisogno di un interprete."),
        required=False,
        max_length=details.NEEDS_MAX,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    @staticmethod
    def values_of(shown: RevealedPerson) -> dict[str, Any]:
        """What the form starts from."""
        return {
            "version": shown.version,
            "name": shown.name,
            "phone": next(iter(shown.phones), ""),
            "email": next(iter(shown.emails), ""),
            "other_phones": "\n".join(shown.phones[1:]),
            "other_emails": "\n".join(shown.emails[1:]),
            "address": shown.address,
            "language": shown.language,
            "contact_way": shown.contact_way,
            "needs": shown.needs,
        }

    def clean(self) -> dict[str, Any]:
        """Make the details of what was typed; their sentences go to their fields."""
        cleaned: dict[str, Any] = super().clean() or {}
        given = {name: value for name, value in cleaned.items() if name != "version"}
        for name in ("other_phones", "other_emails"):
            given[name] = tuple(str(given.get(name, "")).splitlines())
        try:
            self.details = PersonDetails(**given)
        except ValidationError as problem:
            for name, sentences in problem.message_dict.items():
                self.add_error(name, sentences)
        return cleaned
