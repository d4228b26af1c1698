"""What is typed about bodies, spaces and pacts, checked for shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vicinia.domain.people.details import PersonDetails

LONGEST_WORDS = 4000


class ReachForm(forms.Form):
    """How somebody is reached; both may be empty. Subclasses have the name in `name_field`."""

    email = forms.CharField(label=_("E-mail"), max_length=200, required=False)
    phone = forms.CharField(label=_("Telefono"), max_length=30, required=False)
    name_field = "name"

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            self.details_given()
        except ValidationError as error:
            for field, sentences in error.message_dict.items():
                self.add_error(self.name_field if field == "name" else field, sentences)
        return cleaned

    def details_given(self) -> PersonDetails | None:
        """The person's details where they can be reached, or None."""
        given = {name: self.cleaned_data.get(name, "").strip() for name in ("email", "phone")}
        name = self.cleaned_data.get(self.name_field, "").strip()
        return PersonDetails(name=name, **given) if any(given.values()) else None
