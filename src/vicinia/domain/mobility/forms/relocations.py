"""What staff type about relocations, dwellings and rules of adequacy, checked for shape."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Category
from vicinia.domain.mobility import queries
from vicinia.domain.mobility.actions import NewSpell, RelocationPlan, TableCard
from vicinia.domain.mobility.adequacy import Size
from vicinia.domain.mobility.models import AdequacyTable, Relocation, Spell
from vicinia.domain.mobility.states import SpellKind
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.forms import HousesField
from vicinia.domain.territory.models import Dwelling
from vicinia.domain.worksites import queries as worksites
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.look.forms import (
    CheckboxCards,
    DateInput,
    LongSelect,
    RadioCards,
    VersionedForm,
    textarea,
)

_SIZE = re.compile(r"(\d+(?:[.,]\d+)?)(?:\s*[-–−;:,]?\s*(\d+(?:[.,]\d+)?)\s*%)?")


class RelocationForm(VersionedForm):
    """For which works, by which rule, with which limits."""

    name = forms.CharField(
        label=_("Come si chiama"), max_length=140, help_text=_("Per esempio: Corti di via Roma, lotti 1 e 2.")
    )
    worksites = forms.ModelMultipleChoiceField(
        label=_("Per quali cantieri"), queryset=None, required=False, widget=CheckboxCards()
    )
    adequacy = forms.ModelChoiceField(
        label=_("Tabella di adeguatezza"),
        queryset=None,
        empty_label=_("Scegli dalla lista"),
        help_text=_("Dice quanti metri quadri servono per quante persone."),
    )
    kind = forms.TypedChoiceField(
        label=_("Tipo dei casi che si aprono"),
        coerce=int,
        widget=LongSelect,
        help_text=_("Al primo colloquio con un nucleo nasce un caso di questo tipo."),
    )
    most_moves = forms.IntegerField(
        label=_("Trasferimenti al massimo per nucleo"), min_value=1, max_value=9, initial=2
    )
    most_moves_fragile = forms.IntegerField(
        label=_("Trasferimenti al massimo per un nucleo fragile"), min_value=1, max_value=9, initial=2
    )
    removals_a_month = forms.IntegerField(
        label=_("Traslochi al massimo per fase"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("Quanti ne reggono le squadre. Vuoto: senza limite."),
    )
    answer_days = forms.IntegerField(
        label=_("Giorni per rispondere a un'offerta"), min_value=1, max_value=120, initial=15
    )
    payment_days = forms.IntegerField(
        label=_("Giorni per pagare una spesa approvata"), min_value=1, max_value=365, initial=28
    )

    def __init__(self, *args: Any, by: Actor, row: Relocation | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["worksites"].queryset = worksites.worksites(by)  # type: ignore[attr-defined]
        used = row.adequacy_id if row else None
        self.fields["adequacy"].queryset = queries.tables_to_choose(used)  # type: ignore[attr-defined]
        self.kinds: dict[int, Category] = {kind.pk: kind for kind in listening.kinds_in_use()}
        groups: dict[str, list[tuple[int, str]]] = {}
        for kind in self.kinds.values():
            groups.setdefault(kind.parent.label if kind.parent else "", []).append((kind.pk, kind.label))
        if row is not None and row.category_id not in self.kinds:
            self.kinds[row.category_id] = row.category
            groups.setdefault("", []).append((row.category_id, row.category.label))
        self.fields["kind"].choices = [("", _("Scegli dalla lista")), *groups.items()]  # type: ignore[attr-defined]

    def plan(self) -> RelocationPlan:
        values = {name: self.cleaned_data[name] for name in self._names()}
        values["worksites"] = list(values["worksites"])
        return RelocationPlan(category=self.kinds[self.cleaned_data["kind"]], **values)

    @staticmethod
    def _names() -> tuple[str, ...]:
        return (
            *("name", "worksites", "adequacy", "most_moves", "most_moves_fragile"),
            *("removals_a_month", "answer_days", "payment_days"),
        )

    @classmethod
    def values_of(cls, row: Relocation) -> dict[str, Any]:
        values = {name: getattr(row, name) for name in cls._names() if name != "worksites"}
        chosen = [one.pk for one in row.worksites.all()]
        return values | {"worksites": chosen, "kind": row.category_id, "seen_version": row.version}


# Dwellings --------------------------------------------------------------------------------------------------------


class BuildingsForm(forms.Form):
    """Whole buildings, with all their dwellings."""

    buildings = HousesField(
        label=_("Edifici interi"), help_text=_("Sceglili sulla mappa, o dall'elenco con gli indirizzi.")
    )
    is_spare = forms.BooleanField(
        label=_("Sono alloggi volano: restano liberi per i trasferimenti"), required=False
    )

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["buildings"].queryset = territory.buildings(by)  # type: ignore[attr-defined]
        self.fields["buildings"].required = True


class DwellingsField(forms.ModelMultipleChoiceField):
    """Dwellings, each with the way to its door."""

    def label_from_instance(self, dwelling: Dwelling) -> str:
        return dwelling.where


class DoorsForm(forms.Form):
    """Single dwellings of a building."""

    dwellings = DwellingsField(label=_("Alloggi"), queryset=None, widget=CheckboxCards())
    is_spare = forms.BooleanField(
        label=_("Sono alloggi volano: restano liberi per i trasferimenti"), required=False
    )

    def __init__(self, *args: Any, dwellings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dwellings"].queryset = dwellings  # type: ignore[attr-defined]


class UnitsFilter(forms.Form):
    """Which dwellings of a relocation a list shows."""

    edificio = forms.ChoiceField(label=_("Edificio"), required=False)
    stato = forms.ChoiceField(label=_("Oggi"), required=False)
    volano = forms.BooleanField(label=_("solo gli alloggi volano"), required=False)
    mancano = forms.BooleanField(label=_("solo quelli con dati che mancano"), required=False)

    def __init__(self, *args: Any, relocation: Relocation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = queries.buildings_with_units(relocation)
        self.fields["edificio"].choices = [("", _("tutti")), *((one.code, one.name) for one in houses)]  # type: ignore[attr-defined]
        self.fields["stato"].choices = [("", _("tutti")), *queries.STANDS.items()]  # type: ignore[attr-defined]

    @property
    def asked(self) -> dict[str, Any]:
        """What was chosen, nothing where it makes no sense."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or None for name in self.fields}


