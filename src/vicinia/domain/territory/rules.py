"""Who may change the territory, and when. Facts are passed in; nothing is read or written here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vicinia.domain.territory.models import Place
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
