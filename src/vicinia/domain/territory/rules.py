"""Who may change the territory, and when. Facts are passed in; nothing is read or written here."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext as _

from vicinia.domain.territory.models import Building, Dwelling, Place, Stair
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, forbid, no


def may_edit(by: Actor) -> Verdict:
    """Who keeps the territory in order changes areas, streets and places."""
    if by.can(Capability.EDIT_TERRITORY):
        return YES
    return forbid(_("Il tuo ruolo non corregge zone, strade e luoghi."))


def may_retire(by: Actor, place: Place) -> Verdict:
    """A place that is gone is retired, never deleted: earlier reports keep its name."""
    return no(_("Questo luogo è già fuori uso.")) if place.is_retired else may_edit(by)


def may_restore(by: Actor, place: Place) -> Verdict:
    """A place comes back into use when it was retired."""
    return may_edit(by) if place.is_retired else no(_("Questo luogo è già in uso."))


def may_edit_buildings(by: Actor) -> Verdict:
    """The laboratory, and who keeps the territory, keep buildings, stairs and dwellings in order."""
    if by.can(Capability.EDIT_BUILDINGS):
        return YES
    return forbid(_("Il tuo ruolo non corregge edifici, scale e alloggi."))


def may_retire_standing(by: Actor, row: Building | Stair | Dwelling) -> Verdict:
    """What is gone is retired, never deleted: households and notices of those years keep it."""
    return no(_("È già fuori uso.")) if row.is_retired else may_edit_buildings(by)


def may_restore_standing(by: Actor, row: Building | Stair | Dwelling) -> Verdict:
    """What was retired comes back into use."""
    return may_edit_buildings(by) if row.is_retired else no(_("È già in uso."))


def may_name_stair(by: Actor, *, name: str, taken: Collection[str]) -> Verdict:
    """The name of a stair is one in its building: people say "scala B" and mean one door."""
    if name in taken:
        return no(_("In questo edificio c'è già una scala %(name)s.") % {"name": name})
    return may_edit_buildings(by)


def may_add_dwellings(by: Actor, stair: Stair, *, doors: Collection[str], taken: Collection[str]) -> Verdict:
    """The doors of one floor of a stair have each a word of its own; nothing is added to a stair that is out of use."""
    if stair.is_retired:
        return no(_("La scala è fuori uso: prima rimettila in uso."))
    known = sorted(set(doors) & set(taken))
    if known:
        return no(_("A questo piano c'è già: %(doors)s.") % {"doors": ", ".join(known)})
    return may_edit_buildings(by)
