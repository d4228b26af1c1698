"""How often someone may ask, counted in memory: cheap enough for every keystroke, and nothing is written down."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import islice
from threading import Lock

# Callers remembered at most; beyond, those who have been quiet longest are forgotten.
_MOST_CALLERS = 10_000


class Allowance:
    """A bucket of `count` requests for each caller, filled again over `seconds`.

    Each process counts by itself: with n processes a caller gets at most n times as much, which is what protects
    each of them. Callers (client addresses) live only here and only until they are quiet for `seconds`.
    """

    def __init__(self, count: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._count, self._seconds, self._clock = count, seconds, clock
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def take(self, caller: str) -> bool:
        """Whether `caller` may ask once more; if so, it is counted."""
        now = self._clock()
        with self._lock:
            left, since = self._left.pop(caller, (float(self._count), now))
            left = min(self._count, left + (now - since) * self._count / self._seconds)
            is_allowed = left >= 1
            self._left[caller] = (left - 1 if is_allowed else left, now)
            self._forget_quiet(now)
        return is_allowed

    def _forget_quiet(self, now: float) -> None:
        """Callers are in the order in which they last asked: the quiet ones come first."""
        for caller, (_left, since) in list(islice(self._left.items(), 2)):
            if now - since > self._seconds or len(self._left) > _MOST_CALLERS:
                del self._left[caller]
