"""Something that happens at a moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count

_order = count()


@dataclass(order=True)
class Happening:
    """What is done at a moment; two at the same moment keep the order in which they were planned."""

    at: dt.datetime
    order: int = field(default_factory=lambda: next(_order))
    do: Callable[[], object] = field(compare=False, default=lambda: None)
