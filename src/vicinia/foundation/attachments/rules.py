"""When a file may be taken away. Who may is asked of the subject that owns it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.kernel.verdict import YES, Verdict, no


def may_remove(attachment: Attachment, reason: str) -> Verdict:
    """Once, and for a reason that stays in the timeline."""
    if attachment.removed_at:
        return no(_("Questo file è già stato tolto."))
    return YES if reason.strip() else no(_("Scrivi perché il file va tolto."))
