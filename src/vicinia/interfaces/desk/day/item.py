"""One thing to do today: what, why, by when, and its one or two taps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from vicinia.foundation.kernel import clock


@dataclass(frozen=True)
class Do:
    """One tap: a link, or a POST that is done at once."""

    label: str
    url: str
    is_main: bool = False
    is_post: bool = False


@dataclass(frozen=True)
class Item:
    """One thing to do: what, why, by when, and its one or two taps."""

    what: str
    why: str
    url: str
    due_on: dt.date | None
    dos: tuple[Do, ...]
    kind: str
    notes: tuple[str, ...] = ()
    call: str = ""

    @property
    def is_late(self) -> bool:
        return self.due_on is not None and self.due_on < clock.today()

    @property
    def is_soon(self) -> bool:
        return self.due_on is not None and self.due_on > clock.today()
