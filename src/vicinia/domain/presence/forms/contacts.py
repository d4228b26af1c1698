"""Key contacts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import django_filters
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from vicinia.domain.people.details import PersonDetails
from vicinia.domain.presence.actions import ContactCard
from vicinia.domain.presence.models import KeyContact, KeyContactRows
from vicinia.domain.presence.rules import MOST_RHYTHM_DAYS
from vicinia.domain.presence.states import KeyContactKind
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.forms import PlaceForm
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import DateInput, VersionedForm


def own_areas(by: Actor) -> list[tuple[int, str]]:
    """The areas that `by` covers, as options of a select."""
    return [(pk, name) for pk, name in territory.reference_area_choices() if by.covers(pk)]


def _rhythm() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Ogni quanti giorni lavorativi lo sentiamo"), min_value=1, max_value=MOST_RHYTHM_DAYS
    )


class ContactCardForm(VersionedForm, PlaceForm):
    """What is kept of a key contact. `seen_version` is the version that the page showed."""

    kind = forms.ChoiceField(label=_("Che cos'è"), choices=KeyContactKind.choices)
    body_name = forms.CharField(
        label=_("Nome del negozio o dell'ente"),
        required=False,
        max_length=140,
        help_text=_("Si legge negli elenchi e sul foglio del giro: niente nomi di persone."),
    )
    area = forms.TypedChoiceField(
        label=_("Zona, se l'indirizzo non la dice"), required=False, coerce=int, empty_value=None
    )
    name = forms.CharField(label=_("Con chi si parla"), required=False, max_length=140)
    phone = forms.CharField(label=_("Telefono"), required=False, max_length=40)
    email = forms.CharField(label=_("E-mail"), required=False, max_length=254)
    reach_words = forms.CharField(
        label=_("Come e quando si raggiunge"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Per esempio: la mattina presto, dal retro."),
    )
    field_order = (
        "kind",
        "body_name",
        "address",
        "place_words",
        "area",
        "name",
        "phone",
        "email",
        "reach_words",
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["area"].choices = [("", _("Quella dell'indirizzo")), *own_areas(by)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.person = self._person(cleaned)
        place = self.location
        area_id = place.area_id or cleaned.get("area")
        if area_id is None:
            self.add_error("area", _("Scegli la zona: decide chi lo sente."))
        self.place = replace(place, area_id=area_id)
        return cleaned

    def _person(self, cleaned: dict[str, Any]) -> PersonDetails | None:
        given = {name: cleaned.get(name, "") for name in ("name", "phone", "email")}
        if not any(given.values()):
            return None
        try:
            return PersonDetails(**given)
        except forms.ValidationError as problem:
            for name, sentences in problem.message_dict.items():
                self.add_error(name if name in given else None, sentences)
            return None

    def card(self) -> ContactCard:
        """The clean values as a card."""
        values = self.cleaned_data
        kept = {name: values[name] for name in ("kind", "body_name", "reach_words")}
        return ContactCard(person=self.person, location=self.place, **kept)

    @staticmethod
    def values_of(contact: KeyContact) -> dict[str, Any]:
        """What the form starts from. Whose name it is stays hidden: it is shown on the person's page."""
        names = (
            "kind",
            "body_name",
            "reach_words",
            "address",
            "place_words",
            "civic_number_id",
            "lat",
            "lon",
        )
        values = {name: getattr(contact, name) for name in names}
        return values | {"area": contact.area_id, "seen_version": contact.version}


class NewContactForm(ContactCardForm):
    """A new key contact, with its rhythm."""

    rhythm_days = _rhythm()
    next_on = forms.DateField(label=_("Prima volta entro"), required=False, widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        days = settings.KEY_CONTACT_RHYTHM_DAYS
        soon = clock.add_working_days(clock.today(), 1)
        initial = {"rhythm_days": days, "next_on": soon} | kwargs.pop("initial", {})
        super().__init__(*args, initial=initial, **kwargs)


class RhythmForm(forms.Form):
    """How often a key contact is heard."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    days = _rhythm()


class ContactFilter(django_filters.FilterSet):
    """How the list of key contacts is narrowed."""

    area = django_filters.ModelChoiceFilter(
        label=_("Zona"), empty_label=_("Tutte"), queryset=lambda _request: territory.reference_areas()
    )
    kind = django_filters.ChoiceFilter(
        label=_("Tipo"), empty_label=_("Tutti"), choices=KeyContactKind.choices
    )

    class Meta:
        model = KeyContact
        fields = ("area", "kind")

    qs: KeyContactRows
