"""What a browser says once: it keeps a random word, of which each row gets a digest of its own."""

from __future__ import annotations

from hashlib import sha256

from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from vicinia.foundation.accounts.tokens import new_token

LASTS = 400 * 24 * 3600


def word_of(request: HttpRequest, cookie: str) -> str:
    """The word that this browser keeps, or a new one."""
    return request.COOKIES.get(cookie, "") or new_token()


def digest_for(word: str, row: Model) -> str:
    """What a row keeps of the word: it joins no two rows."""
    return sha256(f"{word}:{row.pk}".encode()).hexdigest()


def keep(response: HttpResponse, cookie: str, word: str, *, path: str) -> None:
    """Let the browser keep the word, for the pages below a path."""
    response.set_cookie(
        cookie, word, max_age=LASTS, path=path, httponly=True, secure=settings.HTTPS, samesite="Lax"
    )
