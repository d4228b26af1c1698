"""What the pages of a plan show: its picture, for who may read numbers and for who reads dwellings only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.mobility import drawing, queries, sentences
from vicinia.domain.mobility.drawing import Chart, Place
from vicinia.domain.mobility.drawing.occupation import Rows, Seen
from vicinia.domain.mobility.engine.results import Documents
from vicinia.domain.mobility.models import MobilityPlan
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor

SPARE = "s"


def dwelling_ids(documents: Documents) -> list[int]:
    """The dwellings that the documents of a plan name."""
    return [int(key[1:]) for key in documents.places if key.startswith("d")]


@dataclass
class Picture:
    """A plan ready to be drawn. Four queries, however many dwellings and households."""

    plan: MobilityPlan
    by: Actor

    @cached_property
    def documents(self) -> Documents:
        return queries.documents_of(self.plan)

    @cached_property
    def names(self) -> dict[int, Dwelling]:
        return queries.dwellings_by_id(dwelling_ids(self.documents))

    @cached_property
    def spare_ids(self) -> frozenset[int]:
        return queries.spare_dwelling_ids(self.plan.relocation)

    @property
    def may_read_numbers(self) -> bool:
        return self.by.can(Capability.RUN_MOBILITY)

    @cached_property
    def places(self) -> list[Place]:
        """The dwellings in the order of a walk, those that a what-if adds last."""
        found = []
        closed = self.plan.facts.get("closed", {})
        for key, place in self.documents.places.items():
            if key.startswith("d"):
                found.append(self._place(key, place, closed.get(key, ())))
            elif key.startswith(SPARE):
                found.append(_added(key, place))
        return found

    def _place(self, key: str, place: Mapping[str, Any], closed: list[str]) -> Place:
        dwelling = self.names[int(key[1:])]
        notes = [measures(place)]
        if dwelling.stair.has_lift:
            notes.append(_("ascensore"))
        if place["step_free"]:
            notes.append(_("senza gradini"))
        if dwelling.pk in self.spare_ids:
            notes.append(_("volano"))
        house = dwelling.stair.building.name
        where = dwelling.where
        return Place(key, dwelling.code, " · ".join(notes), where, house, place["available"], closed)

    @property
    def buildings(self) -> list[str]:
        """The names of the buildings, in their order."""
        return list(dict.fromkeys(place.group for place in self.places))

    @cached_property
    def rows(self) -> Rows:
        return self.documents.assignments

    @cached_property
    def seen(self) -> Seen:
        """Who reads numbers has bars that lead to the reasons."""
        if not self.may_read_numbers:
            return Seen(anonymous=True)
        households = self.documents.households.items()
        step_free = frozenset(number for number, one in households if one["needs_step_free"])
        return Seen(step_free, self._link)

    def _link(self, number: int) -> str:
        return reverse("mobility_why", args=[self.plan.relocation.reference, self.plan.number, number])

    def by_dwelling(self, building: str = "", before: Rows | None = None) -> Chart:
        """The occupation chart, of one building if it is named; marked where it differs from rows `before`."""
        places = [place for place in self.places if not building or place.group == building]
        return drawing.by_dwelling(self.plan.days, places, self.rows, replace(self.seen, before=before))

    def by_household(self, before: Rows | None = None) -> Chart:
        """A line for each household, with the same marks."""
        homes = {number: one["home"] for number, one in self.documents.households.items()}
        seen = replace(self.seen, before=before)
        return drawing.by_household(self.plan.days, self.places, self.rows, homes, seen)


def measures(place: Mapping[str, Any]) -> str:
    """ "2 stanze · 45 m²"."""
    rooms = ngettext("%(n)s stanza", "%(n)s stanze", place["rooms"]) % {"n": place["rooms"]}
    return f"{rooms} · {sentences.figure(place['area_m2'])} m²"


def _added(key: str, place: Mapping[str, Any]) -> Place:
    label = _("Volano %(n)s") % {"n": key[1:]}
    group = _("Alloggi volano in più")
    return Place(key, label, measures(place), label, group, place["available"])
