"""From a text and values to HTML: Liquid for what changes, Markdown for how it looks. Values are never run nor formatted.

While the text is worked on, a mark stands in the place of each value; the value takes its place at the very end, escaped.
So no value can reach Liquid's parser or Markdown's, whatever is written in it (docs/adr/0013-documents-in-a-safe-language.md).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from vicinia.foundation.look.dates import full_day_words, local_day

if TYPE_CHECKING:
    from liquid import Environment
    from liquid.template import BoundTemplate
    from markdown_it import MarkdownIt

LONGEST_SOURCE = 20_000
MOST_TURNS = 5_000
LONGEST_RESULT = 200_000
DEEPEST = 8

TAGS = ("if", "unless", "case", "for", "comment")
_BEHIND_TAGS = ("#", "output", "content", "illegal")
# A mark is a number between two characters that mean nothing anywhere; a text that contains them loses them.
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARK = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_MARK_ALONE = re.compile(f"<p>{_OPEN}([0-9]+){_CLOSE}</p>")
_MARK_SIGNS = re.compile(f"[{_OPEN}{_CLOSE}]")
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]<>#|])")
# Unicode's isolates: a value keeps its own direction inside words that run from the right.
_ISOLATED = "\u2068{}\u2069"


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of page that we laid out: the only value that goes into a text as HTML."""

    html: SafeString


class TextRefused(ValueError):
    """A text can't be used: why, in a sentence, and in which line of it (0: of the whole)."""

    def __init__(self, sentence: str, line: int = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


class _Day(str):
    """A date in words, that still knows its day for the filter `date`."""

    __slots__ = ("day",)
    day: dt.date


def _day(value: dt.date) -> _Day:
    day = _Day(full_day_words(value))
    day.day = local_day(value)
    return day


def plain(value: Any) -> Any:
    """A value as a text sees it: words, yes or no, numbers, and lists or dicts of these. What is empty is nothing.

    No object of ours goes any further, so a text has nothing to climb on.
    """
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value] or None
    if isinstance(value, dt.date):
        return _day(value)
    if value is None or isinstance(value, bool | int | Part):
        return value
    return str(value) or None


# Filters: few, and none fails whatever it is given -------------------------------------------------------------------


def _words_of(value: Any) -> str:
    """A value as words, never as Python writes it."""
    if isinstance(value, bool) or value is None or isinstance(value, Mapping | Part):
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_words_of, value)))
    return str(value)


def _count(value: Any) -> int:
    return len(value) if isinstance(value, str | list | Mapping) else 0


def _default(value: Any, other: Any = None) -> Any:
    return other if value is None or value is False else value


def _join(value: Any, between: Any = ", ") -> str:
    rows = value if isinstance(value, list) else [value]
    return _words_of(between).join(filter(None, map(_words_of, rows)))


def _end(index: int) -> Callable[[Any], Any]:
    return lambda value: value[index] if isinstance(value, list) and value else value


def _date(value: Any, form: Any = "") -> str:
    """A day as 04/05/2026, or with its own order of d, m and y; what is no day stays as it is."""
    if not isinstance(value, _Day):
        return _words_of(value)
    day = value.day
    signs = {"%d": f"{day.day:02}", "%m": f"{day.month:02}", "%Y": f"{day.year:04}"}
    return re.sub("%[dmY]", lambda found: signs[found.group()], _words_of(form) or "%d/%m/%Y")


# With how many values each may be used.
FILTERS: dict[str, tuple[Callable[..., Any], int]] = {
    "default": (_default, 1),
    "upcase": (lambda value: _words_of(value).upper(), 0),
    "downcase": (lambda value: _words_of(value).lower(), 0),
    "capitalize": (lambda value: _words_of(value).capitalize(), 0),
    "join": (_join, 1),
    "size": (_count, 0),
    "first": (_end(0), 0),
    "last": (_end(-1), 0),
    "date": (_date, 1),
}


