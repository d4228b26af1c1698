"""How often one address or one key may call. Counted in the shared cache, so that all processes count together."""

from __future__ import annotations

import time
from collections import OrderedDict
from threading import Lock

from django.core.cache import cache
from django.http import HttpRequest

from vicinia.foundation.accounts.addresses import limited_address
from vicinia.foundation.kernel.actor import Actor, ActorKind

READS_A_MINUTE = 300
WRITES_AN_HOUR = 30
WRITES_OF_A_KEY_AN_HOUR = 2000
_REMEMBERED = 10_000

_lock = Lock()
_reads: OrderedDict[str, tuple[int, int]] = OrderedDict()


def may_read(request: HttpRequest) -> bool:
    """Whether this address may read once more. Counted in each process: a read must not cost a write."""
    who, minute = limited_address(request), int(time.time() // 60)
    with _lock:
        known, count = _reads.pop(who, (minute, 0))
        count = count + 1 if known == minute else 1
        _reads[who] = (minute, count)
        while len(_reads) > _REMEMBERED:
            _reads.popitem(last=False)
    return count <= READS_A_MINUTE


def may_write(request: HttpRequest, by: Actor) -> bool:
    """Whether this caller may write once more in this hour."""
    is_key = by.kind is ActorKind.KEY
    who = by.ref if is_key or by.is_staff else limited_address(request)
    counter = f"api-writes:{who}:{int(time.time() // 3600)}"
    cache.add(counter, 0, timeout=3700)
    return int(cache.incr(counter)) <= (
        WRITES_AN_HOUR if not (is_key or by.is_staff) else WRITES_OF_A_KEY_AN_HOUR
    )
