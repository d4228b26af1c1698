"""What is asked of who makes an appointment, and of who moves one."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.helpdesk.actions import NewAppointment
from vicinia.domain.helpdesk.queries import DaySlots
from vicinia.domain.helpdesk.states import BookedFrom, Kind, Reach, Topic
from vicinia.domain.people.forms import ReachedForm
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.look import dates
from vicinia.foundation.look.forms import LongSelect, RadioCards, VersionedForm


class SlotForm(forms.Form):
    """One of the times that are free."""

    starts_at = forms.ChoiceField(label=_("Quando"), widget=LongSelect())

    def __init__(self, *args: Any, days: Sequence[DaySlots], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_at"].choices = [("", _("Scegli giorno e ora")), *_grouped(days)]
        self.fields["starts_at"].error_messages["invalid_choice"] = _(
            "Quest'ora non è più libera: scegline un'altra."
        )

    def moment(self) -> dt.datetime:
        """The time that was chosen."""
        return timezone.make_aware(dt.datetime.strptime(self.cleaned_data["starts_at"], "%Y-%m-%dT%H:%M"))  # noqa: DTZ007


def _grouped(days: Sequence[DaySlots]) -> list[tuple[str, list[tuple[str, str]]]]:
    found = []
    for day in days:
        free = [(slot.value, _time(day, slot.starts_at)) for slot in day.slots if slot.free]
        if free:
            found.append((str(dates.full_day_words(day.day)), free))
    return found


def _time(day: DaySlots, moment: dt.datetime) -> str:
    return f"{dates.short_day_words(day.day)}, {timezone.localtime(moment):%H:%M}"


class MoveForm(VersionedForm, SlotForm):
    """Another time, over the version that was read."""


class BookForm(SlotForm, ReachedForm):
    """When, what for, and how to tell them what changes: nothing more is asked."""

    otherwise = _("Non serve: guardo io la pagina del mio appuntamento")
    kind = forms.ChoiceField(
        label=_("Di che cosa hai bisogno?"),
        choices=[
            (Kind.INFORMATION.value, _("Un'informazione")),
            (Kind.ORIENTATION.value, _("Capire a chi rivolgermi")),
            (Kind.ACCOMPANIMENT.value, _("Un aiuto per una pratica")),
            (Kind.REPORT.value, _("Segnalare un problema")),
            (Kind.MEDIATION.value, _("Un aiuto con i vicini")),
        ],
        initial=Kind.INFORMATION,
        widget=RadioCards(),
    )
    topic = forms.ChoiceField(label=_("Su che argomento?"), choices=Topic.choices, initial=Topic.OTHER)
    words = forms.CharField(
        label=_("Vuoi aggiungere qualcosa?"),
        required=False,
        max_length=300,
        help_text=_("Se vuoi. Lo legge solo chi ti riceve."),
    )
    language = forms.ChoiceField(label=_("In che lingua parli?"), choices=RESIDENT_LANGUAGES)
    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, initial=secrets.token_hex)

    field_order: tuple[str, ...] = (
        *("starts_at", "kind", "topic", "words", "name", "contact", "email", "phone", "language"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("Se vuoi. Serve solo a riconoscerti quando arrivi.")

    def new(self) -> NewAppointment:
        given = self.cleaned_data
        return NewAppointment(
            self.moment(),
            given["kind"],
            given["topic"],
            given["name"].strip(),
            given["words"].strip(),
            given["contact"],
            given.get("contact_value", ""),
            given["language"],
            given.get("booked_from") or BookedFrom.PORTAL,
        )


class DeskBookForm(BookForm):
    """The same, written down by a colleague for who is there or calls."""

    booked_from = forms.ChoiceField(
        label=_("Da dove arriva"),
        choices=[one for one in BookedFrom.choices if one[0] != BookedFrom.PORTAL],
        initial=BookedFrom.PHONE,
        widget=RadioCards(),
    )
    field_order = ("starts_at", "booked_from", *BookForm.field_order[1:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "kind": _("Per che cosa"),
            "topic": _("Argomento"),
            "words": _("Di che cosa si tratta"),
            "name": _("Nome"),
            "contact": _("Come avvisare"),
            "language": _("Lingua"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].help_text = ""
        self.fields["kind"].choices = Kind.choices
        self.fields["contact"].choices = Reach.choices
        self.fields["contact"].initial = Reach.PHONE
