"""Reads about users, teams and links."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from vicinia.foundation.accounts.models import ApiKey, LinkPurpose, PrivateLink, Team, User
from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Capability, Role
from vicinia.foundation.accounts.tokens import token_digest
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def link_is_about(token: str, purpose: LinkPurpose) -> str | None:
    """What a live link of this purpose is about, or None."""
    live = PrivateLink.objects.live().filter(purpose=purpose, token_digest=token_digest(token))
    return live.values_list("about", flat=True).first()


def key_actor(key: str) -> Actor | None:
    """The actor behind an API key, or None for an unknown, closed or expired one. One query."""
    unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=clock.now())
    row = ApiKey.objects.filter(unexpired, key_digest=token_digest(key), is_active=True).first()
    if row is None:
        return None
    return Actor.key(
        str(row.pk), row.name, frozenset(row.capabilities), frozenset(row.area_ids), row.everywhere
    )


def users_who_can(capability: Capability) -> QuerySet[User]:
    """Active users whose role includes `capability`."""
    roles = [role for role in Role.values if capability in ROLE_CAPABILITIES[role]]
    return User.objects.filter(is_active=True, role__in=roles)


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def teams() -> QuerySet[Team]:
    return Team.objects.all()
