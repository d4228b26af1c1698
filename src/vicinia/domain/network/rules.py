"""Who keeps the list of bodies."""

from __future__ import annotations

from django.utils.translation import gettext as _

from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, forbid


def may_keep(by: Actor) -> Verdict:
    """The administrator and the coordinator keep the list of bodies."""
    if by.can(Capability.MANAGE_SETTINGS) or by.can(Capability.ASSIGN):
        return YES
    return forbid(_("L'elenco degli enti lo tengono il coordinatore e l'amministratore."))
