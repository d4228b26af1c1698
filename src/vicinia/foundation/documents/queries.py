"""Which text a document has in which language."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from vicinia.foundation.documents.kinds import kind_of
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.verdict import Sentence

# The languages in which somebody of ours has read our texts again.
REVIEWED = frozenset({"it", "en"})
_NAMES = dict(RESIDENT_LANGUAGES)


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is now: `version` 0 is ours, `language` the one in which there was one."""

    source: str
    language: str
    version: int
    digest: str
    is_reviewed: bool


def text_of(key: str, language: str) -> Text:
    """The text of a kind in a language, else in Italian."""
    texts = kind_of(key).our_texts
    used = language if language in texts else "it"
    source = texts[used]
    return Text(source, used, 0, sha256(source.encode()).hexdigest(), used in REVIEWED)


def languages_of(key: str) -> list[tuple[str, Sentence]]:
    """The languages in which a kind has a text: code and name, Italian first."""
    texts = kind_of(key).our_texts
    return [(code, name) for code, name in _NAMES.items() if code in texts]
