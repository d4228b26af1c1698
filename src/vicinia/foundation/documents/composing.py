"""A document's body from its text and values, in the language of who reads it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import get_language, override

from vicinia.foundation.documents import queries
from vicinia.foundation.documents.kinds import kind_of
from vicinia.foundation.documents.queries import Text
from vicinia.foundation.documents.wording import Part, TextRefused, render_text, written

Values = Mapping[str, Any]

_log = logging.getLogger(__name__)
_EMPTY_LINES = re.compile(r"\n{3,}")
_HEADING = re.compile(r"<h1>(.*?)</h1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Composed:
    """What a page prints: `body` is HTML, `title` its first heading in plain words; `text` says what it was made of."""

    body: SafeString
    title: str
    text: Text

    @property
    def language(self) -> str:
        return self.text.language

    @property
    def direction(self) -> str:
        return self.text.direction


def compose(key: str, language: str, values: Callable[[], Values], *, text: Text | None = None) -> Composed:
    """The body of a document of a kind. `values` is called with the language of the text in force, for its dates.

    With a `text` that was kept, the document is made as it was. A text of the town's that fails with these values is not
    used: the paper is printed with ours, and the fault is logged.
    """
    text = text or queries.text_of(key, language)
    values = _as_declared(key, values)
    try:
        return compose_text(text, values)
    except TextRefused as refused:
        ours = queries.our_text(key, text.language) or queries.our_text(key, "it")
        if ours is None or ours.digest == text.digest:
            raise
        _log.error("The text %s (%s, %s) fails: %s", key, text.language, text.version, refused.sentence)
        return compose_text(ours, values)


def _as_declared(key: str, values: Callable[[], Values]) -> Callable[[], Values]:
    """The same values, if they are what the kind says that a text may ask for: no more and no less."""

    def given() -> Values:
        made = values()
        if differing := {word.name for word in kind_of(key).words} ^ set(made):
            raise LookupError(f"{key} does not give just the words that it declares: {sorted(differing)}")
        return made

    return given


def compose_text(text: Text, values: Callable[[], Values]) -> Composed:
    """The body made of just this text. Raises `TextRefused`."""
    with override(text.language):
        body = render_text(text.source, values(), direction=text.direction)
    heading = _HEADING.search(body)
    return Composed(body, unescape(strip_tags(heading.group(1))) if heading else "", text)


def compose_words(key: str, language: str, values: Callable[[], Values]) -> tuple[str, str]:
    """The title and the words of a document as a text that somebody goes on writing in: its first line is the title."""
    text = queries.text_of(key, language)
    values = _as_declared(key, values)
    try:
        words = _words_of(text, values)
    except TextRefused as refused:
        ours = queries.our_text(key, text.language)
        if ours is None or ours.digest == text.digest:
            raise
        _log.error("The text %s (%s, %s) fails: %s", key, text.language, text.version, refused.sentence)
        words = _words_of(ours, values)
    title, _break, body = words.partition("\n")
    return title.lstrip("# ").strip(), _EMPTY_LINES.sub("\n\n", body).strip()


def _words_of(text: Text, values: Callable[[], Values]) -> str:
    with override(text.language):
        return written(text.source, values(), direction=text.direction).strip()


def compose_kept(key: str, digest: str, language: str, values: Callable[[], Values]) -> Composed:
    """The body of a document as it was issued: with the text kept then, if it was; `language` is that of the text."""
    return compose(key, language, values, text=queries.kept_text(digest, language) if digest else None)


def part(template: str, context: Values) -> Part:
    """A piece of page that we lay out, such as a table, to be put into a text.

    Its own labels are in Italian or English: in a text of another language it says so.
    """
    around = get_language() or "it"
    spoken = around if around in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(spoken):
        html = SafeString(render_to_string(template, dict(context)))
    if spoken == around:
        return Part(html)
    return Part(format_html('<div lang="{}" dir="ltr">{}</div>', spoken, html))
