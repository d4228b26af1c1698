"""The draft of this browser: a token in a cookie, everything else on our side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from vicinia.domain.listening.actions.drafts import DRAFT_LASTS
from vicinia.domain.listening.drafts import DraftContent
from vicinia.domain.listening.queries import drafts
from vicinia.foundation.accounts.tokens import new_token

COOKIE = "bozza"
_PATH = "/segnala"
LONGEST = 6000


def token_of(request: HttpRequest) -> str:
    """The token of this browser's draft, or a new one."""
    return request.COOKIES.get(COOKIE, "") or new_token()


def content_of(request: HttpRequest) -> DraftContent | None:
    """What this browser's draft holds."""
    token = request.COOKIES.get(COOKIE, "")
    return drafts.draft_content(token) if token else None


def answers_in(request: HttpRequest, before: Mapping[str, str], fields: Iterable[str]) -> dict[str, str]:
    """The answers so far: what earlier steps said, and this step's `fields` as typed now (an unticked box is gone)."""
    asked = set(fields)
    earlier = {name: value for name, value in before.items() if name not in asked}
    typed = {name: str(value)[:LONGEST] for name, value in request.POST.items() if name in asked}
    return {**earlier, **typed}


def remember(response: HttpResponse, token: str) -> HttpResponse:
    """Let the browser keep the token, for the form's own pages only."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(DRAFT_LASTS.total_seconds()),
        path=_PATH,
        httponly=True,
        secure=settings.HTTPS,
        samesite="Lax",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    """Take the token back."""
    response.delete_cookie(COOKIE, path=_PATH)
    return response
