"""Complaints taken in and worked on at the desk; answers of the survey on paper."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening import queries as listening
from vicinia.domain.people.forms import DetailsMixin
from vicinia.domain.territory.models import Stair
from vicinia.domain.worksites import queries
from vicinia.domain.worksites.actions import NewAnswer, NewComplaint
from vicinia.domain.worksites.forms.works import LONGEST
from vicinia.domain.worksites.models import Lot
from vicinia.domain.worksites.states import ComplaintChannel, ComplaintKind
from vicinia.foundation.attachments.forms import PhotosField
from vicinia.foundation.kernel import languages
from vicinia.foundation.look.forms import DateInput, RadioCards, VersionedForm, textarea


class StairField(forms.ModelChoiceField):
    """One stair, with its building."""

    def label_from_instance(self, stair: Stair) -> str:
        return stair.where


class ComplaintForm(DetailsMixin):
    """What somebody says of a lot: at the desk and at the portal."""

    kind = forms.ChoiceField(label=_("Che problema è?"), choices=ComplaintKind.choices, widget=RadioCards)
    words = forms.CharField(
        label=_("Che cosa succede?"),
        max_length=LONGEST,
        widget=textarea(4),
        help_text=_("Lo legge anche chi lavora qui: non scrivere nomi né altri dati di persone."),
    )
    stair = StairField(
        label=_("In quale scala?"),
        queryset=None,
        required=False,
        empty_label=_("Da un'altra parte, o non so"),
    )
    place = forms.CharField(
        label=_("Dove, di preciso?"), max_length=200, required=False, help_text=_("Per esempio: le cantine.")
    )
    urgent = forms.BooleanField(label=_("È urgente: c'è un pericolo o un danno che peggiora"), required=False)
    photos = PhotosField(label=_("Foto"), required=False, help_text=_("Se aiutano a capire. Senza volti."))
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)
    field_order: tuple[str, ...] = (
        *("kind", "words", "stair", "place", "urgent", "photos"),
        *("name", "phone", "email"),
    )

    def __init__(self, *args: Any, lot: Lot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stair"].queryset = queries.stairs_of_lot(lot)

    def complaint(self, channel: ComplaintChannel, language: str) -> NewComplaint:
        values = self.cleaned_data
        return NewComplaint(
            kind=values["kind"],
            words=values["words"],
            once=values["once"],
            urgent=values["urgent"],
            place=values["place"],
            stair=values["stair"],
            details=self.details_given(),
            channel=channel,
            language=language,
            files=values["photos"],
        )


class DeskComplaintForm(ComplaintForm):
    """The same by voice or on paper."""

    channel = forms.ChoiceField(
        label=_("Come è arrivata"),
        choices=[one for one in ComplaintChannel.choices if one[0] != ComplaintChannel.PORTAL],
    )
    language = forms.ChoiceField(label=_("Lingua"), choices=languages.RESIDENT_LANGUAGES, initial="it")
    field_order = (*ComplaintForm.field_order, "channel", "language")

    def desk_complaint(self) -> NewComplaint:
        values = self.cleaned_data
        return self.complaint(ComplaintChannel(values["channel"]), values["language"])


class WordsForm(VersionedForm):
    """Words that who complained reads."""

    words = forms.CharField(
        label=_("Che cosa scrivi"),
        max_length=LONGEST,
        widget=textarea(4),
        help_text=_("Lo legge chi ha segnalato."),
    )


class ReplyForm(WordsForm):
    """An answer, with a day if one is promised."""

    promised_on = forms.DateField(label=_("Entro quando sarà sistemato"), required=False, widget=DateInput())


class CaseForm(VersionedForm):
    """What kind of case it becomes."""

    title = forms.CharField(label=_("Titolo del caso"), max_length=120)
    category = forms.ModelChoiceField(
        label=_("Tipo di problema"), queryset=None, empty_label=_("Scegli dalla lista")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = listening.kinds_in_use()


MARKS = [(str(mark), str(mark)) for mark in range(1, 6)]


class SurveyForm(forms.Form):
    """Three questions from 1 to 5."""

    informed = forms.TypedChoiceField(
        label=_("Mi avvisano in tempo dei disagi"),
        choices=MARKS,
        coerce=int,
        widget=RadioCards(attrs={"class": "short"}),
    )
    bearable = forms.TypedChoiceField(
        label=_("I disagi sono sopportabili"),
        choices=MARKS,
        coerce=int,
        widget=RadioCards(attrs={"class": "short"}),
    )
    heard = forms.TypedChoiceField(
        label=_("Se segnalo un problema, mi rispondono"),
        choices=MARKS,
        coerce=int,
        widget=RadioCards(attrs={"class": "short"}),
    )
    words = forms.CharField(
        label=_("Che cosa si può fare meglio?"),
        max_length=500,
        required=False,
        widget=textarea(3),
        help_text=_("Non scrivere il tuo nome né altri dati di persone."),
    )

    def answer(self, once: str, channel: ComplaintChannel) -> NewAnswer:
        values = self.cleaned_data
        marks = (values["informed"], values["bearable"], values["heard"])
        return NewAnswer(*marks, once, values["words"], channel)


class PaperAnswerForm(SurveyForm):
    """A sheet that came back; the page that sends it counts once."""

    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)
