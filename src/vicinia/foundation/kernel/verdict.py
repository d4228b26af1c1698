"""What a rule answers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

Sentence = str | Promise


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes, or no with a sentence that a person can read and what would change it.

    `status` is the HTTP status of a refusal: 403 when it is about the person, 409 when it is about the moment.
    """

    allowed: bool
    sentence: Sentence = ""
    status: int = 200
    hint: Sentence = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise `Refused` unless the answer is yes."""
        if not self.allowed:
            from vicinia.foundation.kernel.errors import Refused

            raise Refused(self)


YES = Verdict(allowed=True)


def no(sentence: Sentence, hint: Sentence = "") -> Verdict:
    """Not now: the moment forbids it (409)."""
    return Verdict(allowed=False, sentence=sentence, status=409, hint=hint)


def forbid(sentence: Sentence, hint: Sentence = "") -> Verdict:
    """Not you: the person may not (403)."""
    return Verdict(allowed=False, sentence=sentence, status=403, hint=hint)


def all_of(*verdicts: Verdict) -> Verdict:
    """The first refusal, or yes."""
    return next((verdict for verdict in verdicts if not verdict.allowed), YES)
