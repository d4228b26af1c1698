"""Where a request comes from, for rate limits: only our own proxies are believed."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104  a name for what has no address, not something to bind to


def client_address(request: HttpRequest) -> str:
    """The address of the client: what our outermost proxy saw, or the peer itself when no proxy is ours.

    Everything left of our proxies' own entries of X-Forwarded-For is what the client claims, and is not read.
    """
    count = settings.TRUSTED_PROXIES
    claimed = request.headers.get("X-Forwarded-For", "")
    entries = [entry.strip() for entry in claimed.split(",") if entry.strip()]
    peer = str(request.META.get("REMOTE_ADDR") or "")
    seen = entries[-count] if count and len(entries) >= count else peer
    return _plain(seen) or _plain(peer) or UNKNOWN


def limited_address(request: HttpRequest) -> str:
    """The same, with IPv6 cut to the /64 that one subscriber has: 2^64 addresses are one limit."""
    address = ip_address(client_address(request))
    if isinstance(address, IPv6Address):
        return f"{IPv6Address(int(address) >> 64 << 64)}/64"
    return str(address)


def _plain(words: str) -> str:
    """An address without brackets and port, or empty when it is none."""
    words = words.strip()
    if words.startswith("["):
        words = words[1:].partition("]")[0]
    elif words.count(":") == 1:
        words = words.partition(":")[0]
    try:
        return str(ip_address(words))
    except ValueError:
        return ""