# The language ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Liquid with our few tags and filters: no file, no include, nothing that keeps or makes values."""
    from liquid import Environment, RenderContext, StrictUndefined
    from liquid.builtin.output import Output, OutputNode
    from liquid.exceptions import LoopIterationLimitError, OutputStreamLimitError
    from liquid.template import BoundTemplate

    class Context(RenderContext):
        """Counts the turns of all loops together, and keeps the values that marks stand for."""

        def raise_for_loop_limit(self, length: int = 1) -> None:
            turns = self.tag_namespace.get("turns", 0) + length
            self.tag_namespace["turns"] = turns
            if turns > MOST_TURNS:
                raise LoopIterationLimitError("too many turns", token=None)

        def get_item(self, obj: Any, key: Any) -> Any:
            """A part of a value; of nothing there is nothing, so that an empty list can be counted."""
            if obj is None:
                return 0 if key == "size" else None
            return super().get_item(obj, key)

        def mark(self, value: Any) -> str:
            """A mark in the place of a value."""
            values: list[Any] = self.tag_namespace.setdefault("values", [])
            size = self.tag_namespace.get("size", 0) + len(value if isinstance(value, str) else "")
            self.tag_namespace["size"] = size
            if size > LONGEST_RESULT:
                raise OutputStreamLimitError("too many words", token=None)
            values.append(value)
            return f"{_OPEN}{len(values) - 1}{_CLOSE}"

    class Template(BoundTemplate):
        context_class = Context

    class WordsNode(OutputNode):
        def render_to_output(self, context: Any, buffer: Any) -> int:
            found = self.expression.evaluate(context)
            # Whatever is asked of an unknown word, be it only its class, it says that it is unknown.
            value = found if isinstance(found, Part) else _words_of(found)
            return int(buffer.write(context.mark(value))) if value else 0

    class Words(Output):
        node_class = WordsNode

    class Ours(Environment):
        template_class = Template
        block_nesting_limit = DEEPEST
        context_depth_limit = 2 * DEEPEST
        local_namespace_limit = 1_000
        output_stream_limit = LONGEST_RESULT

    made = Ours(undefined=StrictUndefined, autoescape=False)
    for name in set(made.tags) - {*TAGS, *_BEHIND_TAGS}:
        del made.tags[name]
    made.add_tag(Words)
    made.filters = {name: use for name, (use, _most) in FILTERS.items()}
    return made


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    made = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table")
    made.disable(
        [
            "code",
            "fence",
            "lheading",
            "reference",
            "html_block",
            "image",
            "autolink",
            "html_inline",
            "backticks",
        ]
    )
    made.validateLink = _is_link  # type: ignore[assignment,method-assign]
    made.add_render_rule("link_open", _link_open)
    made.add_render_rule("th_open", _cell_open)
    made.add_render_rule("td_open", _cell_open)
    return made


def _is_link(address: str) -> bool:
    """Only addresses that the text itself spells out, and only safe ones: a value is never part of an address."""
    return address.startswith("https://") and not _MARK_SIGNS.search(address) and "%EE%80%8" not in address


