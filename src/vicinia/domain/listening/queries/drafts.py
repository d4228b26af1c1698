"""Reads of drafts: a report begun at the portal and not sent yet. The token of its cookie is the permission."""

from __future__ import annotations

from django.db.models import QuerySet

from vicinia.domain.listening.drafts import DraftContent, unseal
from vicinia.domain.listening.models import Draft
from vicinia.foundation.accounts.tokens import token_digest
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.kernel import clock


def draft_ref(token: str) -> str:
    """What the photos of a draft are about."""
    return f"draft:{token_digest(token)[:32]}"


def ref_of_draft(draft: Draft) -> str:
    return f"draft:{draft.token_digest[:32]}"


def draft_content(token: str) -> DraftContent | None:
    """What the draft of a cookie's token holds, or None when there is none or its days are over."""
    row = Draft.objects.filter(token_digest=token_digest(token), expires_at__gt=clock.now()).first()
    return unseal(row.content) if row else None


def draft_files(token: str) -> QuerySet[Attachment]:
    """The photos of a draft, oldest first."""
    return attachments.of(draft_ref(token))


def draft_file(token: str, name: str) -> Attachment:
    """One photo of a draft (404 otherwise)."""
    return attachments.named(draft_ref(token), name)
