"""A file that can't be kept, said so that a person knows what to do."""

from __future__ import annotations

from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.verdict import no


class FileRefused(Refused):
    """A file that is not kept. The sentence names it and says what to do instead."""

    def __init__(self, sentence: str) -> None:
        super().__init__(no(sentence))
        self.sentence = sentence
