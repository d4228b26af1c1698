"""What the pages of presence share: their tabs, and the version that a button was sent with."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.foundation.look.components import Tab


def tabs(current: str) -> list[Tab]:
    """The pages of presence, the present one marked."""
    pages = [
        (_("Giri"), "rounds"),
        (_("Testimoni"), "key_contacts"),
        (_("Da decidere"), "observations"),
        (_("Copertura"), "coverage"),
    ]
    return [Tab(label, reverse(name), name == current) for label, name in pages]


def seen_version(request: HttpRequest) -> int | None:
    """The version that the page with the button showed; None if what was sent is no number."""
    sent = request.POST.get("seen_version", "")
    return int(sent) if sent.isascii() and sent.isdigit() else None
