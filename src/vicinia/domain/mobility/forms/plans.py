"""How a plan is asked for, what a what-if supposes, who is locked where."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.mobility import queries
from vicinia.domain.mobility.actions import NewLock, NewPlan
from vicinia.domain.mobility.models import MobilityPlan, Relocation
from vicinia.domain.mobility.states import Change, PlanKind
from vicinia.foundation.kernel import clock
from vicinia.foundation.look import dates
from vicinia.foundation.look.forms import LongSelect, RadioCards

TIMES = ((60, _("1 minuto")), (300, _("5 minuti")), (900, _("15 minuti")), (1800, _("mezz'ora")))
MOST_MONTHS = 48
OUTSIDE = "fuori"


class AskForm(forms.Form):
    """A new plan: from nothing, or with the fewest changes from the published one."""

    kind = forms.ChoiceField(
        label=_("Che piano"),
        choices=(
            (PlanKind.PLAN, _("Il migliore possibile")),
            (PlanKind.REPLAN, _("Con meno cambiamenti possibili dal piano pubblicato")),
        ),
        initial=PlanKind.PLAN,
        widget=RadioCards,
    )
    time_limit = forms.TypedChoiceField(
        label=_("Tempo di calcolo al massimo"),
        choices=TIMES,
        coerce=int,
        initial=300,
        help_text=_("Finisce prima se dimostra che non si può fare di meglio."),
    )
    restricted = forms.BooleanField(
        label=_("Nessuno si sposta prima che comincino i lavori nel suo alloggio"),
        required=False,
        help_text=_("Il calcolo è più veloce. Il piano può avere qualche trasferimento in più."),
    )

    def new_plan(self) -> NewPlan:
        """What was asked for."""
        values = self.cleaned_data
        return NewPlan(values["kind"], values["time_limit"], values["restricted"])


class WhatIfForm(forms.Form):
    """What a what-if supposes, in words of the engine."""

    CHANGE = ""

    def question(self) -> dict[str, Any]:
        """What is asked."""
        return {"change": self.CHANGE, **self.cleaned_data}

    def new_plan(self, base: MobilityPlan) -> NewPlan:
        """The plan that answers it, computed as the one that it starts from."""
        return what_if(base, self.question())


def what_if(base: MobilityPlan, question: dict[str, Any]) -> NewPlan:
    """A what-if on a plan, computed as that one was."""
    return NewPlan(PlanKind.WHAT_IF, base.time_limit, base.restricted, base, question)


class SpareForm(WhatIfForm):
    """Spare flats more, of a size."""

    CHANGE = Change.SPARE.value
    count = forms.IntegerField(label=_("Quanti alloggi volano in più"), min_value=1, max_value=20, initial=1)
    area_m2 = forms.FloatField(label=_("Metri quadri"), min_value=10, max_value=400, initial=60)
    rooms = forms.IntegerField(label=_("Stanze"), min_value=1, max_value=12, initial=3)
    step_free = forms.BooleanField(label=_("Senza gradini"), required=False)


class LotLaterForm(WhatIfForm):
    """A lot that slips by some months."""

    CHANGE = Change.LOT_LATER.value
    lot = forms.ChoiceField(label=_("Quale lotto slitta"))
    months = forms.IntegerField(label=_("Di quanti mesi"), min_value=1, max_value=36, initial=3)

    def __init__(self, *args: Any, lots: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["lot"].choices = lots  # type: ignore[attr-defined]


class ToleranceForm(WhatIfForm):
    """Dwellings a little smaller than the table asks for."""

    CHANGE = Change.TOLERANCE.value
    percent = forms.FloatField(
        label=_("Più piccoli di quanto, in percentuale"), min_value=1, max_value=50, initial=5
    )


class LockForm(forms.Form):
    """A household in a dwelling, from one month to another."""

    household = forms.TypedChoiceField(label=_("Nucleo"), coerce=int, widget=LongSelect)
    dwelling = forms.ChoiceField(label=_("Alloggio"), widget=LongSelect)
    from_month = forms.ChoiceField(label=_("Da"), widget=LongSelect)
    to_month = forms.ChoiceField(
        label=_("Fino a"), required=False, widget=LongSelect, help_text=_("Vuoto: solo quel mese.")
    )
    reason = forms.CharField(
        label=_("Perché"),
        max_length=300,
        help_text=_("Lo legge chi fa il piano: niente parole private della famiglia."),
    )

    def __init__(self, *args: Any, relocation: Relocation, **more: Any) -> None:
        super().__init__(*args, **more)
        self.by_number = {file.household.number: file for file in queries.files_to_lock(relocation)}
        self.dwellings = {str(row.pk): row for row in queries.dwellings_to_lock(relocation)}
        months = _months()
        self._choose("household", [(number, f"N. {number}") for number in self.by_number])
        self._choose(
            "dwelling",
            [(OUTSIDE, _("fuori dal quartiere")), *((pk, row.where) for pk, row in self.dwellings.items())],
        )
        self._choose("from_month", months)
        self._choose("to_month", [("", ""), *months])

    def _choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def new_lock(self) -> NewLock:
        """What was asked for."""
        values = self.cleaned_data
        last = values["to_month"]
        return NewLock(
            self.dwellings.get(values["dwelling"]),
            dt.date.fromisoformat(values["from_month"]),
            dt.date.fromisoformat(last) if last else None,
            values["reason"],
        )


def _months() -> list[tuple[str, str]]:
    """The months to come, from the next one on."""
    first = clock.today().replace(day=1)
    months = [clock.add_months(first, number) for number in range(1, MOST_MONTHS + 1)]
    return [(month.isoformat(), dates.month_words(month)) for month in months]
