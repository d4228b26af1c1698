"""Who calls: another program with its key, a signed-in person, or anybody."""

from __future__ import annotations

from django.http import HttpRequest

from vicinia.foundation.accounts import actions as accounts
from vicinia.foundation.kernel.actor import Actor

SCHEME = "api-key "


def key_in_header(request: HttpRequest) -> str:
    """The key of `Authorization: Api-Key …`, or empty."""
    header = request.headers.get("Authorization", "")
    return header[len(SCHEME) :].strip() if header.lower().startswith(SCHEME) else ""


def actor_of_key(key: str) -> Actor | None:
    """The actor behind a key; None for what is no key of ours."""
    return accounts.enter_with_key(key=key) if 20 <= len(key) <= 100 else None
