"""Random tokens of which only a digest is kept. A digest without salt is enough: the token itself has 256 random bits.

A code of six digits has only twenty: its digest is keyed, or who reads the table could try them all.
"""

import hashlib
import secrets

from django.utils.crypto import salted_hmac


def new_token() -> str:
    """A token of 43 characters, safe in a URL."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """The SHA-256 of a token, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"


def code_digest(code: str, link_id: int) -> str:
    """The digest of a code, good for one link only."""
    return salted_hmac("vicinia.accounts.code", f"{link_id}:{code}", algorithm="sha256").hexdigest()
