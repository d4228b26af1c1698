"""What staff type about bodies, checked for shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from vicinia.domain.network import queries
from vicinia.domain.network.actions import BodyCard
from vicinia.domain.network.models import PartnerBody


class BodyForm(forms.Form):
    """What is known of a body. A new one gets its code from its name."""

    name = forms.CharField(label=_("Nome"), max_length=160)
    competences = forms.CharField(
        label=_("Di che cosa si occupa"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("Qui arrivano le segnalazioni che passiamo all'ente, senza i dati di chi segnala."),
    )
    phone = forms.CharField(label=_("Telefono"), required=False, max_length=40)
    hours = forms.CharField(label=_("Orari"), required=False, max_length=200)
    is_active = forms.BooleanField(
        label=_("Gli si possono passare segnalazioni"), required=False, initial=True
    )

    def __init__(self, *args: Any, body: PartnerBody | None = None, **kwargs: Any) -> None:
        names = ("name", "competences", "email", "phone", "hours", "is_active")
        known = {name: getattr(body, name) for name in names} if body else {}
        super().__init__(*args, initial=known, **kwargs)
        self.body = body

    def clean_name(self) -> str:
        """Two bodies of the same name could not be told apart."""
        name: str = self.cleaned_data["name"]
        self.code = self.body.code if self.body else slugify(name)[:40]
        if not self.code:
            raise forms.ValidationError(_("Scrivi un nome con delle lettere."))
        if self.body is None and queries.every_body().filter(code=self.code).exists():
            raise forms.ValidationError(_("C'è già un ente con questo nome."))
        return name

    @property
    def card(self) -> BodyCard:
        return BodyCard(code=self.code, **self.cleaned_data)
