"""A template variable that nobody gives fails the test that shows the page, instead of leaving a hole in it."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings
from django.template.base import FilterExpression

OWN_TEMPLATES = str(Path(__file__).resolve().parents[1] / "src" / "vicinia")


class UnknownVariable(AssertionError):
    """One of our templates names something that its view did not give."""


class _Hole(str):
    """What Django puts where a variable is missing: empty. It asks first whether there is something to put, and that raises.

    What is optional says so with `|default:""`, and templates of others stay as they are.
    """

    def __bool__(self) -> bool:
        asking = sys._getframe(1).f_locals.get("self")
        if isinstance(asking, FilterExpression) and not _is_optional(asking):
            _refuse(str(asking.var))
        return False

    def __contains__(self, part: object) -> bool:
        key = sys._getframe(1).f_locals.get("key")
        if part == "%s" and isinstance(key, str):  # the block of a translation
            _refuse(key)
        return False


def _is_optional(expression: FilterExpression) -> bool:
    return any(function.__name__.startswith("default") for function, _ in expression.filters[:1])


def _refuse(variable: str) -> None:
    origin = _origin_of_the_node_being_shown()
    if origin.startswith(OWN_TEMPLATES):
        raise UnknownVariable(f"{origin.removeprefix(OWN_TEMPLATES)}: nobody gives {variable}")


def _origin_of_the_node_being_shown() -> str:
    """Django tells which variable is missing, but not where: the node that shows it is some frames up."""
    frame = sys._getframe(2)
    while frame is not None:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if origin is not None:
            return str(origin.name)
        frame = frame.f_back
    return ""


def watch_template_variables() -> None:
    """Before the first template is loaded."""
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Hole()
