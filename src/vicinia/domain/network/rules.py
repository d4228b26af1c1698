"""Who keeps the list of bodies."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from vicinia.domain.network.models import Agreement, BodyPerson
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability, Role
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, forbid, no


def may_keep(by: Actor) -> Verdict:
    """The administrator and the coordinator keep the list of bodies."""
    if by.can(Capability.MANAGE_SETTINGS) or by.can(Capability.ASSIGN):
        return YES
    return forbid(_("L'elenco degli enti lo tengono il coordinatore e l'amministratore."))


def may_link(user: User | None, already: BodyPerson | None, person: BodyPerson) -> Verdict:
    """An account of a partner opens the pages of one body."""
    if user is None:
        return YES
    if user.role != Role.PARTNER:
        return no(_("%(name)s non ha un accesso da ente della rete.") % {"name": user.name})
    if already is not None and already.pk != person.pk:
        return no(_("Questo accesso è già di %(body)s.") % {"body": already.body.name})
    return YES


def may_sign(signed_on: dt.date, expires_on: dt.date | None) -> Verdict:
    if expires_on is not None and expires_on < signed_on:
        return no(_("La scadenza viene prima della firma: correggi una delle due date."))
    return YES


def may_end(agreement: Agreement, reason: str) -> Verdict:
    if agreement.ended_on is not None:
        return no(_("L'accordo è già concluso."))
    return YES if reason.strip() else no(_("Scrivi perché l'accordo si conclude."))
