"""Pacts at the desk."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.commons.actions.pacts import NewParty, NewPromise, NewReport, PactDraft
from vicinia.domain.commons.forms import LONGEST_WORDS, ReachForm
from vicinia.domain.commons.models import Pact, PactPromise
from vicinia.domain.commons.queries import spaces
from vicinia.domain.commons.states import PactLevel, PactOrigin, PactState, PromiseSide, PromiseState
from vicinia.domain.territory import queries as territory
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import DateInput, RadioCards, VersionedForm, textarea

_TEXTS = ("public_use", "insurance", "publicity", "monitoring", "exclusion")


class PactForm(VersionedForm):
    """The text of a pact."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    goals = forms.CharField(
        label=_("Che cosa si vuole ottenere"), max_length=LONGEST_WORDS, widget=textarea(5)
    )
    place = forms.CharField(label=_("Dove"), max_length=200, required=False)
    area = forms.ModelChoiceField(
        label=_("Zona"), queryset=None, required=False, empty_label=_("nessuna zona")
    )
    space = forms.ModelChoiceField(
        label=_("Riguarda uno spazio"), queryset=None, required=False, empty_label=_("nessuno spazio")
    )
    level = forms.ChoiceField(label=_("Tipo di cura"), choices=PactLevel.choices, widget=RadioCards)
    origin = forms.ChoiceField(
        label=_("Da chi parte"),
        choices=PactOrigin.choices,
        widget=RadioCards,
        initial=PactOrigin.RESIDENTS.value,
    )
    months = forms.IntegerField(label=_("Quanti mesi dura"), min_value=1, max_value=120, initial=12)
    public_use = forms.CharField(
        label=_("Come lo usano tutti"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )
    insurance = forms.CharField(
        label=_("Assicurazione e responsabilità"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )
    publicity = forms.CharField(
        label=_("Come lo si racconta"), max_length=LONGEST_WORDS, required=False, widget=textarea(2)
    )
    monitoring = forms.CharField(
        label=_("Come si controlla"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )
    exclusion = forms.CharField(
        label=_("Quando il patto finisce prima"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = territory.reference_areas()
        self.fields["space"].queryset = spaces.spaces(by).by_name()

    def draft(self) -> PactDraft:
        given = {one.name: self.cleaned_data[one.name] for one in fields(PactDraft) if one.name != "language"}
        return PactDraft(
            **given | {"level": PactLevel(given["level"]), "origin": PactOrigin(given["origin"])}
        )

    @staticmethod
    def values_of(row: Pact) -> dict[str, Any]:
        names = [one.name for one in fields(PactDraft) if one.name != "language"]
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


class NewPactForm(PactForm, ReachForm):
    """A proposal at the desk: what, and who proposes it."""

    shown = forms.CharField(
        label=_("Come vuole comparire chi propone"),
        max_length=120,
        required=False,
        help_text=_("Il nome o il gruppo che leggono tutti."),
    )
    once = forms.CharField(widget=forms.HiddenInput, max_length=64, initial=secrets.token_hex)
    name_field = "shown"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _TEXTS:
            del self.fields[name]

    def draft(self) -> PactDraft:
        self.cleaned_data |= dict.fromkeys(_TEXTS, "")
        return super().draft()

    def party(self) -> NewParty:
        return NewParty(self.cleaned_data["shown"], self.details_given())


class PartyForm(ReachForm):
    """Who else signs."""

    shown = forms.CharField(
        label=_("Come vuole comparire"), max_length=120, help_text=_("Il nome o il gruppo che leggono tutti.")
    )
    name_field = "shown"
    field_order = ("shown", "email", "phone")

    def party(self) -> NewParty:
        return NewParty(self.cleaned_data["shown"], self.details_given())


class PromiseForm(forms.Form):
    """What one side promises."""

    side = forms.ChoiceField(label=_("Chi si impegna"), choices=PromiseSide.choices, widget=RadioCards)
    words = forms.CharField(label=_("A fare che cosa"), max_length=LONGEST_WORDS, widget=textarea())
    rhythm = forms.CharField(label=_("Quando, o quanto spesso"), max_length=140, required=False)

    def promise(self) -> NewPromise:
        return NewPromise(**self.cleaned_data | {"side": PromiseSide(self.cleaned_data["side"])})


class WordsForm(forms.Form):
    """What the offices think."""

    words = forms.CharField(
        label=_("Che cosa ne pensano gli uffici"),
        max_length=LONGEST_WORDS,
        widget=textarea(5),
        help_text=_("Lo leggono tutti."),
    )


class DayForm(forms.Form):
    """On which day."""

    day = forms.DateField(label=_("Giorno"), widget=DateInput())


class MonthsForm(forms.Form):
    """For how long it goes on."""

    months = forms.IntegerField(label=_("Per quanti mesi"), min_value=1, max_value=120, initial=12)


class EndForm(forms.Form):
    """How it ends and why."""

    state = forms.ChoiceField(label=_("Come finisce"), widget=RadioCards)
    reason = forms.CharField(label=_("Perché"), max_length=LONGEST_WORDS, widget=textarea())

    def __init__(self, *args: Any, states: Sequence[PactState], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [(one.value, one.label) for one in states]


class ReportForm(forms.Form):
    """What came of it in a year, promise by promise."""

    year = forms.IntegerField(label=_("Anno"), min_value=2000, max_value=2100)
    trouble = forms.CharField(
        label=_("Che cosa non è andato"), max_length=LONGEST_WORDS, required=False, widget=textarea()
    )
    words = forms.CharField(label=_("Che cosa si è fatto"), max_length=LONGEST_WORDS, widget=textarea(5))
    hours = forms.IntegerField(label=_("Ore donate"), min_value=0, initial=0)
    people = forms.IntegerField(label=_("Persone coinvolte"), min_value=0, initial=0)
    cost = forms.DecimalField(
        label=_("Quanto ha speso il Comune, in euro"), min_value=0, max_digits=10, decimal_places=2, initial=0
    )

    field_order = ("year", "words", "trouble", "hours", "people", "cost")

    def __init__(self, *args: Any, promises: Sequence[PactPromise], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.promises = promises
        self.fields["year"].initial = clock.today().year
        for one in promises:
            self.fields[f"kept_{one.pk}"] = forms.ChoiceField(
                label=f"{one.get_side_display()}: {one.words}"[:200],
                choices=PromiseState.choices,
                widget=RadioCards,
                initial=PromiseState.KEPT.value,
            )

    def report(self) -> NewReport:
        names = ("year", "words", "trouble", "hours", "people", "cost")
        kept = {one.pk: PromiseState(self.cleaned_data[f"kept_{one.pk}"]) for one in self.promises}
        return NewReport(**{name: self.cleaned_data[name] for name in names}, kept=kept)
