"""Who may prepare a relocation, its dwellings and the rule of adequacy, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from vicinia.domain.mobility.models import AdequacyTable, Relocation
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no

# A plan is made for an estate; what is larger is made in parts.
MOST_UNITS = 2000


def may_run(by: Actor) -> Verdict:
    if by.can(Capability.RUN_MOBILITY):
        return YES
    return forbid(_("Il piano della mobilità lo fanno il laboratorio e chi coordina."))


# Adequacy ---------------------------------------------------------------------------------------------------------


def may_keep_tables(by: Actor) -> Verdict:
    """A rule of the Region is written by who answers for it."""
    if by.can(Capability.RUN_MOBILITY) and by.can(Capability.ASSIGN):
        return YES
    return forbid(_("Le tabelle di adeguatezza le tiene chi coordina."))


def sizes_make_sense(sizes: Sequence[tuple[int, float, float]]) -> Verdict:
    """From one person on without a gap, and never less room for more people."""
    if not sizes or [people for people, _area, _tolerance in sizes] != list(range(1, len(sizes) + 1)):
        return no(_("Scrivi i metri quadri da una persona in su, senza saltare numeri."))
    if not all(area > 0 and 0 <= tolerance < 1 for _people, area, tolerance in sizes):
        return no(_("I metri quadri sono più di zero, la tolleranza è meno del 100 %."))
    areas = [area for _people, area, _tolerance in sizes]
    if areas != sorted(areas):
        return no(_("Per più persone i metri quadri non possono essere meno."))
    return YES


def may_change_table(by: Actor, table: AdequacyTable, *, is_used: bool) -> Verdict:
    """A table that a relocation uses stays what it was: plans were made by it."""
    if table.retired_on is not None:
        return no(_("Questa tabella non è più in uso."))
    if is_used:
        return no(_("È usata da una mobilità: non si cambia."), _("Fanne una copia e cambia quella."))
    return may_keep_tables(by)


def may_retire_table(by: Actor, table: AdequacyTable) -> Verdict:
    if table.retired_on is not None:
        return no(_("Questa tabella non è più in uso."))
    return may_keep_tables(by)


# Relocations ------------------------------------------------------------------------------------------------------


def is_open(relocation: Relocation) -> Verdict:
    return YES if relocation.is_open else no(_("Questa mobilità è chiusa."))


def may_use_table(table: AdequacyTable, *, was: AdequacyTable | None = None) -> Verdict:
    """A table that is no longer in use stays where it is already used."""
    if table.retired_on is not None and (was is None or was.pk != table.pk):
        return no(_("Questa tabella non è più in uso: scegline un'altra."))
    return YES


def may_change(by: Actor, relocation: Relocation) -> Verdict:
    return all_of(may_run(by), is_open(relocation))


def may_close(by: Actor, relocation: Relocation, *, open_files: int) -> Verdict:
    """Not while somebody is still accompanied."""
    if open_files:
        sentence = ngettext(
            "C'è ancora %(n)s nucleo accompagnato.", "Ci sono ancora %(n)s nuclei accompagnati.", open_files
        )
        return no(sentence % {"n": open_files}, _("Prima chiudi i fascicoli."))
    return all_of(may_run(by), is_open(relocation))


def may_reopen(by: Actor, relocation: Relocation) -> Verdict:
    return no(_("Questa mobilità è aperta.")) if relocation.is_open else may_run(by)


# Dwellings --------------------------------------------------------------------------------------------------------


def may_add_units(by: Actor, relocation: Relocation, *, found: int, new: int, already: int) -> Verdict:
    """`found` is how many dwellings were chosen, `new` how many of them are not there yet, `already` how many are there."""
    if not found:
        return no(_("Qui non c'è nessun alloggio in uso."))
    if not new:
        return no(_("Questi alloggi ci sono già."))
    if already + new > MOST_UNITS:
        return no(_("Al massimo %(most)s alloggi in una mobilità.") % {"most": MOST_UNITS})
    return may_change(by, relocation)


@dataclass(frozen=True, slots=True)
class UnitUse:
    """What hangs on a dwelling of a relocation: whose home it is, what a plan, a lock or an offer says of it."""

    homes: int = 0
    stays: int = 0
    locks: int = 0
    offers: int = 0


def may_remove_unit(by: Actor, relocation: Relocation, use: UnitUse) -> Verdict:
    """Not while it is somebody's home, or a plan or an offer counts on it."""
    if use.homes:
        return no(_("È la casa di un nucleo accompagnato: resta nel piano."))
    if use.stays or use.locks:
        return no(_("Il piano lo usa: prima fanne uno senza questo alloggio."))
    if use.offers:
        return no(_("È stato offerto a un nucleo: resta nel piano."))
    return may_change(by, relocation)


def spell_fits(first: dt.date, last: dt.date | None) -> Verdict:
    if last is not None and last < first:
        return no(_("Finisce prima di cominciare: controlla i giorni."))
    return YES


def may_keep_spells(by: Actor, relocation: Relocation, *, first: dt.date, last: dt.date | None) -> Verdict:
    return all_of(may_change(by, relocation), spell_fits(first, last))
