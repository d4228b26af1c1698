"""Giving and taking back private links and keys."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from vicinia.foundation.accounts.models import LinkPurpose, PrivateLink
from vicinia.foundation.accounts.tokens import new_token, token_digest
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
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
