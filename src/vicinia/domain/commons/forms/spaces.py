"""Spaces, their hours, and bookings at the desk."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import fields
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.commons.actions.booking import NewBooking
from vicinia.domain.commons.actions.spaces import SpaceCard
from vicinia.domain.commons.forms import LONGEST_WORDS, ReachForm
from vicinia.domain.commons.models import Space
from vicinia.domain.commons.queries import bodies
from vicinia.domain.commons.states import BookingState, Channel, Weekday
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import DateInput, RadioCards, TimeInput, VersionedForm, textarea


class SpaceForm(VersionedForm):
    """What everybody reads about a space, and how it is lent."""

    name = forms.CharField(label=_("Come si chiama"), max_length=140)
    place = forms.CharField(label=_("Dove"), max_length=200)
    area = forms.ModelChoiceField(
        label=_("Zona"), queryset=None, required=False, empty_label=_("nessuna zona")
    )
    description = forms.CharField(
        label=_("Com'è"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )
    access = forms.CharField(
        label=_("Accessibilità"),
        max_length=200,
        required=False,
        help_text=_("Gradini, bagno, ascensore: chi fatica a muoversi lo vuole sapere prima."),
    )
    capacity = forms.IntegerField(label=_("Quante persone al massimo"), min_value=1, max_value=5000)
    house_rules = forms.CharField(
        label=_("Regole della casa"),
        max_length=LONGEST_WORDS,
        widget=textarea(5),
        help_text=_("Chi prenota le accetta. Se le cambi, valgono per chi prenota da adesso."),
    )
    keeper = forms.ModelChoiceField(
        label=_("Chi lo tiene"), queryset=None, required=False, empty_label=_("il Comune")
    )
    is_approved = forms.BooleanField(label=_("Ogni prenotazione si conferma a mano"), required=False)
    longest_hours = forms.IntegerField(label=_("Ore al massimo"), min_value=1, max_value=24, initial=4)
    ahead_days = forms.IntegerField(
        label=_("Quanti giorni prima, al massimo"), min_value=1, max_value=730, initial=90
    )
    notice_hours = forms.IntegerField(
        label=_("Quante ore prima, almeno"), min_value=0, max_value=720, initial=24
    )
    most_open = forms.IntegerField(
        label=_("Prenotazioni in arrivo per persona"), min_value=1, max_value=100, initial=4
    )
    closed_reason = forms.CharField(
        label=_("Non si prenota più, perché"),
        max_length=200,
        required=False,
        help_text=_("Vuoto finché si può prenotare."),
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = territory.reference_areas()
        self.fields["keeper"].queryset = bodies.bodies(by).at_work().order_by("name", "id")

    def card(self) -> SpaceCard:
        return SpaceCard(**{one.name: self.cleaned_data[one.name] for one in fields(SpaceCard)})

    @staticmethod
    def values_of(row: Space) -> dict[str, Any]:
        return {one.name: getattr(row, one.name) for one in fields(SpaceCard)} | {"seen_version": row.version}


class HoursForm(forms.Form):
    """When it is open on one day of the week."""

    weekday = forms.TypedChoiceField(
        label=_("Giorno"), coerce=int, choices=Weekday.choices, widget=RadioCards
    )
    from_time = forms.TimeField(label=_("Dalle"), widget=TimeInput())
    to_time = forms.TimeField(label=_("Alle"), widget=TimeInput())


class ClosureForm(forms.Form):
    """Days on which it can't be had."""

    from_day = forms.DateField(label=_("Dal"), widget=DateInput())
    to_day = forms.DateField(label=_("Al"), widget=DateInput())
    reason = forms.CharField(label=_("Perché"), max_length=200)


class WhenForm(ReachForm):
    """Hours of a day, for what, for how many, by whom."""

    day = forms.DateField(label=_("Giorno"), widget=DateInput())
    from_time = forms.TimeField(label=_("Dalle"), widget=TimeInput())
    to_time = forms.TimeField(label=_("Alle"), widget=TimeInput())
    purpose = forms.CharField(
        label=_("Per fare che cosa"), max_length=500, help_text=_("Lo legge solo chi cura gli spazi.")
    )
    people = forms.IntegerField(label=_("In quante persone"), min_value=1, max_value=5000)
    who = forms.CharField(label=_("Nome e cognome, o gruppo"), max_length=120)
    accepts_rules = forms.BooleanField(
        label=_("Accetta le regole della casa"),
        error_messages={"required": _("Per prenotare serve accettare le regole della casa.")},
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)
    name_field = "who"
    field_order: tuple[str, ...] = (
        "day", "from_time", "to_time", "purpose", "people", "who", "email", "phone", "accepts_rules",
    )  # fmt: skip

    def booking(self, *, channel: Channel, language: str) -> NewBooking:
        given = self.cleaned_data

        def moment(time: dt.time) -> dt.datetime:
            return timezone.make_aware(dt.datetime.combine(given["day"], time))

        return NewBooking(
            moment(given["from_time"]),
            moment(given["to_time"]),
            given["who"],
            given["purpose"],
            given["people"],
            given["once"],
            given["accepts_rules"],
            self.details_given(),
            channel,
            language,
        )


class DeskBookingForm(WhenForm):
    """A booking by voice, on paper or at the telephone, once or again and again."""

    channel = forms.ChoiceField(
        label=_("Come arriva"),
        choices=[one for one in Channel.choices if one[0] != Channel.PORTAL],
        widget=RadioCards,
        initial=Channel.DESK.value,
    )
    weeks = forms.IntegerField(
        label=_("Si ripete ogni quante settimane"),
        min_value=1,
        max_value=8,
        required=False,
        help_text=_("Vuoto vuol dire una volta sola."),
    )
    until = forms.DateField(label=_("Si ripete fino al"), required=False, widget=DateInput())
    skips_taken = forms.BooleanField(label=_("Salta i giorni in cui non si può"), required=False)
    field_order = (*WhenForm.field_order, "channel", "weeks", "until", "skips_taken")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("weeks") and not cleaned.get("until"):
            self.add_error("until", _("Scrivi fino a quando si ripete."))
        return cleaned


class DecideForm(forms.Form):
    """Yes or no to a booking."""

    state = forms.ChoiceField(
        label=_("Che cosa rispondi"),
        choices=[(BookingState.CONFIRMED.value, _("Va bene")), (BookingState.REFUSED.value, _("Non si può"))],
        widget=RadioCards,
    )
    reason = forms.CharField(
        label=_("Se non si può, perché"), max_length=500, required=False, widget=textarea(2)
    )


class GiveBackForm(forms.Form):
    """Why the desk gives a booking back, and whether the whole series."""

    reason = forms.CharField(label=_("Perché"), max_length=500, widget=textarea(2))
    whole = forms.BooleanField(label=_("Disdici anche le altre ripetizioni"), required=False)
