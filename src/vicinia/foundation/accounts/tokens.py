"""Random tokens of which only a digest is kept. A digest without salt is enough: the token itself has 256 random bits."""

import hashlib
import secrets


def new_token() -> str:
    """A token of 43 characters, safe in a URL."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """The SHA-256 of a token, in hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()
