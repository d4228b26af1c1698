"""How often one address or one key may call.

Each process counts for itself, in memory: a call must not cost a write. With several processes the limits are as
many times higher; what stands in front of them may add its own.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from django.http import HttpRequest

from vicinia.foundation.accounts.addresses import limited_address
from vicinia.foundation.kernel.actor import Actor, ActorKind

READS_A_MINUTE = 300
WRITES_AN_HOUR = 30
WRITES_OF_KNOWN_AN_HOUR = 2000
MINUTE, HOUR = 60, 3600
REMEMBERED = 10_000


@dataclass
class Counts:
    """How often each caller came in the present span of time; the longest silent are forgotten first."""

    span: int
    seen: OrderedDict[str, tuple[int, int]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def another(self, who: str) -> int:
        """Count one more call; how many it makes in this span."""
        now = int(time.time() // self.span)
        with self.lock:
            then, count = self.seen.pop(who, (now, 0))
            count = count + 1 if then == now else 1
            self.seen[who] = (now, count)
            while len(self.seen) > REMEMBERED:
                self.seen.popitem(last=False)
        return count


reads, writes = Counts(MINUTE), Counts(HOUR)


def may_read(request: HttpRequest) -> bool:
    """Whether this address may read once more in this minute."""
    return reads.another(limited_address(request)) <= READS_A_MINUTE


def may_write(request: HttpRequest, by: Actor) -> bool:
    """Whether this caller may write once more in this hour: keys and staff much more than an address."""
    if by.kind is ActorKind.KEY or by.user_id is not None:
        return writes.another(by.ref) <= WRITES_OF_KNOWN_AN_HOUR
    return writes.another(limited_address(request)) <= WRITES_AN_HOUR
