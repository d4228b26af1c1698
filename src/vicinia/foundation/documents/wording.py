"""From a text and values to HTML: Liquid for what changes, Markdown for how it looks. Values are never run nor formatted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from liquid import Environment
    from markdown_it import MarkdownIt

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def as_words(value: str) -> str:
    """A value as Markdown that shows exactly its words: no sign in it means anything, lines stay lines."""
    lines = (_PUNCTUATION.sub(r"\\\1", line.strip()) for line in value.splitlines())
    return "\\\n".join(lines)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    from liquid import Environment, StrictUndefined
    from liquid.builtin.output import Output, OutputNode
    from liquid.stringify import to_liquid_string

    class WordsNode(OutputNode):
        """Prints a value with every sign of Markdown and HTML made harmless."""

        def render_to_output(self, context: Any, buffer: Any) -> int:
            words = as_words(to_liquid_string(self.expression.evaluate(context), autoescape=False))
            return int(buffer.write(words))

    class Words(Output):
        node_class = WordsNode

    class Ours(Environment):
        """A closed set of tags, and limits on what a text may use up."""

        context_depth_limit = 8
        loop_iteration_limit = 5_000
        local_namespace_limit = 20_000
        output_stream_limit = 200_000

    made = Ours(undefined=StrictUndefined, autoescape=False)
    kept = {
        "#",
        "if",
        "unless",
        "case",
        "for",
        "comment",
        "assign",
        "output",
        "content",
        "illegal",
        "break",
        "continue",
    }
    for name in set(made.tags) - kept - {Words.name, "content", "illegal"}:
        del made.tags[name]
    made.add_tag(Words)
    return made


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable(["image", "link", "autolink"])


def render_text(source: str, values: Mapping[str, Any]) -> SafeString:
    """The text with its values as HTML."""
    words = _environment().from_string(source).render(**values)
    return mark_safe(_markdown().render(words))  # noqa: S308  html is off and every value is made harmless
