"""A template variable that nobody gives fails the test that shows the page, instead of leaving a hole in it."""

from __future__ import annotations

import sys
from pathlib import Path

from django.conf import settings

OWN_TEMPLATES = str(Path(__file__).resolve().parents[1] / "src" / "vicinia")


class UnknownVariable(AssertionError):
    """One of our templates names something that its view did not give."""


class _Hole(str):
    """What Django puts where a variable is missing. Asking for the text raises, if the template is ours."""

    def __contains__(self, part: object) -> bool:
        return part == "%s"

    def __mod__(self, variable: object) -> str:
        origin = _origin_of_the_node_being_shown()
        if origin.startswith(OWN_TEMPLATES):
            raise UnknownVariable(f"{origin.removeprefix(OWN_TEMPLATES)}: nobody gives {variable}")
        return ""


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
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = _Hole("%s")
