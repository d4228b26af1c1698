"""What may stand open on a case, in sentences. Each higher subject declares its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vicinia.foundation.kernel.verdict import Sentence

SENTENCES: dict[str, Sentence] = {}


def declare(kind: str, sentence: Sentence) -> str:
    """Declare a kind of matter ("referral.waiting") with its sentence, which may name facts; gives the kind."""
    if kind in SENTENCES:
        raise ValueError(f"The matter {kind} is declared twice.")
    SENTENCES[kind] = sentence
    return kind


def in_words(kind: str, facts: Mapping[str, Any]) -> str:
    """The sentence of a matter with its facts."""
    return str(SENTENCES[kind]) % facts
