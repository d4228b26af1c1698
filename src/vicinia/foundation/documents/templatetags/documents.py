"""The words of a document on its page."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from vicinia.foundation.documents.composing import Composed

register = template.Library()


@register.simple_tag
def document_words(composed: Composed) -> SafeString:
    """The body that was composed, in its language and from its side."""
    return format_html(
        '<div class="document" lang="{}" dir="{}">{}</div>',
        composed.language,
        composed.direction,
        composed.body,
    )
