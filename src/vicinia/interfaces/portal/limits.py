"""How often one client may do what costs the town something. Generous: a whole school can share one address."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.accounts.addresses import limited_address
from vicinia.foundation.kernel.blind_index import digest
from vicinia.foundation.kernel.verdict import YES, Verdict, no


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` times in `seconds`, by client address."""

    name: str
    most: int
    seconds: int

    def check(self, request: HttpRequest) -> Verdict:
        """Count this request; refuse when there were too many. The address is kept as a digest, for that long."""
        key = f"limit:{self.name}:{digest('limit', limited_address(request))}"
        if cache.add(key, 1, self.seconds):
            return YES
        try:
            count = cache.incr(key)
        except ValueError:  # it ended between the two steps
            return YES
        if count <= self.most:
            return YES
        return no(
            _("Da questo collegamento a internet sono arrivate troppe richieste."),
            _("Riprova tra un'ora, oppure chiamaci: quello che hai scritto resta salvato."),
        )


SENDING = Limit("send", most=30, seconds=3600)
PHOTOS = Limit("photos", most=200, seconds=3600)
LOST_LINKS = Limit("lost-link", most=10, seconds=3600)
WRITING = Limit("write", most=60, seconds=3600)
