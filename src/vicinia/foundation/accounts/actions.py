"""Inviting, changing and closing users; teams; private links and keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare

from vicinia.foundation.accounts import events, queries, rules
from vicinia.foundation.accounts.models import (
    MOST_TRIES,
    ApiKey,
    LinkPurpose,
    OneTimeCode,
    PrivateLink,
    Team,
    User,
)
from vicinia.foundation.accounts.states import Capability, Role
from vicinia.foundation.accounts.tokens import code_digest, new_code, new_token, token_digest
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

INVITATION_LASTS = dt.timedelta(days=7)
CODE_LASTS = dt.timedelta(minutes=10)
MOST_CODES = 5
CODES_COUNTED_FOR = dt.timedelta(hours=1)
KEY_USE_NOTED_EVERY = dt.timedelta(hours=1)


# Private links ---------------------------------------------------------------------------------------------------


@transaction.atomic(savepoint=False)
def give_link(*, by: Actor, purpose: LinkPurpose, about: str, valid_for: dt.timedelta | None = None) -> str:
    """Make a private link and return its token, which is kept nowhere else."""
    token = new_token()
    expires_at = clock.now() + valid_for if valid_for else None
    PrivateLink.objects.create(
        purpose=purpose, about=about, token_digest=token_digest(token), expires_at=expires_at
    )
    return token


@transaction.atomic
def revoke_links(*, by: Actor, purpose: LinkPurpose, about: str) -> int:
    """Close every live link of one purpose about one thing."""
    return PrivateLink.objects.live().filter(purpose=purpose, about=about).update(revoked_at=clock.now())


@transaction.atomic
def expire_links(*, by: Actor, purpose: LinkPurpose, about: str, at: dt.datetime) -> int:
    """Let no live link of one purpose about one thing open later than `at`."""
    live = PrivateLink.objects.live().filter(purpose=purpose, about=about)
    later = Q(expires_at__isnull=True) | Q(expires_at__gt=at)
    return live.filter(later).update(expires_at=at)


class CodeAnswer(StrEnum):
    """What came of typing a one-time code."""

    RIGHT = "right"
    WRONG = "wrong"
    OVER = "over"


@transaction.atomic
def give_code(*, by: Actor, link: PrivateLink) -> str:
    """Make a one-time code for a link, which ends every earlier one, and return it; it is kept nowhere else."""
    link = PrivateLink.objects.lock(link)
    since = clock.now() - CODES_COUNTED_FOR
    rules.may_have_code(lately=queries.codes_since(link, since), most=MOST_CODES).require()

    link.codes.filter(created_at__lte=since).delete()
    link.codes.filter(ended_at__isnull=True).update(ended_at=clock.now())
    code = new_code()
    expires_at = clock.now() + CODE_LASTS
    OneTimeCode.objects.create(link=link, code_digest=code_digest(code, link.pk), expires_at=expires_at)
    return code


@transaction.atomic
def use_code(*, by: Actor, link: PrivateLink, code: str) -> CodeAnswer:
    """Try a code: right once, within ten minutes, at the fifth try at the latest. Each try is counted, whatever comes of it."""
    link = PrivateLink.objects.lock(link)
    row = link.codes.filter(ended_at__isnull=True, expires_at__gt=clock.now()).first()
    if row is None:
        return CodeAnswer.OVER
    row.tries += 1
    is_right = constant_time_compare(row.code_digest, code_digest(code, link.pk))
    if is_right or row.tries >= MOST_TRIES:
        row.ended_at = clock.now()
    row.save()
    if is_right:
        return CodeAnswer.RIGHT
    return CodeAnswer.OVER if row.ended_at else CodeAnswer.WRONG


# Users -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UserDetails:
    """What an administrator says of a user."""

    name: str
    email: str
    role: Role
    phone: str = ""
    language: str = "it"
    team_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Invitation:
    """A user who may come in, and the token of the link that lets them choose a password."""

    user: User
    token: str


@transaction.atomic
def invite_user(*, by: Actor, details: UserDetails) -> Invitation:
    """Let someone in who chooses a password from a link that lasts a week."""
    is_known = queries.email_in_use(details.email)
    rules.may_invite(by, is_known=is_known).require()

    user = User.objects.create_user(
        details.email,
        None,
        name=details.name.strip(),
        role=details.role,
        phone=details.phone,
        language=details.language,
    )
    user.teams.set(details.team_ids)
    token = _invitation_link(by, user)

    role = journal.kept(Role(details.role).label)
    journal.record(events.INVITED, by=by, about=user, name=user.name, role=role)
    return Invitation(user, token)


@transaction.atomic
def invite_again(*, by: Actor, user: User) -> Invitation:
    """A new link in place of the old one, for an invitation that got lost."""
    rules.may_invite_again(by, user).require()
    revoke_links(by=by, purpose=LinkPurpose.STAFF_INVITE, about=f"user:{user.pk}")
    token = _invitation_link(by, user)
    journal.record(events.INVITED_AGAIN, by=by, about=user)
    return Invitation(user, token)


def _invitation_link(by: Actor, user: User) -> str:
    return give_link(
        by=by, purpose=LinkPurpose.STAFF_INVITE, about=f"user:{user.pk}", valid_for=INVITATION_LASTS
    )


@transaction.atomic
def accept_invitation(*, by: Actor, user: User, password: str) -> User:
    """Choose the first password; the link is good for nothing more."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.set_password(password)
    user.save(update_fields=["password", "updated_at"])
    revoke_links(by=by, purpose=LinkPurpose.STAFF_INVITE, about=f"user:{user.pk}")
    journal.record(events.JOINED, by=user.as_actor(), about=user)
    return user


