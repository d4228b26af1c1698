"""The chain over the lines: how it is made and what breaks it. Pure: rows come in, problems come out.

The seal of a line is SHA-256 over the seal before it and the line's digest. Positions count up from 1 without a gap,
in the order in which the sealer found the lines (docs/adr/0003-journal-sealed-in-order.md).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from vicinia.foundation.journal.models import ChainHead, Sealed
from vicinia.foundation.kernel import blind_index


class Damage(StrEnum):
    """What can be wrong with a chain."""

    CHANGED = "changed"
    MISSING = "missing"
    BROKEN = "broken"
    CUT = "cut"
    HEAD = "head"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, with the position at which it shows."""

    damage: Damage
    position: int
    sentence: str


def next_seal(seal_before: str, digest: str) -> str:
    """The seal of a line that follows `seal_before`."""
    return sha256(f"{seal_before}{digest}".encode()).hexdigest()


def head_mark(chain: str, count: int, seal: str) -> str:
    """What only this installation can write beside a head: keyed outside the database."""
    return blind_index.digest("journal-head", f"{chain}:{count}:{seal}")


def check(lines: Iterable[Sealed], head: ChainHead, digest_of: Callable[[Sealed], str]) -> Iterator[Problem]:
    """Every problem of one chain, walking its sealed lines in order of position."""
    last_position, last_seal = 0, ""
    for line in lines:
        position = line.position or 0
        yield from _line_problems(line, digest_of)
        yield from _link_problems(line, last_position, last_seal)
        last_position, last_seal = position, line.seal
    yield from _end_problems(head, last_position, last_seal)


def _line_problems(line: Sealed, digest_of: Callable[[Sealed], str]) -> Iterator[Problem]:
    position = line.position or 0
    if line.erased_at is None and digest_of(line) != line.digest:
        yield Problem(Damage.CHANGED, position, f"line {line.pk} about {line.about} was changed")
    if line.erased_at is not None and (line.salt or any(getattr(line, name) for name in line.words)):
        yield Problem(
            Damage.CHANGED, position, f"line {line.pk} about {line.about} was written after erasure"
        )


def _link_problems(line: Sealed, last_position: int, last_seal: str) -> Iterator[Problem]:
    position = line.position or 0
    missing = position - last_position - 1
    if missing > 0:
        yield Problem(Damage.MISSING, last_position + 1, f"{missing} lines are missing before line {line.pk}")
    elif line.seal != next_seal(last_seal, line.digest):
        yield Problem(Damage.BROKEN, position, f"line {line.pk} does not follow the line before it")


def _end_problems(head: ChainHead, last_position: int, last_seal: str) -> Iterator[Problem]:
    if head.count > last_position:
        cut = head.count - last_position
        yield Problem(Damage.CUT, last_position + 1, f"the last {cut} lines are missing")
    elif (head.count, head.seal) != (last_position, last_seal):
        yield Problem(Damage.HEAD, last_position, "the head is not the last line")
    if head.count and head.mark != head_mark(head.chain, head.count, head.seal):
        yield Problem(Damage.HEAD, head.count, "the head was not written by this installation")
