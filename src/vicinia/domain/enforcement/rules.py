"""Who registers acts, and what an act must say."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from vicinia.domain.casework import rules as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.enforcement.models import ActKind
from vicinia.domain.enforcement.states import ACT_MOVES
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, all_of, forbid, no


def may_see(by: Actor) -> Verdict:
    if by.can(Capability.SEE_POLICE_CASES):
        return YES
    return forbid(_("Il registro degli atti è della polizia locale."))


def may_register(by: Actor, case: Case) -> Verdict:
    """By who works on the case and sees the police side."""
    return all_of(may_see(by), casework.may_work(by, case))


def may_be(
    kind: ActKind, number: str, issued_on: dt.date, amount: Decimal | None, today: dt.date, *, is_known: bool
) -> Verdict:
    """A kind in use, a number that is not there yet, a day that has come, an amount within the law's limits."""
    if not kind.is_active:
        return no(_("Questo tipo di atto non è più in uso."))
    if not number.strip():
        return no(_("Scrivi il numero di protocollo."))
    if is_known:
        return no(_("C'è già un atto di questo tipo con questo numero."))
    if issued_on > today:
        return no(_("La data dell'atto deve ancora venire."))
    return _within(kind, amount)


def _within(kind: ActKind, amount: Decimal | None) -> Verdict:
    if kind.least is None and kind.most is None:
        return YES if amount is None else no(_("Questo tipo di atto non ha un importo."))
    if amount is None:
        return no(_("Scrivi l'importo."))
    if kind.least is not None and amount < kind.least:
        return no(_("L'importo è più basso del minimo: %(n)s euro.") % {"n": number_format(kind.least, 2)})
    if kind.most is not None and amount > kind.most:
        return no(_("L'importo è più alto del massimo: %(n)s euro.") % {"n": number_format(kind.most, 2)})
    return YES


def may_move(by: Actor, case: Case, current: str, state: str, reason: str) -> Verdict:
    """Also after the case is closed: a fine is paid when it is paid. The reason is written down."""
    may = casework.may_work(by, case) if case.is_open else YES
    if not reason.strip():
        return all_of(may_see(by), no(_("Scrivi che cosa è successo.")))
    return all_of(may_see(by), may, ACT_MOVES.may(current, state))


def may_keep_kinds(by: Actor) -> Verdict:
    if by.can(Capability.MANAGE_SETTINGS):
        return YES
    return forbid(_("I tipi di atto li tiene l'amministratore."))


def may_be_kind(least: Decimal | None, most: Decimal | None) -> Verdict:
    if least is not None and most is not None and least > most:
        return no(_("L'importo minimo è più alto del massimo."))
    return YES


def must_say_purpose(purpose: str) -> Verdict:
    return YES if purpose.strip() else no(_("Scrivi perché lo scarichi."))
