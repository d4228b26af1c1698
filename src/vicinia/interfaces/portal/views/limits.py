"""How often one client may do what costs the town something. Generous: a whole school can share one address."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.accounts.addresses import limited_address
from vicinia.foundation.kernel.allowance import Allowance
from vicinia.foundation.kernel.verdict import YES, Verdict, no

HOUR = 3600.0
SENDING = Allowance(count=30, seconds=HOUR)
KEEPING = Allowance(count=300, seconds=HOUR)
WRITING = Allowance(count=60, seconds=HOUR)
LOST_LINKS = Allowance(count=10, seconds=HOUR)
WRONG_CODES = Allowance(count=30, seconds=HOUR)


def may(request: HttpRequest, allowance: Allowance) -> Verdict:
    """Whether this client may do it once more."""
    if allowance.take(limited_address(request)):
        return YES
    return no(
        _("Da questo collegamento a internet sono arrivate troppe richieste."),
        _("Riprova più tardi, oppure chiamaci. Quello che hai scritto resta salvato."),
    )
