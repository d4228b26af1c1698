"""JSON values read into plain ones: all that is wrong is gathered, each with its path."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import Any, TypeVar

Kind = TypeVar("Kind", bound=StrEnum)
_MOST_SHOWN = 50


class RehousingInputError(ValueError):
    """What was given can't be used. `problems`: a sentence for each, beginning with its path; the message has the first fifty."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        more = len(self.problems) - _MOST_SHOWN
        super().__init__(
            "\n".join([*self.problems[:_MOST_SHOWN], *([f"… and {more} more."] if more > 0 else [])])
        )

    def __reduce__(self) -> tuple[type[RehousingInputError], tuple[tuple[str, ...]]]:
        """A copy of another process has all problems too, not the message's letters."""
        return RehousingInputError, (self.problems,)


def read_json(path: Path) -> Any:
    """The JSON of a UTF-8 file. Raises RehousingInputError if it can't be read, or if an object has a key twice."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_no_key_twice)
    except OSError as problem:
        raise RehousingInputError([f"{path}: {problem.strerror or problem}."]) from None
    except UnicodeDecodeError:
        raise RehousingInputError([f"{path.name}: the text is not UTF-8."]) from None
    except json.JSONDecodeError as problem:
        raise RehousingInputError(
            [f"{path.name}, line {problem.lineno}, column {problem.colno}: no JSON ({problem.msg})."]
        ) from None
    except _KeyTwice as problem:
        raise RehousingInputError([f"{path.name}: the key {problem} is in the same object twice."]) from None
    except (RecursionError, ValueError):  # a thousand brackets, or a number of ten thousand digits
        raise RehousingInputError([f"{path.name}: no JSON that can be read."]) from None


class _KeyTwice(Exception):
    """A key that an object has twice: which of its values is meant can't be known."""


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    out = dict(pairs)
    if len(out) < len(pairs):
        seen: set[str] = set()
        raise _KeyTwice(repr(next(key for key, _ in pairs if key in seen or seen.add(key))))  # type: ignore[func-returns-value]
    return out


class Shape:
    """Reads values of a JSON document. What has another type is a problem, and something harmless stands in for it.

    So one reading finds all problems. Whoever reads looks at `problems` at the end.
    """

    def __init__(self) -> None:
        self.problems: list[str] = []

    def wrong(self, path: str, sentence: str) -> None:
        """Note a problem at a path; an empty path is the document itself."""
        self.problems.append(f"{path or 'document'}: {sentence}")

    def mapping(
        self, value: Any, path: str, needed: Collection[str] = (), optional: Collection[str] | None = ()
    ) -> dict[str, Any]:
        """An object with the keys `needed` and no others but `optional`; with None for `optional` any key may stand."""
        if not isinstance(value, dict):
            self.wrong(path, f"an object is needed, not {_kind(value)}")
            return {}
        for key in needed:
            if key not in value:
                self.wrong(join(path, key), "is missing")
        if optional is not None:
            for key in value:
                if key not in needed and key not in optional:
                    self.wrong(join(path, key), "there is no such key")
        return value

    def items(self, value: Any, path: str) -> Iterator[tuple[Any, str]]:
        """The values of a list, each with its path."""
        if not isinstance(value, list):
            self.wrong(path, f"a list is needed, not {_kind(value)}")
            return
        for at, one in enumerate(value):
            yield one, f"{path}[{at}]"

    def text(self, value: Any, path: str) -> str:
        """A text that is not empty."""
        if not isinstance(value, str) or not value:
            self.wrong(path, f"a text is needed, not {_kind(value)}")
            return ""
        return value

    def text_or_none(self, value: Any, path: str) -> str | None:
        """A text, or null."""
        return None if value is None else self.text(value, path)

    def whole(self, value: Any, path: str, least: int | None = None) -> int:
        """A whole number, not below `least`."""
        if not isinstance(value, int) or isinstance(value, bool):
            self.wrong(path, f"a whole number is needed, not {_kind(value)}")
            return least or 0
        if least is not None and value < least:
            self.wrong(path, f"{value} is below {least}")
            return least
        return value

    def whole_or_none(self, value: Any, path: str, least: int | None = None) -> int | None:
        """A whole number, or null."""
        return None if value is None else self.whole(value, path, least)

    def number(self, value: Any, path: str) -> float:
        """A finite number."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            self.wrong(path, f"a number is needed, not {_kind(value)}")
            return 1.0
        try:
            number = float(value)
        except OverflowError:  # a whole number of more than 308 digits
            number = float("inf")
        if not isfinite(number):
            self.wrong(path, "the number is not finite")
            return 1.0
        return number

    def truth(self, value: Any, path: str, *, instead: bool = False) -> bool:
        """True or false; `instead` stands in for anything else."""
        if not isinstance(value, bool):
            self.wrong(path, f"true or false is needed, not {_kind(value)}")
            return instead
        return value

    def kind(self, value: Any, path: str, kinds: type[Kind]) -> Kind:
        """One of an enumeration's words."""
        if isinstance(value, str) and value in set(kinds):
            return kinds(value)
        self.wrong(path, f"{_kind(value)} is not one of {', '.join(kinds)}")
        return next(iter(kinds))


def join(path: str, key: str) -> str:
    """The path of a key."""
    return f"{path}.{key}" if path else key


def _kind(value: Any) -> str:
    """What a value is, in words that a person who wrote JSON knows."""
    if value is None:
        return "null"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, str) and not value:
        return "an empty text"
    return json.dumps(value, ensure_ascii=False)[:40]
