"""A worksite, its lots and their times; a disruption."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vicinia.domain.network import queries as network
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Dwelling, Stair
from vicinia.domain.worksites import queries
from vicinia.domain.worksites.actions import (
    Days,
    LotPlan,
    NewDisruption,
    NewIntervention,
    NewPhase,
    WorksitePlan,
)
from vicinia.domain.worksites.models import Disruption, Lot, Worksite
from vicinia.domain.worksites.states import (
    LOT_MOVES,
    WITH_CONTRACTOR,
    DisruptionKind,
    InterventionKind,
    LotState,
)
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import (
    CheckboxCards,
    DateInput,
    RadioCards,
    TimeInput,
    VersionedForm,
    textarea,
)

LONGEST = 2000
# More boxes than this nobody reads: whole buildings are chosen then.
MOST_STAIRS = 200


class ReasonForm(VersionedForm):
    """Why something is called off; everybody reads it."""

    reason = forms.CharField(
        label=_("Motivo"), max_length=300, widget=textarea(), help_text=_("Lo legge anche chi abita qui.")
    )


class WorksiteForm(VersionedForm):
    """What everybody reads of a worksite."""

    name = forms.CharField(
        label=_("Come si chiama"), max_length=140, help_text=_("Per esempio: Corte Nuova, tetti e facciate.")
    )
    summary = forms.CharField(label=_("Che cosa si fa"), max_length=LONGEST, widget=textarea(4))
    who_to_call = forms.CharField(
        label=_("Chi chiamare"),
        max_length=300,
        help_text=_("Un ufficio e un numero, anche per le urgenze: sta sul cartello e sulla pagina."),
    )
    area = forms.ModelChoiceField(label=_("Zona"), queryset=None, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = territory.reference_areas()

    def plan(self) -> WorksitePlan:
        values = self.cleaned_data
        return WorksitePlan(values["name"], values["summary"], values["who_to_call"], values["area"])

    @staticmethod
    def values_of(row: Worksite) -> dict[str, Any]:
        named = {name: getattr(row, name) for name in ("name", "summary", "who_to_call", "area")}
        return named | {"seen_version": row.version}


class StairsField(forms.ModelMultipleChoiceField):
    """Stairs, each with its building."""

    def label_from_instance(self, stair: Stair) -> str:
        return f"{stair.building.name}, {stair.name}"


class PlacesForm(VersionedForm):
    """Which whole buildings, which single stairs."""

    buildings = forms.ModelMultipleChoiceField(
        label=_("Edifici interi"), queryset=None, required=False, widget=CheckboxCards()
    )
    stairs = StairsField(label=_("Singole scale"), queryset=None, required=False, widget=CheckboxCards())

    def __init__(self, *args: Any, by: Actor, area_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["buildings"].queryset = territory.buildings(by, area_id=area_id)
        stairs = queries.stairs_to_choose(by)
        if area_id is not None:
            stairs = stairs.filter(building__area_id=area_id)
        self.fields["stairs"].queryset = stairs
        if not 0 < stairs.count() <= MOST_STAIRS:
            del self.fields["stairs"]

    def places(self) -> dict[str, Any]:
        return {name: list(self.cleaned_data.get(name, ())) for name in ("buildings", "stairs")}

    @staticmethod
    def places_of(row: Lot | Disruption) -> dict[str, Any]:
        return {
            "buildings": [one.pk for one in row.buildings.all()],
            "stairs": [one.pk for one in row.stairs.all()],
            "seen_version": row.version,
        }


class LotForm(PlacesForm):
    """What a lot is, who builds it, whom it touches."""

    name = forms.CharField(label=_("Come si chiama"), max_length=140)
    summary = forms.CharField(
        label=_("Che cosa si fa"), max_length=LONGEST, required=False, widget=textarea()
    )
    contractor = forms.ModelChoiceField(
        label=_("Impresa"),
        queryset=None,
        required=False,
        help_text=_("Si sceglie tra gli enti della rete. Può mancare finché c'è la gara."),
    )
    manager = forms.ModelChoiceField(
        label=_("Direzione lavori"),
        queryset=None,
        required=False,
        help_text=_("La avvisiamo se l'impresa non risponde."),
    )
    planned_from = forms.DateField(label=_("Inizio previsto"), widget=DateInput())
    planned_to = forms.DateField(label=_("Fine prevista"), widget=DateInput())
    field_order = (
        *("name", "summary", "contractor", "manager", "planned_from", "planned_to"),
        *("buildings", "stairs"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("contractor", "manager"):
            self.fields[name].queryset = network.bodies()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_days(self, cleaned, "planned_from", "planned_to")
        return cleaned

    def plan(self) -> LotPlan:
        names = ("name", "planned_from", "planned_to", "summary", "contractor", "manager")
        return LotPlan(**{name: self.cleaned_data[name] for name in names}, **self.places())

    @classmethod
    def values_of(cls, row: Lot) -> dict[str, Any]:
        names = ("name", "planned_from", "planned_to", "summary", "contractor", "manager")
        return {name: getattr(row, name) for name in names} | cls.places_of(row)


def check_days(form: forms.Form, cleaned: dict[str, Any], first: str, last: str) -> None:
    """Say at the second field that it comes before the first."""
    if cleaned.get(first) and cleaned.get(last) and cleaned[first] > cleaned[last]:
        form.add_error(last, _("Finisce prima di cominciare: controlla i giorni."))


class EnterLotForm(VersionedForm):
    """The next state of a lot."""

    state = forms.ChoiceField(label=_("A che punto è"), widget=RadioCards)
    day = forms.DateField(label=_("Da che giorno"), widget=DateInput())
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=LONGEST,
        required=False,
        widget=textarea(),
        help_text=_("Serve se i lavori si fermano o il contratto si risolve. Lo legge anche chi abita qui."),
    )
    contractor = forms.ModelChoiceField(label=_("Impresa"), queryset=None, required=False)

    def __init__(self, *args: Any, lot: Lot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = [state for state in LotState if state in LOT_MOVES.table[lot.state]]
        self.fields["state"].choices = [(state.value, state.label) for state in following]
        if set(following) & set(WITH_CONTRACTOR):
            self.fields["contractor"].queryset = network.bodies()
        else:
            del self.fields["contractor"]
        self.initial = {"day": clock.today(), "contractor": lot.contractor, "seen_version": lot.version}


class SlipForm(VersionedForm):
    """Another forecast, and why."""

    first = forms.DateField(label=_("Inizio stimato"), widget=DateInput())
    last = forms.DateField(label=_("Fine stimata"), widget=DateInput())
    reason = forms.CharField(
        label=_("Perché cambia"),
        max_length=LONGEST,
        widget=textarea(),
        help_text=_("Resta scritto, e lo legge anche chi abita qui."),
    )
    with_phases = forms.BooleanField(
        label=_("Sposta di altrettanti giorni ciò che non è ancora cominciato"), required=False
    )

    def __init__(self, *args: Any, is_lot: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_lot:
            del self.fields["with_phases"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_days(self, cleaned, "first", "last")
        return cleaned

    def days(self) -> Days:
        values = self.cleaned_data
        return Days(values["first"], values["last"], values["reason"], values.get("with_phases", False))


class PhaseForm(forms.Form):
    """A phase, or a milestone with one day."""

    title = forms.CharField(label=_("Titolo"), max_length=140)
    planned_from = forms.DateField(label=_("Dal"), widget=DateInput())
    planned_to = forms.DateField(
        label=_("Al"), required=False, widget=DateInput(), help_text=_("Vuoto per una tappa di un giorno.")
    )
    is_milestone = forms.BooleanField(label=_("È una tappa: tutto il resto la aspetta"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["planned_to"] = cleaned.get("planned_to") or cleaned.get("planned_from")
        check_days(self, cleaned, "planned_from", "planned_to")
        return cleaned

    def phase(self) -> NewPhase:
        return NewPhase(**self.cleaned_data)


class MarkForm(VersionedForm):
    """How it really went."""

    began_on = forms.DateField(label=_("Cominciato il"), required=False, widget=DateInput())
    ended_on = forms.DateField(label=_("Finito il"), required=False, widget=DateInput())


class DwellingField(forms.ModelChoiceField):
    """A dwelling, with the way to its door."""

    def label_from_instance(self, dwelling: Dwelling) -> str:
        return dwelling.where


class InterventionForm(forms.Form):
    """Works in one dwelling."""

    dwelling = DwellingField(label=_("Alloggio"), queryset=None)
    kind = forms.ChoiceField(label=_("Intervento"), choices=InterventionKind.choices)
    planned_from = forms.DateField(label=_("Dal"), widget=DateInput())
    planned_to = forms.DateField(label=_("Al"), widget=DateInput())
    must_be_empty = forms.BooleanField(label=_("Intanto nessuno ci può abitare"), required=False)

    def __init__(self, *args: Any, lot: Lot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dwelling"].queryset = queries.dwellings_to_choose(lot)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        check_days(self, cleaned, "planned_from", "planned_to")
        return cleaned

    def intervention(self) -> NewIntervention:
        return NewIntervention(**self.cleaned_data)


class DisruptionForm(PlacesForm):
    """What makes life harder, for whom, from when to when."""

    kind = forms.ChoiceField(label=_("Che disagio"), choices=DisruptionKind.choices, widget=RadioCards)
    from_day = forms.DateField(label=_("Dal"), widget=DateInput())
    to_day = forms.DateField(
        label=_("Al"), required=False, widget=DateInput(), help_text=_("Vuoto se è un giorno solo.")
    )
    from_time = forms.TimeField(label=_("Dalle"), widget=TimeInput(), initial=dt.time(8))
    to_time = forms.TimeField(label=_("Alle"), widget=TimeInput(), initial=dt.time(17))
    phase = forms.ModelChoiceField(
        label=_("Fa parte di una fase?"),
        queryset=None,
        required=False,
        help_text=_("Se la fase slitta, il disagio non ancora avvisato si sposta con lei."),
    )
    remark = forms.CharField(
        label=_("Che cosa va saputo"),
        max_length=300,
        required=False,
        widget=textarea(2),
        help_text=_("Lo leggono tutti. Per esempio: l'acqua c'è alla fontana del cortile."),
    )
    field_order = (
        *("kind", "from_day", "to_day", "from_time", "to_time", "buildings", "stairs"),
        *("remark", "phase"),
    )

    def __init__(self, *args: Any, lot: Lot, **kwargs: Any) -> None:
        super().__init__(*args, area_id=lot.worksite.area_id, **kwargs)
        self.fields["phase"].queryset = lot.phases.order_by("planned_from", "id")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["to_day"] = cleaned.get("to_day") or cleaned.get("from_day")
        check_days(self, cleaned, "from_day", "to_day")
        return cleaned

    def disruption(self) -> NewDisruption:
        names = ("kind", "from_day", "to_day", "from_time", "to_time", "phase", "remark")
        return NewDisruption(**{name: self.cleaned_data[name] for name in names}, **self.places())

    @classmethod
    def values_of(cls, row: Disruption) -> dict[str, Any]:
        names = ("kind", "from_day", "to_day", "from_time", "to_time", "phase", "remark")
        return {name: getattr(row, name) for name in names} | cls.places_of(row)
