"""How a person's data are written on a page."""

from __future__ import annotations

from typing import Any

from django import template

from vicinia.domain.people import details
from vicinia.foundation.kernel import languages

register = template.Library()


@register.filter
def spoken_phone(e164: str) -> str:
    """A number as people read it aloud."""
    return details.spoken_phone(e164)


@register.filter
def language_name(code: str) -> str:
    """A resident's language, in words."""
    return str(dict(languages.RESIDENT_LANGUAGES).get(code, code))


@register.filter
def as_words(value: Any) -> str:
    """A value of the copy for the person: lists with commas, the rest as it is."""
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
