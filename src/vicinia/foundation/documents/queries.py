"""Which text a document has in which language, and what was written before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language_info

from vicinia.foundation.documents import rules
from vicinia.foundation.documents.kinds import DocumentKind, all_kinds, kind_of
from vicinia.foundation.documents.models import DocumentText, KeptText, digest_of
from vicinia.foundation.documents.states import OUR_LANGUAGES, TextState
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.languages import RESIDENT_LANGUAGES
from vicinia.foundation.kernel.verdict import Sentence

# The languages in which somebody of ours has read our texts again.
REVIEWED = frozenset(OUR_LANGUAGES)
_NAMES = dict(RESIDENT_LANGUAGES)


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is now: `version` 0 is ours, `language` the one in which there was one.

    One that is not `is_reviewed` is a translation that nobody who speaks the language has read again.
    """

    source: str
    language: str
    version: int
    digest: str
    is_reviewed: bool

    @property
    def name(self) -> Sentence:
        """What its language is called."""
        return language_name(self.language)

    @property
    def direction(self) -> str:
        """From where it is written."""
        return direction_of(self.language)


def direction_of(language: str) -> str:
    """ "rtl" for what is written from the right."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def language_name(code: str) -> Sentence:
    """What a language is called."""
    return _NAMES.get(code, code)


def our_text(key: str, language: str) -> Text | None:
    """Our own text in just this language, if there is one."""
    source = kind_of(key).our_texts.get(language)
    return None if source is None else Text(source, language, 0, digest_of(source), language in REVIEWED)


def text_of(key: str, language: str) -> Text:
    """The text of a kind in a language: the town's, else ours; in Italian if neither has one."""
    wanted = [language, "it"]
    rows = DocumentText.objects.filter(kind=key, language__in=wanted, state=TextState.PUBLISHED)
    published = {row.language: row for row in rows}
    found = (_towns(published[code]) if code in published else our_text(key, code) for code in wanted)
    return next(text for text in found if text is not None)


def _towns(row: DocumentText) -> Text:
    is_reviewed = row.is_reviewed or row.language in REVIEWED
    return Text(row.source, row.language, row.number, digest_of(row.source), is_reviewed)


def kept_text(digest: str, language: str) -> Text | None:
    """The text with which a document was issued. None if it was issued before texts were kept."""
    row = KeptText.objects.filter(digest=digest).first()
    return None if row is None else Text(row.source, language, 0, digest, is_reviewed=True)


def languages_of(key: str) -> list[tuple[str, Sentence]]:
    """The languages in which a kind has a text: code and name, Italian first."""
    published = DocumentText.objects.filter(kind=key, state=TextState.PUBLISHED)
    known = {*kind_of(key).our_texts, *published.values_list("language", flat=True)}
    return [(code, name) for code, name in _NAMES.items() if code in known]


def languages_to_print(key: str) -> list[tuple[str, Sentence, bool]]:
    """The same for who prints: also whether somebody who speaks the language has read the text again."""
    rows = DocumentText.objects.filter(kind=key, state=TextState.PUBLISHED)
    reviewed = {code for code, is_reviewed in rows.values_list("language", "is_reviewed") if is_reviewed}
    return [(code, name, code in REVIEWED or code in reviewed) for code, name in languages_of(key)]


# For who edits -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LanguageState:
    """How a kind stands in one language: "ours", "edited" or "none", and whether there is a draft."""

    code: str
    name: Sentence
    state: str
    has_draft: bool
    is_reviewed: bool


def overview(*, by: Actor) -> list[tuple[DocumentKind, list[LanguageState]]]:
    """Every kind with its languages, for the page of the texts. One statement, however many there are."""
    rules.may_edit(by).require()
    rows = DocumentText.objects.filter(state__in=[TextState.DRAFT, TextState.PUBLISHED])
    found = {(row.kind, row.language, row.state): row for row in rows.defer("source")}
    return [
        (kind, [_language_state(kind, code, found) for code in rules.languages_for(kind)])
        for kind in all_kinds()
    ]


def _language_state(kind: DocumentKind, code: str, found: dict[Any, DocumentText]) -> LanguageState:
    published = found.get((kind.key, code, TextState.PUBLISHED))
    state = "edited" if published else "ours" if code in kind.our_texts else "none"
    is_reviewed = code in REVIEWED or bool(published and published.is_reviewed)
    return LanguageState(
        code, language_name(code), state, (kind.key, code, TextState.DRAFT) in found, is_reviewed
    )


def kind_for(*, by: Actor, key: str, language: str) -> DocumentKind:
    """The kind that `by` edits in a language; anything else does not exist."""
    rules.may_edit(by).require()
    kind = next((kind for kind in all_kinds() if kind.key == key), None)
    if kind is None or language not in rules.languages_for(kind):
        raise NotVisible
    return kind


def versions(*, by: Actor, key: str, language: str) -> Any:
    """Every version of a text, newest first."""
    rules.may_edit(by).require()
    return DocumentText.objects.of(key, language).order_by("-number")


def version(*, by: Actor, key: str, language: str, number: int) -> DocumentText:
    """One version."""
    found: DocumentText = versions(by=by, key=key, language=language).one(number=number)
    return found


def draft(*, by: Actor, key: str, language: str) -> DocumentText | None:
    """The draft, if there is one."""
    found: DocumentText | None = (
        versions(by=by, key=key, language=language).filter(state=TextState.DRAFT).first()
    )
    return found


def published(*, by: Actor, key: str, language: str) -> DocumentText | None:
    """The town's text in use, if there is one."""
    rows = versions(by=by, key=key, language=language)
    found: DocumentText | None = rows.filter(state=TextState.PUBLISHED).first()
    return found
