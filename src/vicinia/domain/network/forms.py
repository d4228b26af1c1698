"""What staff type about bodies, checked for shape."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from vicinia.domain.network import queries
from vicinia.domain.network.actions import AgreementCard, BodyCard, PersonCard
from vicinia.domain.network.models import BodyPerson, PartnerBody
from vicinia.domain.network.states import DataCategory, LawfulBasis
from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.look.forms import CheckboxCards, DateInput


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
    is_internal = forms.BooleanField(label=_("È un ufficio del Comune"), required=False)
    areas = forms.TypedMultipleChoiceField(
        label=_("Quali zone segue"),
        coerce=int,
        required=False,
        widget=CheckboxCards(),
        help_text=_("Nessuna scelta vuol dire tutto il territorio."),
    )
    is_active = forms.BooleanField(
        label=_("Gli si possono passare segnalazioni"), required=False, initial=True
    )

    def __init__(self, *args: Any, body: PartnerBody | None = None, **kwargs: Any) -> None:
        names = ("name", "competences", "email", "phone", "hours", "is_internal", "is_active")
        known = {name: getattr(body, name) for name in names} if body else {}
        super().__init__(
            *args,
            initial=known | {"areas": [area.pk for area in queries.areas_of(body)] if body else []},
            **kwargs,
        )
        self.fields["areas"].choices = territory.reference_area_choices()
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
        values = dict(self.cleaned_data)
        area_ids = values.pop("areas")
        return BodyCard(code=self.code, area_ids=area_ids, **values)


class PersonForm(forms.Form):
    """Someone of a body."""

    name = forms.CharField(label=_("Nome e cognome"), max_length=120)
    role = forms.CharField(label=_("Di che cosa si occupa"), required=False, max_length=160)
    phone = forms.CharField(label=_("Telefono"), required=False, max_length=40)
    email = forms.EmailField(label=_("E-mail"), required=False)
    user = forms.ModelChoiceField(
        label=_("Accesso"),
        queryset=None,
        required=False,
        empty_label=_("nessun accesso"),
        help_text=_(
            "Chi ha un accesso risponde dalle pagine dell'ente. Gli accessi li crea l'amministratore."
        ),
    )
    is_active = forms.BooleanField(label=_("Lavora ancora per l'ente"), required=False, initial=True)

    def __init__(self, *args: Any, person: BodyPerson | None = None, **kwargs: Any) -> None:
        names = ("name", "role", "phone", "email", "user", "is_active")
        known = {name: getattr(person, name) for name in names} if person else {}
        super().__init__(*args, initial=known, **kwargs)
        self.fields["user"].queryset = accounts.users_who_can(Capability.ANSWER_REFERRALS)

    @property
    def card(self) -> PersonCard:
        return PersonCard(**self.cleaned_data)


class AgreementForm(forms.Form):
    """A protocol with a body."""

    title = forms.CharField(label=_("Titolo"), max_length=200)
    protocol = forms.CharField(label=_("Numero di protocollo"), required=False, max_length=60)
    signed_on = forms.DateField(label=_("Firmato il"), widget=DateInput())
    expires_on = forms.DateField(
        label=_("Scade il"), required=False, widget=DateInput(), help_text=_("Vuoto se non scade.")
    )
    lawful_basis = forms.ChoiceField(label=_("Su quale base"), choices=LawfulBasis.choices)
    data_categories = forms.MultipleChoiceField(
        label=_("Quali dati si possono condividere"), choices=DataCategory.choices, widget=CheckboxCards()
    )

    @property
    def card(self) -> AgreementCard:
        return AgreementCard(**self.cleaned_data)
