"""What is wrong with a text, before anybody prints it: every branch is looked at, not only those that a sample takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from vicinia.foundation.documents.kinds import DocumentKind, Word
from vicinia.foundation.documents.wording import (
    FILTERS,
    Part,
    TextRefused,
    line_of,
    parsed,
    plain,
    render_text,
)

if TYPE_CHECKING:
    from liquid.ast import Node
    from liquid.expression import Expression

Scope = Mapping[str, Any]

# What a text may be made of; ranges, and words that name other words, are left out.
EXPRESSIONS = frozenset(
    {
        "Path", "FilteredExpression", "BooleanExpression", "LogicalAndExpression", "LogicalOrExpression", "EqExpression",
        "NeExpression", "LtExpression", "LeExpression", "GtExpression", "GeExpression", "ContainsExpression",
        "LoopExpression", "StringLiteral", "IntegerLiteral", "FloatLiteral", "TrueLiteral", "FalseLiteral", "Nil", "Empty",
        "Blank", "_AnyExpression",
    }
)  # fmt: skip
_FORLOOP = dict.fromkeys(("index", "index0", "rindex", "rindex0", "length", "first", "last"), 1)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in which line (0: in the whole)."""

    line: int
    sentence: str

    def __str__(self) -> str:
        return (
            _("Riga %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence}
            if self.line
            else self.sentence
        )


def faults_of(source: str, kind: DocumentKind) -> list[Fault]:
    """Everything that keeps a text from being published, by line; empty if there is nothing."""
    try:
        nodes = parsed(source).nodes
    except TextRefused as refused:
        return [Fault(refused.line, refused.sentence)]
    seen = _Seen(kind)
    seen.walk(nodes, {word.name: plain(sample_of(word)) for word in kind.words}, is_top=True)
    faults = sorted({*seen.faults, *seen.missing()}, key=lambda fault: (fault.line, fault.sentence))
    return faults or list(_rendering_faults(source, kind))


def sample_of(word: Word) -> object:
    """What a word shows in a preview: a part shows what it will be."""
    if not word.is_part:
        return word.sample
    from django.utils.html import format_html

    return Part(format_html('<p class="card card-calm">{}</p>', word.meaning))


def samples_of(kind: DocumentKind) -> dict[str, object]:
    """A sample of every word."""
    return {word.name: sample_of(word) for word in kind.words}


def _rendering_faults(source: str, kind: DocumentKind) -> Iterator[Fault]:
    """What only shows when the text is made: with everything, and with nothing but parts."""
    full = samples_of(kind)
    bare = {word.name: full[word.name] if word.is_part else None for word in kind.words}
    for values in (full, bare):
        try:
            render_text(source, values)
        except TextRefused as refused:
            yield Fault(refused.line, refused.sentence)
            return


class _Seen:
    """Walks through a text with the words that are known in each place."""

    def __init__(self, kind: DocumentKind) -> None:
        self.kind = kind
        self.parts = {word.name for word in kind.words if word.is_part}
        self.faults: list[Fault] = []
        self.printed: set[str] = set()

    def missing(self) -> Iterator[Fault]:
        for word in self.kind.words:
            if word.is_required and word.name not in self.printed:
                yield Fault(
                    0,
                    _("Manca «{{ %(name)s }}»: %(meaning)s. Va scritto sempre.")
                    % {"name": word.name, "meaning": word.meaning},
                )

    def walk(self, nodes: Iterable[Node], scope: Scope, *, is_top: bool) -> None:
        for node in nodes:
            name = type(node).__name__
            for expression in node.expressions():
                self._look(expression, scope)
            if name == "WordsNode":
                self._printed(node, scope, is_top)
            inner = self._in_loop(node, scope) if name == "ForNode" else scope
            self.walk(node.children(None), inner, is_top=False)  # type: ignore[arg-type]  # nothing is included

    def _look(self, expression: Expression, scope: Scope) -> None:
        name, line = type(expression).__name__, line_of(expression.token)
        if name not in EXPRESSIONS:
            self.faults.append(Fault(line, _("Questo modo di scrivere qui non si usa.")))
            return
        if name == "Path":
            self._sample(expression, scope)
        for use in getattr(expression, "filters", None) or ():
            self._filter(use)
        for child in expression.children():
            self._look(child, scope)

    def _filter(self, use: Any) -> None:
        known = FILTERS.get(use.name)
        line = line_of(use.token)
        if known is None:
            names = ", ".join(sorted(FILTERS))
            self.faults.append(
                Fault(
                    line,
                    _("«%(name)s» non si può usare. Puoi usare: %(names)s.")
                    % {"name": use.name, "names": names},
                )
            )
        elif len(use.args) > known[1] or any(type(arg).__name__ != "PositionalArgument" for arg in use.args):
            self.faults.append(Fault(line, _("«%(name)s» ha troppi valori.") % {"name": use.name}))

    def _sample(self, path: Any, scope: Scope) -> Any:
        """The sample of a word or of a part of it; a fault if nobody knows it."""
        known: Any = scope
        names: list[Any] = list(path.path)
        for at, name in enumerate(names):
            if isinstance(known, list) and name in ("size", "first", "last"):
                known = len(known) if name == "size" else (known[0] if known else None)
            elif isinstance(known, Mapping) and isinstance(name, str) and name in known:
                known = known[name]
            else:
                self._unknown(".".join(map(str, names[: at + 1])), known, line_of(path.token))
                return None
        return known

    def _unknown(self, name: str, known: Any, line: int) -> None:
        sentence = _("«%(name)s» non è una parola di questo documento.") % {"name": name}
        if isinstance(known, Mapping):
            sentence += " " + _("Puoi usare: %(names)s.") % {"names": ", ".join(sorted(known))}
        self.faults.append(Fault(line, sentence))

    def _printed(self, node: Any, scope: Scope, is_top: bool) -> None:
        expression = node.expression
        if type(expression.left).__name__ != "Path":
            return
        name = str(expression.left)
        quiet = _Seen(self.kind)  # what is unknown was said before
        sample = quiet._sample(expression.left, scope)
        line = line_of(node.token)
        if isinstance(sample, Part) and (expression.filters or not is_top):
            self.faults.append(
                Fault(line, _("«%(name)s» sta da sola, fuori da ogni condizione e giro.") % {"name": name})
            )
        elif isinstance(sample, list | Mapping) and not expression.filters:
            self.faults.append(
                Fault(line, _("«%(name)s» è un elenco: usalo in un giro con {%% for %%}.") % {"name": name})
            )
        elif is_top:
            self.printed.add(name)

    def _in_loop(self, node: Any, scope: Scope) -> dict[str, Any]:
        loop = node.expression
        iterable = loop.iterable
        sample = _Seen(self.kind)._sample(iterable, scope) if type(iterable).__name__ == "Path" else None
        if not isinstance(sample, list):
            self.faults.append(Fault(line_of(node.token), _("Un giro va su un elenco, e questo non lo è.")))
            sample = []
        return {**scope, loop.identifier: sample[0] if sample else {}, "forloop": _FORLOOP}
