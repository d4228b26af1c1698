"""Lots that anybody can draw again: an order that nobody chooses, from a pool published before and a number drawn in public after.

Each ticket gets the SHA-256 of three lines: the seed, the fingerprint of the pool, the ticket. The smallest comes first. With
`printf 'seed\\npool\\nticket' | sha256sum` it can be checked by hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

FORMAT = "vicinia-draw/1"


class NotADraw(ValueError):
    """What was given can't be read as a published draw."""


def clean_seed(words: str) -> str:
    """The seed with single spaces, in small letters: 12 - 45 and 12-45 stay two seeds, " 12  45 " and "12 45" are one."""
    return " ".join(words.lower().split())


def pool_fingerprint(tickets: Iterable[str]) -> str:
    """The SHA-256 of the tickets, one a line, in their order."""
    return hashlib.sha256("\n".join(sorted(tickets)).encode()).hexdigest()


def rank(seed: str, pool: str, ticket: str) -> str:
    """What puts a ticket in its place."""
    return hashlib.sha256(f"{clean_seed(seed)}\n{pool}\n{ticket}".encode()).hexdigest()


def in_drawn_order(tickets: Iterable[str], *, seed: str, pool: str) -> list[str]:
    """The tickets as they are drawn, first to last."""
    return sorted(tickets, key=lambda ticket: (rank(seed, pool, ticket), ticket))


@dataclass(frozen=True, slots=True)
class Redrawn:
    """A published draw, drawn again; `problems` says in which parts it is not what was published."""

    drawn: list[str]
    reserves: list[str]
    problems: list[str]


def redraw(document: Mapping[str, Any]) -> Redrawn:
    """Draw a published draw again and compare. Raises `NotADraw` if it can't be read."""
    try:
        tickets = [str(ticket) for ticket in document["pool"]]
        seed, places, reserves = str(document["seed"]), int(document["places"]), int(document["reserves"])
        said = [str(one) for one in document["drawn"]], [str(one) for one in document["reserve"]]
        pool, kind = str(document["pool_sha256"]), str(document["format"])
    except (KeyError, TypeError, ValueError) as error:
        raise NotADraw(str(error)) from error
    if kind != FORMAT or min(places, reserves) < 0:
        raise NotADraw(kind)
    order = in_drawn_order(tickets, seed=seed, pool=pool)
    found = order[:places], order[places : places + reserves]
    checks = {
        "pool": pool == pool_fingerprint(tickets) and len(set(tickets)) == len(tickets),
        "seed": bool(clean_seed(seed)),
        "drawn": found[0] == said[0],
        "reserve": found[1] == said[1],
    }
    return Redrawn(*found, [name for name, is_right in checks.items() if not is_right])
