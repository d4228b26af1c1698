"""What can go wrong in words that reach the person."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from vicinia.foundation.kernel.verdict import Verdict, no


class Refused(Exception):
    """An act that a rule refused. Adapters turn it into a page, a partial or problem+json."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.sentence))
        self.verdict = verdict


class Conflict(Refused):
    """Someone else changed the row meanwhile: both versions are carried, so that a person can merge them."""

    def __init__(self, sentence: str, *, current: Any = None, yours: Any = None) -> None:
        super().__init__(no(sentence))
        self.current = current
        self.yours = yours


class NotVisible(Http404):
    """The row does not exist for this actor."""
