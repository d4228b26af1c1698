"""Reads about users, teams, links and keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import TypeVar

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from vicinia.foundation.accounts import rules
from vicinia.foundation.accounts.models import ApiKey, LinkPurpose, PrivateLink, Team, User
from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Capability, Role
from vicinia.foundation.accounts.tokens import token_digest
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible

Row = TypeVar("Row", bound=Model)


def link_is_about(token: str, purpose: LinkPurpose) -> str | None:
    """What a live link of this purpose is about, or None."""
    live = PrivateLink.objects.live().filter(purpose=purpose, token_digest=token_digest(token))
    return live.values_list("about", flat=True).first()


def live_link(token: str, purpose: LinkPurpose) -> PrivateLink:
    """The live link behind a token; 404 for a wrong, expired or closed one, which look the same."""
    digest = token_digest(token)
    row: PrivateLink = PrivateLink.objects.live().one(purpose=purpose, token_digest=digest)
    return row


def live_link_with_id(pk: int, purpose: LinkPurpose) -> PrivateLink:
    """The same for who came in by it earlier."""
    row: PrivateLink = PrivateLink.objects.live().one(purpose=purpose, pk=pk)
    return row


def newest_link(purpose: LinkPurpose, about: str) -> PrivateLink | None:
    """The live link of one purpose about one thing that was given last."""
    return PrivateLink.objects.live().filter(purpose=purpose, about=about).order_by("-id").first()


def codes_since(link: PrivateLink, moment: dt.datetime) -> int:
    """How many codes were asked for with a link since a moment."""
    return link.codes.filter(created_at__gt=moment).count()


def invited_user(token: str) -> User:
    """The active user whom a live invitation is for; 404 for any other token."""
    about = link_is_about(token, LinkPurpose.STAFF_INVITE) or ""
    user = User.objects.filter(pk=int(about.removeprefix("user:") or 0), is_active=True).first()
    if user is None:
        raise NotVisible
    return user


def live_key(key: str) -> ApiKey | None:
    """An open, unexpired key, or None. One query."""
    unexpired = Q(expires_at__isnull=True) | Q(expires_at__gt=clock.now())
    return ApiKey.objects.filter(unexpired, key_digest=token_digest(key), is_active=True).first()


def actor_of_key(row: ApiKey) -> Actor:
    """The actor that acts with a key."""
    return Actor.key(
        str(row.pk), row.name, frozenset(row.capabilities), frozenset(row.area_ids), row.everywhere
    )


def key_actor(key: str) -> Actor | None:
    """The actor behind an API key, or None for an unknown, closed or expired one. One query."""
    row = live_key(key)
    return actor_of_key(row) if row else None


def keys(*, by: Actor) -> QuerySet[ApiKey]:
    """Every key, open ones first; they exist only for who manages users."""
    return _managed(by, ApiKey.objects.order_by("-is_active", "name", "id"))


def users_who_can(capability: Capability) -> QuerySet[User]:
    """Active users whose role includes `capability`."""
    roles = [role for role in Role.values if capability in ROLE_CAPABILITIES[role]]
    return User.objects.filter(is_active=True, role__in=roles)


def users_by_id(ids: Collection[int]) -> QuerySet[User]:
    """Users whatever their access, by name."""
    return User.objects.filter(pk__in=ids).order_by("name", "pk")


def users(*, by: Actor, words: str = "", role: str = "", active: bool | None = None) -> QuerySet[User]:
    """Users for the administrator's list, with teams and whether they have a second factor."""
    factors = Authenticator.objects.filter(user=OuterRef("pk")).exclude(
        type=Authenticator.Type.RECOVERY_CODES
    )
    rows = User.objects.annotate(has_factor=Exists(factors)).prefetch_related("teams")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role:
        rows = rows.filter(role=role)
    if active is not None:
        rows = rows.filter(is_active=active)
    return _managed(by, rows.order_by("-is_active", "name", "id"))


def user_by_email(email: str) -> User | None:
    return User.objects.filter(email=email.strip().lower(), is_active=True).first()


def email_in_use(email: str) -> bool:
    """Whether a user, active or not, has this address."""
    return User.objects.filter(email=email.strip().lower()).exists()


def has_second_factor(user: User) -> bool:
    """Whether the user has a code generator or a passkey; recovery codes alone are none."""
    mine = Authenticator.objects.filter(user=user)
    return bool(mine.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def teams() -> QuerySet[Team]:
    return Team.objects.all()


def teams_with_members(*, by: Actor) -> QuerySet[Team]:
    """Teams for the administrator's list, with how many active people each has."""
    active = Count("members", filter=Q(members__is_active=True))
    return _managed(by, Team.objects.annotate(member_count=active).order_by("name"))


def active_users() -> QuerySet[User]:
    """Who can be put in a team."""
    return User.objects.filter(is_active=True)


def _managed(by: Actor, rows: QuerySet[Row]) -> QuerySet[Row]:
    """What the administrator's pages list does not exist for anybody else."""
    if not rules.may_manage_users(by):
        raise NotVisible
    return rows


def factor_of(user: User, pk: int) -> Authenticator | None:
    """A second factor of this user, or None when it is not theirs."""
    return Authenticator.objects.filter(user=user, pk=pk).first()


def is_empty() -> bool:
    """Whether nobody has an account yet: a town that has just been installed."""
    return not User.objects.exists()
