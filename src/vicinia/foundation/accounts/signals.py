"""What allauth tells us: who came in, whose factors and password changed. It has no other way of telling."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account_signals
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from django.dispatch import receiver
from django.http import HttpRequest

from vicinia.foundation.accounts import actions, second_factor
from vicinia.foundation.accounts.models import User

# Told by what they belong to, not as factors of their own.
_BESIDE = Authenticator.Type.RECOVERY_CODES


@receiver(account_signals.user_logged_in)
def _came_in(request: HttpRequest, user: User, **kwargs: Any) -> None:
    actions.note_sign_in(by=user.as_actor(), user=user)


@receiver([account_signals.password_changed, account_signals.password_reset, account_signals.password_set])
def _password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    actions.note_password_changed(by=user.as_actor(), user=user)


@receiver(factor_signals.authenticator_added)
def _factor_added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type == _BESIDE:
        return
    second_factor.set_up_here(request)
    actions.note_factor_added(by=user.as_actor(), user=user, factor=_name(authenticator))


@receiver(factor_signals.authenticator_removed)
def _factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    if authenticator.type != _BESIDE:
        actions.note_factor_removed(by=user.as_actor(), user=user, factor=_name(authenticator))


def _name(authenticator: Authenticator) -> str:
    return "codici" if authenticator.type == Authenticator.Type.TOTP else "chiave di accesso"
