"""What may stand open on a case, in sentences. Each higher subject declares its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vicinia.foundation.kernel.verdict import Sentence

SENTENCES: dict[str, Sentence] = {}


# Kinds of which nothing is to be done on a closed case: they stand again if it is opened again.
WHILE_OPEN: set[str] = set()


def declare(kind: str, sentence: Sentence, *, while_open: bool = False) -> str:
    """Declare a kind of matter ("referral.waiting") with its sentence, which may name facts; gives the kind.

    `while_open` if it is work on an open case, of which nothing is to be done after closing.
    """
    if kind in SENTENCES:
        raise ValueError(f"The matter {kind} is declared twice.")
    if while_open:
        WHILE_OPEN.add(kind)
    SENTENCES[kind] = sentence
    return kind


def in_words(kind: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a matter with its facts."""
    return str(SENTENCES[kind]) % facts