def _link_open(_renderer: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    return f'<a href="{escape(tokens[index].attrGet("href"))}">'


def _cell_open(_renderer: Any, tokens: Any, index: int, _options: Any, _env: Any) -> str:
    """A cell with its side as a class of ours: no page of ours runs a style that stands in an element."""
    cell = tokens[index]
    side = re.search("center|right", str(cell.attrGet("style") or ""))
    return f'<{cell.tag} class="cell-{side.group()}">' if side else f"<{cell.tag}>"


def parsed(source: str) -> BoundTemplate:
    """The text, parsed. Raises `TextRefused` with the line."""
    if len(source) > LONGEST_SOURCE:
        raise TextRefused(
            _("Il testo è troppo lungo: al massimo %(most)s caratteri.") % {"most": LONGEST_SOURCE}
        )
    return _refusing(lambda: environment().from_string(_MARK_SIGNS.sub("", source)))


def render_text(source: str, values: Mapping[str, Any], *, direction: str = "ltr") -> SafeString:
    """The text with its values as HTML. In a text that runs from the right ("rtl") each keeps its own direction.

    Raises `TextRefused` if the text can't be used with them.
    """
    from liquid.output import LimitedStringIO

    template = parsed(source)
    context: Any = template.context_class(template, globals=plain(values))
    buffer = LimitedStringIO(limit=LONGEST_RESULT)
    _refusing(lambda: template.render_with_context(context, buffer))
    html = _refusing(lambda: _markdown().render(buffer.getvalue()))
    printed = context.tag_namespace.get("values", [])
    if direction == "rtl":
        printed = [value if isinstance(value, Part) else _ISOLATED.format(value.strip()) for value in printed]
    return _filled(html, printed)


def written(source: str, values: Mapping[str, Any], *, direction: str = "ltr") -> str:
    """The text with its values, still as a text: for words that somebody goes on writing in, such as a notice.

    Signs of Liquid and Markdown in a value stay words of that value, also when the result is itself rendered.
    """
    from liquid.output import LimitedStringIO

    template = parsed(source)
    context: Any = template.context_class(template, globals=plain(values))
    buffer = LimitedStringIO(limit=LONGEST_RESULT)
    _refusing(lambda: template.render_with_context(context, buffer))
    printed = [_as_words(value) for value in context.tag_namespace.get("values", [])]
    if direction == "rtl":
        printed = [_ISOLATED.format(value) for value in printed]
    return _MARK.sub(lambda found: printed[int(found.group(1))], buffer.getvalue())


def _as_words(value: Any) -> str:
    if isinstance(value, Part):
        raise TextRefused(_("Una parte già pronta non sta in un testo da scrivere."))
    plain_words = " ".join(value.split()).replace("{", "(").replace("}", ")")
    return _MARKDOWN_SIGNS.sub(r"\\\1", plain_words)


def _filled(html: str, values: list[Any]) -> SafeString:
    """The page with the values in the place of their marks; a part takes the whole paragraph that it stood in."""

    def within(found: re.Match[str]) -> str:
        value = values[int(found.group(1))]
        if isinstance(value, Part):
            raise TextRefused(_("Una parte già pronta sta da sola, tra due righe vuote."))
        return "<br />\n".join(escape(line) for line in value.strip().splitlines())

    # Parts go in last: the values inside them are no marks of ours.
    pieces = _MARK_ALONE.split(html)
    filled = [_MARK.sub(within, piece) for piece in pieces[::2]]
    between = []
    for number in pieces[1::2]:
        value = values[int(number)]
        between.append(
            str(value.html)
            if isinstance(value, Part)
            else f"<p>{_MARK.sub(within, f'{_OPEN}{number}{_CLOSE}')}</p>"
        )
    result = filled[0] + "".join(part + piece for part, piece in zip(between, filled[1:], strict=True))
    return mark_safe(result)  # noqa: S308  html is off in Markdown, values are escaped, parts are ours


def _refusing(do: Callable[[], Any]) -> Any:
    """Do it; whatever goes wrong with a text is a refusal of the text, never an error of ours."""
    from liquid.exceptions import LiquidError, ResourceLimitError, UndefinedError

    try:
        return do()
    except ResourceLimitError as error:
        raise TextRefused(
            _("Il testo diventa troppo lungo o ha troppi giri."), line_of(error.token)
        ) from error
    except UndefinedError as error:
        raise TextRefused(_("Una parola non si conosce."), line_of(error.token)) from error
    except LiquidError as error:
        raise TextRefused(_shape_sentence(str(error.message)), line_of(error.token)) from error
    except Exception as error:  # a parser of others may also fail in ways of its own
        raise TextRefused(_("Il testo è troppo intricato.")) from error


def _shape_sentence(message: str) -> str:
    tag = re.search(r"unexpected tag '(\w+)'", message)
    if tag and not tag.group(1).startswith(("end", "els", "when")):
        values = {"name": tag.group(1), "names": ", ".join(TAGS)}
        return _("«%(name)s» non si può usare. Puoi usare: %(names)s.") % values
    return _("Qui la forma non torna: manca qualcosa come {% endif %} o }}.")


def line_of(token: Any) -> int:
    """The line of a text in which a token stands, from 1; 0 if nobody knows."""
    if token is None or token.start_index < 0:
        return 0
    return int(token.source.count("\n", 0, token.start_index)) + 1


def markdown(source: str, *, top: int = 2) -> SafeString:
    """Words that somebody wrote with the signs of Markdown, as HTML; its highest heading is `top`. No Liquid, no HTML.

    For texts that are kept in rows, such as minutes, inside a page that has its own headings.
    """
    clean = _MARK_SIGNS.sub("", source)
    tokens = _markdown().parse(clean)
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = top - min(levels, default=top)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"
    return SafeString(_markdown().renderer.render(tokens, _markdown().options, {}))
