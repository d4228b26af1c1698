"""Every request has an actor, and staff show their second factor before anything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from vicinia.foundation.accounts import queries, second_factor
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.htmx import go_to

# What is reachable while the second factor is being set up.
SETTING_UP = frozenset(
    {
        "account_logout",
        "account_reauthenticate",
        "healthz",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "set_language",
    }
)


class ActorMiddleware:
    """Puts `request.actor`: the signed-in user, or a visitor of the portal. Read only when a view asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _actor_of(request))  # type: ignore[attr-defined]  # our own attribute
        return self.get_response(request)


def _actor_of(request: HttpRequest) -> Actor:
    user = request.user
    return user.as_actor() if user.is_authenticated and user.is_active else Actor.visitor()


class SecondFactorMiddleware:
    """Leads who must have a second factor to set it up, and lets them reach nothing else until then.

    Costs no query: the session itself remembers the factor. A session that came in without one, of a user who has
    one by now, is ended: it may be somebody else's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *args: Any) -> HttpResponse | None:
        """Stop before the view is called."""
        if not _owes_factor(request):
            return None
        user = cast(User, request.user)
        if queries.has_second_factor(user):
            logout(request)
            return go_to(
                request, f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
            )
        match = request.resolver_match
        if match is not None and match.url_name in SETTING_UP:
            return None
        return go_to(request, reverse("mfa_index"))


def _owes_factor(request: HttpRequest) -> bool:
    """Whether the signed-in user must show a factor and this session has not. Visitors cost nothing."""
    if not settings.SECOND_FACTOR or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = request.user
    return user.is_authenticated and second_factor.is_required(user) and not second_factor.is_shown(request)
