"""What rows of notices show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from vicinia.domain.outreach import queries
from vicinia.domain.outreach.models import Notice

register = template.Library()


@register.filter
def audience_words(notice: Notice) -> str:
    """For whom it is, in one line."""
    return ", ".join(queries.audience_names(notice)) or _("Tutta la città")


@register.filter
def at_key(values: Mapping[Any, Any], key: Any) -> Any:
    """The value of a mapping that the view filled for each row."""
    return values.get(key)
