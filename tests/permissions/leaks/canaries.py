"""Words that stand in one place only: where one is read, it is known from which column of which row it came.

Columns are found in the models, so that a new one asks to be planted or explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256

from django.apps import apps
from django.db import models

# No vowel: no word of ours begins so, and no stemmer of the search cuts it. Long enough that no token has one by chance.
_LETTERS = "bcdfghjklmnpqrstvwxz"
_WORD = re.compile(r"qzx[bcdfghjklmnpqrstvwxz]{7}")
_PHONE = re.compile(r"7\d{8}")


@dataclass
class Canaries:
    """Every word that was planted, with the compartment that it belongs to: what one set of readers may read."""

    compartment_of: dict[str, str] = field(default_factory=dict)

    def word(self, compartment: str) -> str:
        """A new word of a compartment, unlike the others: a search that forgives typing errors must not take one for another."""
        digits = self._number()
        word = "qzx" + "".join(_LETTERS[digits // 20**place % 20] for place in range(7))
        self.compartment_of[word] = compartment
        return word

    def phone(self, compartment: str) -> str:
        """A new telephone number of a compartment."""
        number = f"7{self._number() % 10**8:08d}"
        self.compartment_of[number] = compartment
        return f"05{number}"

    def _number(self) -> int:
        return int.from_bytes(sha256(str(len(self.compartment_of)).encode()).digest()[:8], "big")

    def email(self, compartment: str) -> str:
        return f"{self.word(compartment)}@posta.example"

    def found_in(self, text: str) -> set[str]:
        """The planted words that a text holds, however they are capitalised or spaced."""
        lower = text.lower()
        return {
            word for word in {*_WORD.findall(lower), *_PHONE.findall(lower)} if word in self.compartment_of
        }

    def of(self, compartments: Iterable[str]) -> set[str]:
        """The words of some compartments."""
        wanted = set(compartments)
        return {word for word, compartment in self.compartment_of.items() if compartment in wanted}

    def compartments(self) -> list[str]:
        return list(dict.fromkeys(self.compartment_of.values()))


def columns_of_words() -> Iterator[tuple[type[models.Model], str]]:
    """Every column of our own models in which somebody could write words."""
    kinds = (models.TextField, models.CharField, models.JSONField, models.BinaryField)
    for model in apps.get_models():
        if model.__module__.startswith("vicinia."):
            for column in model._meta.local_fields:
                if isinstance(column, kinds) and not column.choices:
                    yield model, column.name


def planted_in(canaries: Canaries, model: type[models.Model], column: str) -> bool:
    """Whether some row of a model has a planted word in a column."""
    values = model._default_manager.order_by().values_list(column, flat=True)
    return any(canaries.found_in(_as_text(value)) for value in values)


def _as_text(value: object) -> str:
    return bytes(value).decode("utf8", "replace") if isinstance(value, bytes | memoryview) else str(value)