@transaction.atomic
def change_user(*, by: Actor, user: User, details: UserDetails) -> User:
    """Change name, role, teams and contacts; what changed is recorded in words."""
    user = User.objects.select_for_update().get(pk=user.pk)
    other_managers = queries.users_who_can(Capability.MANAGE_USERS).exclude(pk=user.pk).count()
    rules.may_change_user(by, user, role=details.role, other_managers=other_managers).require()

    changes = _changes(user, details)
    user.name, user.role = details.name.strip(), details.role
    user.phone, user.language = details.phone, details.language
    user.save()
    user.teams.set(details.team_ids)

    if changes:
        journal.record(events.CHANGED, by=by, about=user, changes=changes)
    return user


def _changes(user: User, details: UserDetails) -> str:
    """Which fields change, in words; a role with its names before and after."""
    words = []
    if user.name != details.name.strip():
        words.append("nome")
    if user.role != details.role:
        words.append(f"ruolo da {Role(user.role).label} a {Role(details.role).label}")
    if user.phone != details.phone:
        words.append("telefono")
    if set(user.teams.values_list("pk", flat=True)) != set(details.team_ids):
        words.append("gruppi")
    return ", ".join(words)


@transaction.atomic
def deactivate_user(*, by: Actor, user: User, reason: str = "") -> User:
    """Close someone's access: every session ends, nothing of what they did is lost."""
    user = User.objects.select_for_update().get(pk=user.pk)
    other_managers = queries.users_who_can(Capability.MANAGE_USERS).exclude(pk=user.pk).count()
    rules.may_deactivate(by, user, other_managers=other_managers).require()

    user.is_active = False
    user.session_round += 1
    user.save()
    revoke_links(by=by, purpose=LinkPurpose.STAFF_INVITE, about=f"user:{user.pk}")

    journal.record(events.DEACTIVATED, by=by, about=user, note=reason)
    return user


@transaction.atomic
def activate_user(*, by: Actor, user: User) -> User:
    """Open someone's access again."""
    user = User.objects.select_for_update().get(pk=user.pk)
    rules.may_activate(by, user).require()
    user.is_active = True
    user.save()
    journal.record(events.ACTIVATED, by=by, about=user)
    return user


@transaction.atomic
def reset_second_factor(*, by: Actor, user: User, reason: str) -> User:
    """Take away every factor of someone who lost theirs; their sessions end, and they set up a new one."""
    user = User.objects.select_for_update().get(pk=user.pk)
    has_factor = queries.has_second_factor(user)
    rules.may_reset_factor(by, user, has_factor=has_factor, reason=reason).require()

    Authenticator.objects.filter(user=user).delete()
    user.session_round += 1
    user.save()

    journal.record(events.FACTOR_RESET, by=by, about=user, note=reason)
    return user


# One's own account -----------------------------------------------------------------------------------------------


