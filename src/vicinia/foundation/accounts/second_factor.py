"""Who must have a second factor, and whether this session has shown one."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest

from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import SECOND_FACTOR_ROLES

SET_UP_HERE = "second_factor_set_up_by"


def is_required(user: User) -> bool:
    """Whether this town asks this user's role for a second factor."""
    return bool(settings.SECOND_FACTOR) and user.role in SECOND_FACTOR_ROLES


def is_shown(request: HttpRequest) -> bool:
    """Whether this very session gave a second factor, or set up the first one. No query beyond the session."""
    records = get_authentication_records(request, request.user)
    if any(record["method"] == "mfa" for record in records):
        return True
    return bool(request.session.get(SET_UP_HERE) == request.user.pk)


def set_up_here(request: HttpRequest) -> None:
    """Remember that this session set up a factor."""
    request.session[SET_UP_HERE] = request.user.pk
