"""The kinds of documents whose text can be edited. Each subject registers its own when it is ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db.models import TextChoices
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from vicinia.foundation.kernel.verdict import Sentence


class Audience(TextChoices):
    """Who reads a document."""

    RESIDENT = "resident", _("chi abita qui")
    PARTNER = "partner", _("un ente")
    UNIT = "unit", _("noi")


@dataclass(frozen=True)
class Word:
    """What a text may ask for: its name, what it means, and a sample for the preview (text, list of dicts, yes or no).

    A part (`is_part`) is a piece of page that we lay out, as a table of facts: it stands alone, and its sample is its meaning.
    A text without a word that `is_required` can't be published.
    """

    name: str
    meaning: Sentence
    sample: object = ""
    is_part: bool = False
    is_required: bool = False


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document. `defaults` is our own text by language, or a folder of <language>.md; Italian and English always."""

    key: str
    name: Sentence
    audience: Audience
    words: tuple[Word, ...]
    defaults: Mapping[str, str] | Path

    @cached_property
    def our_texts(self) -> dict[str, str]:
        """Our own text in each language that has one."""
        if isinstance(self.defaults, Path):
            return {file.stem: file.read_text("utf-8") for file in sorted(self.defaults.glob("*.md"))}
        return dict(self.defaults)


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> None:
    """Make a kind known. Twice under one key is a mistake."""
    if kind.key in _kinds:
        raise ValueError(f"The document {kind.key} is registered twice.")
    _kinds[kind.key] = kind


def kind_of(key: str) -> DocumentKind:
    return _kinds[key]


def all_kinds() -> list[DocumentKind]:
    return [_kinds[key] for key in sorted(_kinds)]
