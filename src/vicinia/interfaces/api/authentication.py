"""Who calls the REST API, for Django REST framework."""

from __future__ import annotations

from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, NotAuthenticated
from rest_framework.request import Request

from vicinia.foundation.accounts.states import CAPABILITY_NAMES, Capability
from vicinia.foundation.kernel.actor import Actor, ActorKind
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.verdict import forbid
from vicinia.interfaces.api.keys import actor_of_key, key_in_header


class Caller(SessionAuthentication):
    """A key in `Authorization: Api-Key …`; else the session of who is signed in, whose writes need a CSRF token."""

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        """Put the actor on the request. A key that opens nothing is an error, not a visitor."""
        key = key_in_header(request._request)
        if not key:
            return super().authenticate(request)
        by = actor_of_key(key)
        if by is None:
            raise AuthenticationFailed(_("La chiave non è valida."))
        request._request.actor = by
        return AnonymousUser(), by

    def authenticate_header(self, request: Request) -> str:
        """What a 401 says one may sign in with."""
        return "Api-Key"


class CallerScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # its metaclass has no types
    """How the description of the API tells of keys."""

    target_class = Caller
    name = "apiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A key in a header."""
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": "Api-Key …"}


def actor_of(request: Request) -> Actor:
    """Who acts in this request."""
    return cast(Actor, request._request.actor)


def able(request: Request, capability: Capability) -> Actor:
    """Who acts, if they have a capability: 401 for who has not said who they are, 403 for the others."""
    by = actor_of(request)
    if by.can(capability):
        return by
    if by.kind is ActorKind.RESIDENT:
        raise NotAuthenticated(_("Serve una chiave, o entrare con il proprio accesso."))
    sentence = _("Per questa richiesta serve poter %(capability)s.")
    raise Refused(forbid(sentence % {"capability": CAPABILITY_NAMES[capability]}))
