"""Every request has an actor."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from vicinia.foundation.kernel.actor import Actor


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
