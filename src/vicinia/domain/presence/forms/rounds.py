"""Rounds, their stops and what is seen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.presence import queries
from vicinia.domain.presence.actions import NewObservation, NewStop, RoundPlan
from vicinia.domain.presence.forms.contacts import own_areas
from vicinia.domain.presence.models import Round, RoundStop
from vicinia.domain.presence.queries.proposals import Proposal
from vicinia.domain.presence.states import ObservationKind, StopWhy
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.forms import PlaceForm
from vicinia.domain.territory.queries import Location
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments.forms import KeepsGoodFiles, PhotosField
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import CheckboxCards, DateInput, RadioCards, TimeInput, VersionedForm

LONGEST_PERIOD_DAYS = 366


class RoundForm(VersionedForm):
    """When, where and by whom. Who does not coordinate plans for their own areas."""

    planned_on = forms.DateField(label=_("Giorno"), widget=DateInput())
    from_time = forms.TimeField(label=_("Dalle"), widget=TimeInput())
    to_time = forms.TimeField(label=_("Alle"), widget=TimeInput())
    areas = forms.ModelMultipleChoiceField(label=_("Zone"), queryset=None, widget=CheckboxCards())
    people = forms.ModelMultipleChoiceField(label=_("Chi lo fa"), queryset=None, widget=CheckboxCards())

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        areas = territory.reference_areas()
        if not by.can(Capability.ASSIGN):  # those of the round stay, also if they are not one's own
            areas = areas.filter(pk__in={*by.area_ids, *self.initial.get("areas", ())})
        self.fields["areas"].queryset = areas
        self.fields["people"].queryset = queries.workers()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_time"), cleaned.get("to_time")
        if first and last and first >= last:
            self.add_error("to_time", _("Il giro finisce prima di cominciare: controlla le ore."))
        return cleaned

    def plan(self) -> RoundPlan:
        values = {name: value for name, value in self.cleaned_data.items() if name != "seen_version"}
        return RoundPlan(**values | {"areas": list(values["areas"]), "people": list(values["people"])})

    @staticmethod
    def values_of(row: Round) -> dict[str, Any]:
        names = ("planned_on", "from_time", "to_time")
        many = {name: list(getattr(row, name).values_list("pk", flat=True)) for name in ("areas", "people")}
        return {name: getattr(row, name) for name in names} | many | {"seen_version": row.version}


class ProposedStopsForm(forms.Form):
    """Which of the proposed stops are taken."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    chosen = forms.MultipleChoiceField(label=_("Scegli quelle che servono"), widget=CheckboxCards())

    def __init__(self, *args: Any, proposals: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposals = {one.key: one for one in proposals}
        field = self.fields["chosen"]
        field.choices = [(one.key, one.title) for one in proposals]
        labels = dict(StopWhy.choices)
        field.widget.hints = {
            one.key: " · ".join(part for part in (str(labels[one.why]), one.look_at, one.note) if part)
            for one in proposals
        }

    def stops(self) -> list[NewStop]:
        return [_stop(self.proposals[key]) for key in self.cleaned_data["chosen"]]


def _stop(one: Proposal) -> NewStop:
    location = Location()
    if one.point and not one.place:
        location = territory.locate(lat=one.point[0], lon=one.point[1])
    return NewStop(one.why, one.look_at, one.case, one.contact, one.place, location)


class StopForm(PlaceForm):
    """A stop in one's own words."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)
    look_at = forms.CharField(
        label=_("Che cosa guardare"),
        required=False,
        max_length=300,
        help_text=_("Di luoghi e cose, senza nomi di persone: il foglio si stampa."),
    )
    field_order = ("address", "place_words", "look_at")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not (cleaned.get("address") or cleaned.get("place_words")) and cleaned.get("lat") is None:
            self.add_error("address", _("Indica il luogo, anche a parole."))
        return cleaned

    def stop(self) -> NewStop:
        return NewStop(StopWhy.WORDS, self.cleaned_data["look_at"], location=self.location)


class ObservationForm(KeepsGoodFiles, PlaceForm):
    """What is seen: one tap says what, the rest may follow."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Che cosa vedi"), choices=ObservationKind.choices, widget=RadioCards())
    words = forms.CharField(
        label=_("In poche parole"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Di luoghi e cose: niente nomi, niente targhe."),
    )
    stop = forms.TypedChoiceField(label=_("A quale tappa"), required=False, coerce=int, empty_value=None)
    photos = PhotosField(
        label=_("Foto"),
        at_most=4,
        help_text=_("Fino a 4. Niente volti e niente targhe: la foto è del luogo."),
    )
    field_order = ("kind", "words", "stop", "photos", "address", "place_words")

    def __init__(self, *args: Any, stops: Sequence[RoundStop], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stops = {stop.pk: stop for stop in stops}
        named = [(stop.pk, f"{number}. {stop.title}") for number, stop in enumerate(stops, start=1)]
        self.fields["stop"].choices = [("", _("Da un'altra parte")), *named]

    def observation(self) -> NewObservation:
        values = self.cleaned_data
        kept = {name: values[name] for name in ("uuid", "kind", "words", "at")}
        stop = self.stops.get(values["stop"] or 0)
        return NewObservation(stop=stop, location=self.location, files=values["photos"], **kept)


class FinishForm(VersionedForm):
    """How it went."""

    notes = forms.CharField(
        label=_("Com'è andato"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Senza nomi di persone."),
    )


class VersionedReasonForm(VersionedForm):
    """Why something is done, on top of what was read."""

    reason = forms.CharField(label=_("Motivo"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class CoverageForm(forms.Form):
    """Which period and area the coverage is of."""

    dal = forms.DateField(label=_("Dal"), required=False, widget=DateInput())
    al = forms.DateField(label=_("Al"), required=False, widget=DateInput())
    zona = forms.TypedChoiceField(label=_("Zona"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["zona"].choices = [("", _("Tutte")), *own_areas(by)]

    def period(self) -> tuple[dt.date, dt.date]:
        """From a day to a day: the last four weeks unless said otherwise, a year at most."""
        values = self.cleaned_data if self.is_valid() else {}
        until = values.get("al") or clock.today()
        since = values.get("dal") or until - dt.timedelta(days=27)
        since, until = min(since, until), max(since, until)
        return max(since, until - dt.timedelta(days=LONGEST_PERIOD_DAYS - 1)), until

    @property
    def area_id(self) -> int | None:
        found: int | None = self.cleaned_data.get("zona") if self.is_valid() else None
        return found