class SpellForm(VersionedForm):
    """Days on which nobody can live in a dwelling."""

    kind = forms.ChoiceField(label=_("Perché"), choices=SpellKind.choices, widget=RadioCards)
    from_day = forms.DateField(label=_("Dal"), widget=DateInput())
    to_day = forms.DateField(
        label=_("Al"),
        required=False,
        widget=DateInput(),
        help_text=_("Vuoto: per sempre, o finché non si sa."),
    )
    note = forms.CharField(
        label=_("Nota"),
        max_length=200,
        required=False,
        help_text=_("La legge chi vede il piano: non scrivere di persone."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("from_day"), cleaned.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", _("Finisce prima di cominciare: controlla i giorni."))
        return cleaned

    def spell(self) -> NewSpell:
        names = ("kind", "from_day", "to_day", "note")
        return NewSpell(**{name: self.cleaned_data[name] for name in names})

    @staticmethod
    def values_of(row: Spell) -> dict[str, Any]:
        names = ("kind", "from_day", "to_day", "note")
        return {name: getattr(row, name) for name in names} | {"seen_version": row.version}


class EndSpellForm(forms.Form):
    """The last day on which nobody can live there."""

    day = forms.DateField(label=_("Ultimo giorno"), widget=DateInput(), initial=clock.today)


# The rule of adequacy ---------------------------------------------------------------------------------------------


class TableForm(VersionedForm):
    """A rule of adequacy, one line for each number of people."""

    name = forms.CharField(label=_("Nome"), max_length=140)
    source = forms.CharField(
        label=_("Da dove viene"), max_length=300, help_text=_("La legge o il regolamento, con l'articolo.")
    )
    sizes = forms.CharField(
        label=_("Metri quadri per numero di persone"),
        widget=textarea(7),
        max_length=600,
        help_text=_(
            "Una riga per ogni numero di persone, la prima per una. La tolleranza si scrive dopo: 28 − 15 %."
        ),
    )
    people_per_room = forms.IntegerField(
        label=_("Persone per stanza"),
        min_value=1,
        max_value=9,
        required=False,
        help_text=_("Per esempio 2: almeno una stanza ogni due persone. Vuoto: nessuna regola."),
    )
    rooms_at_most = forms.IntegerField(
        label=_("Stanze che bastano comunque"), min_value=1, max_value=20, required=False
    )

    def clean_sizes(self) -> tuple[Size, ...]:
        """Each line as people, square metres and tolerance."""
        lines = [line.strip() for line in self.cleaned_data["sizes"].splitlines() if line.strip()]
        return tuple(self._size(people, line) for people, line in enumerate(lines, start=1))

    @staticmethod
    def _size(people: int, line: str) -> Size:
        found = _SIZE.fullmatch(line.removesuffix("m²").strip())
        if found is None:
            sentence = _("Non capiamo la riga %(number)s: scrivi per esempio 40 − 15 %%.")
            raise forms.ValidationError(sentence % {"number": people})
        area, share = (float((part or "0").replace(",", ".")) for part in found.groups())
        return people, area, round(share / 100, 4)

    def card(self) -> TableCard:
        names = ("name", "source", "sizes", "people_per_room", "rooms_at_most")
        return TableCard(**{name: self.cleaned_data[name] for name in names})

    @staticmethod
    def values_of(row: AdequacyTable) -> dict[str, Any]:
        names = ("name", "source", "people_per_room", "rooms_at_most")
        lines = (_line(area, share) for _people, area, share in row.sizes)
        return {name: getattr(row, name) for name in names} | {
            "sizes": "\n".join(lines),
            "seen_version": row.version,
        }


def _line(area: float, share: float) -> str:
    words = number_format(f"{area:g}".replace(",", "."))
    return f"{words} − {number_format(f'{share * 100:g}')} %" if share else words
