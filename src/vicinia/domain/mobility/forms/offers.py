"""An offer and its answer."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from vicinia.domain.mobility.actions import NewOffer, NotWanted
from vicinia.domain.mobility.models import MobilityPlan, Offer
from vicinia.domain.mobility.queries import offers
from vicinia.domain.mobility.queries.availability import UnitFacts
from vicinia.domain.mobility.rules import Terms
from vicinia.domain.mobility.states import OfferKind, RefusalReason
from vicinia.foundation.kernel import clock
from vicinia.foundation.look.dates import month_words
from vicinia.foundation.look.forms import DateInput, RadioCards, VersionedForm, textarea

LONGEST = 3000
MONTHS_AHEAD = 60


def unit_words(unit: UnitFacts) -> str:
    """A dwelling in one line: where it is, how large, on which floor."""
    rooms = unit.rooms or 0
    facts = [
        ngettext("%(n)s stanza", "%(n)s stanze", rooms) % {"n": rooms},
        _("%(n)s m²") % {"n": f"{unit.area_m2 or 0:g}"},
    ]
    if unit.floor is not None:
        facts.append(_("piano %(n)s") % {"n": unit.floor})
    if unit.has_lift:
        facts.append(_("con ascensore"))
    if unit.step_free:
        facts.append(_("senza barriere"))
    return f"{unit.where} · {', '.join(facts)}"


def _months(earliest: dt.date) -> list[tuple[str, str]]:
    days = (clock.add_months(earliest, ahead) for ahead in range(MONTHS_AHEAD))
    return [(day.isoformat(), month_words(day)) for day in days]


class OfferForm(VersionedForm):
    """Which dwelling, for which months, and what we say to the household."""

    kind = forms.ChoiceField(label=gettext_lazy("Per quanto"), choices=OfferKind.choices, widget=RadioCards)
    dwelling = forms.TypedChoiceField(
        label=gettext_lazy("Quale alloggio"),
        coerce=int,
        help_text=gettext_lazy("Solo quelli adatti al nucleo, e che non ha già rifiutato."),
    )
    from_month = forms.TypedChoiceField(label=gettext_lazy("Da che mese"), coerce=dt.date.fromisoformat)
    to_month = forms.TypedChoiceField(
        label=gettext_lazy("Fino a che mese"), coerce=dt.date.fromisoformat, required=False, empty_value=None
    )
    words = forms.CharField(
        label=gettext_lazy("Che cosa diciamo alla famiglia"),
        max_length=LONGEST,
        required=False,
        widget=textarea(5),
        help_text=gettext_lazy("Va nella lettera, così come lo scrivi."),
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)

    def __init__(self, *args: Any, units: Sequence[UnitFacts], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = units
        months = _months(clock.today().replace(day=1))
        self.fields["dwelling"].choices = [(one.dwelling_id, unit_words(one)) for one in units]
        self.fields["from_month"].choices = months
        self.fields["to_month"].choices = [("", _("fino a nuovo avviso")), *months]

    @classmethod
    def values_of(cls, row: Offer) -> dict[str, Any]:
        """An offer as the form shows it."""
        return {
            "kind": row.kind,
            "dwelling": row.dwelling_id,
            "from_month": row.from_month.isoformat(),
            "to_month": row.to_month.isoformat() if row.to_month else "",
            "words": row.words,
            "seen_version": row.version,
        }

    def offer(self, plan: MobilityPlan | None = None) -> NewOffer:
        """What was typed."""
        values = self.cleaned_data
        return NewOffer(
            dwelling=offers.dwelling_among(self.units, values["dwelling"]),
            terms=Terms(values["kind"], values["from_month"], values["to_month"]),
            once=values["once"],
            words=values["words"],
            plan=plan,
        )


class AnswerForm(VersionedForm):
    """When the household answered, and who was there."""

    answered_on = forms.DateField(label=gettext_lazy("Ha risposto il"), widget=DateInput())
    witness = forms.CharField(
        label=gettext_lazy("Chi c'era"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Chi ha sentito la risposta, o come è arrivata."),
    )


class AcceptForm(AnswerForm):
    """The household says yes."""


class NotWantedForm(AnswerForm):
    """The household says no, and why."""

    refusal_reason = forms.ChoiceField(
        label=gettext_lazy("Perché no"), choices=RefusalReason.choices, widget=RadioCards
    )
    refusal_words = forms.CharField(
        label=gettext_lazy("Con parole sue"), max_length=LONGEST, required=False, widget=textarea(3)
    )
    field_order = ("refusal_reason", "refusal_words", "answered_on", "witness")

    def said(self) -> NotWanted:
        """What was typed."""
        values = self.cleaned_data
        return NotWanted(
            reason=values["refusal_reason"],
            answered_on=values["answered_on"],
            words=values["refusal_words"],
            witness=values["witness"],
        )
