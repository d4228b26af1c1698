"""Inviting somebody: the user and the message in one transaction."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from vicinia.foundation.accounts import actions as accounts
from vicinia.foundation.accounts.actions import Invitation, UserDetails
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications


@transaction.atomic
def invite(*, by: Actor, details: UserDetails) -> Invitation:
    """Let someone in, and write to them."""
    invitation = accounts.invite_user(by=by, details=details)
    _tell(by, invitation)
    return invitation


@transaction.atomic
def invite_again(*, by: Actor, user: User) -> Invitation:
    """Write again, with a new link in place of the old one."""
    invitation = accounts.invite_again(by=by, user=user)
    _tell(by, invitation)
    return invitation


def invitation_link(invitation: Invitation) -> str:
    """The address at which the invited person chooses a password."""
    path = reverse("accept_invitation", args=[invitation.token])
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


def _tell(by: Actor, invitation: Invitation) -> None:
    user = invitation.user
    context = {"name": user.first_name, "invited_by": by.name, "link": invitation_link(invitation)}
    notifications.queue(
        by=by,
        to=user.email,
        template="invitation",
        context=context,
        language=user.language,
        about=user,
        key=f"invitation:{user.pk}:{invitation.token[:12]}",
    )