@transaction.atomic
def change_my_account(*, by: Actor, user: User, name: str, phone: str, language: str) -> User:
    """Change one's own name, office telephone and language."""
    user.name, user.phone, user.language = name.strip(), phone, language
    user.save(update_fields=["name", "phone", "language", "updated_at"])
    journal.record(events.CHANGED, by=by, about=user, changes="nome, telefono o lingua")
    return user


@transaction.atomic
def sign_out_everywhere(*, by: Actor, user: User) -> User:
    """End every session of a user, on every device."""
    user.session_round += 1
    user.save(update_fields=["session_round", "updated_at"])
    journal.record(events.SIGNED_OUT_EVERYWHERE, by=by, about=user)
    return user


def note_sign_in(*, by: Actor, user: User) -> None:
    """Write that someone came in."""
    journal.record(events.SIGNED_IN, by=by, about=user)


def note_password_changed(*, by: Actor, user: User) -> None:
    """Write that someone changed or reset their password."""
    journal.record(events.PASSWORD_CHANGED, by=by, about=user)


def note_factor_added(*, by: Actor, user: User, factor: str) -> None:
    """Write that someone added a second factor."""
    journal.record(events.FACTOR_ADDED, by=by, about=user, factor=factor)


def note_factor_removed(*, by: Actor, user: User, factor: str) -> None:
    """Write that someone took away a second factor."""
    journal.record(events.FACTOR_REMOVED, by=by, about=user, factor=factor)


# Teams -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_team(*, by: Actor, name: str, area_ids: Iterable[int], member_ids: Iterable[int] = ()) -> Team:
    """Make a team that works on some areas."""
    rules.may_manage_users(by).require()
    team = Team.objects.create(name=name.strip(), area_ids=sorted(set(area_ids)))
    team.members.set(member_ids)
    journal.record(events.TEAM_MADE, by=by, about=team, name=team.name)
    return team


@transaction.atomic
def change_team(
    *, by: Actor, team: Team, name: str, area_ids: Iterable[int], member_ids: Iterable[int]
) -> Team:
    """Change a team's name, areas and members: what its members see changes at their next page."""
    rules.may_manage_users(by).require()
    team.name, team.area_ids = name.strip(), sorted(set(area_ids))
    team.save()
    team.members.set(member_ids)
    journal.record(events.TEAM_CHANGED, by=by, about=team, name=team.name)
    return team


# Keys of other programs ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeyDetails:
    """What a key is for and what it may do."""

    name: str
    scopes: tuple[str, ...]
    area_ids: tuple[int, ...] = ()
    everywhere: bool = False
    expires_at: dt.datetime | None = None


@transaction.atomic
def make_key(*, by: Actor, details: KeyDetails) -> tuple[ApiKey, str]:
    """Make a key. The second value is the key itself, which is shown once and kept nowhere."""
    verdict = rules.may_make_key(by, scopes=details.scopes, expires_at=details.expires_at, now=clock.now())
    verdict.require()
    secret = new_token()
    key = ApiKey.objects.create(
        name=details.name.strip(),
        key_digest=token_digest(secret),
        capabilities=sorted(details.scopes),
        area_ids=sorted(details.area_ids),
        everywhere=details.everywhere,
        expires_at=details.expires_at,
    )
    journal.record(events.KEY_MADE, by=by, about=f"key:{key.pk}", name=key.name)
    return key, secret


@transaction.atomic
def revoke_key(*, by: Actor, key: ApiKey) -> ApiKey:
    """Close a key for good."""
    key = ApiKey.objects.select_for_update().get(pk=key.pk)
    rules.may_revoke_key(by, is_active=key.is_active).require()
    key.is_active = False
    key.save()
    journal.record(events.KEY_REVOKED, by=by, about=f"key:{key.pk}", name=key.name)
    return key


def enter_with_key(*, key: str) -> Actor | None:
    """The actor behind an API key, noting its use at most once an hour; None for a key that opens nothing.

    What adapters of the API call. One query, and once an hour a write.
    """
    row = queries.live_key(key)
    if row is None:
        return None
    now = clock.now()
    if row.last_used_at is None or now - row.last_used_at > KEY_USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=row.pk).update(last_used_at=now)
    return queries.actor_of_key(row)
