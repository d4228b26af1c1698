"""From a template and values to the words of a message, safe to send to anybody."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.template import Context, Template
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import override

from vicinia.foundation.kernel.verdict import Sentence

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SCHEME = re.compile(r"(?i)\b([a-z][a-z0-9+.-]*):(?=//|[a-z])")
# Endings of Italian abbreviations (sig.ra, dott.ssa) are no domains and are left whole.
_DOT_BEFORE_LETTER = re.compile(r"(?<=\w)([.\u3002\uff0e\uff61])(?=[^\W\d_])(?!(?:ra|ssa|sse|ri)\b)")
_SPACES = re.compile(r"\s+")


class OurWords(str):
    """Words that staff wrote in the town's name: the links in them are meant, and stay."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A message in words."""

    subject: str
    body: str
    html: str


def defang(text: str) -> str:
    """The same words, which no mail program turns into a link: "evil.com" becomes "evil. com".

    What residents write reaches other people under the town's name; it must not carry anybody to a site.
    """
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _DOT_BEFORE_LETTER.sub(r"\1 ", _SCHEME.sub(r"\1: ", plain))


def _is_link(name: str) -> bool:
    return name == "link" or name.endswith(("_link", "_url"))


def own_link(name: str, url: str) -> str:
    """The address, if it is a page of this town or none."""
    home = settings.PUBLIC_URL.rstrip("/") + "/"
    if not url or (url.startswith(home) and not _SPACES.search(url)):
        return url
    raise ValueError(f"{name} is no page of this town: links in messages start with {home}")


def _safe(name: str, value: Sentence) -> str:
    if _is_link(name):
        return own_link(name, str(value))
    return _CONTROL.sub("", value) if isinstance(value, OurWords) else defang(str(value))


def safe_values(context: Mapping[str, Sentence]) -> dict[str, str]:
    """Values for a template: `link` and `…_link` must be our own pages, `OurWords` stay, all others are defanged."""
    return {name: _safe(name, value) for name, value in context.items()}


def _town() -> dict[str, str]:
    return {
        "town_name": settings.TOWN_NAME,
        "unit_name": settings.UNIT_NAME,
        "help_phone": settings.HELP_PHONE,
        "help_hours": settings.HELP_HOURS,
    }


def _template(name: str) -> Template:
    """Django's own template inside the backend's wrapper, which could not be told whether to escape."""
    return cast(Template, get_template(name).template)  # type: ignore[attr-defined]  # not in the stubs


def one_line(text: str) -> str:
    """Text fit for a header: no line breaks, no control characters, at most 200 characters."""
    return _SPACES.sub(" ", _CONTROL.sub("", text)).strip()[:200]


def _html(template: str, values: Mapping[str, str]) -> str:
    try:
        return _template(f"notifications/{template}.html").render(Context(values))
    except TemplateDoesNotExist:
        return ""


def write(template: str, context: Mapping[str, Sentence], language: str) -> Wording:
    """Render `notifications/<template>.txt` (its first line is the subject) and `.html` when there is one."""
    with override(language):
        # Labels of ours come lazy and are said in the reader's language, not in that of whoever acted.
        values = _town() | safe_values(context)
        text = _template(f"notifications/{template}.txt").render(Context(values, autoescape=False))
        html = _html(template, values)
    subject, _, body = text.strip().partition("\n")
    return Wording(one_line(subject), body.strip() + "\n", html)


def mask(address: str) -> str:
    """What is left of an address after delivery: enough to recognise it, too little to use it."""
    local, at, domain = address.strip().partition("@")
    if not at:
        return "…"
    name, _, ending = domain.rpartition(".")
    return f"{local[:1]}…@{name[:1]}….{ending}"[:40]
