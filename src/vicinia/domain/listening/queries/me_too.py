"""Reads about those who joined somebody else's report: staff see what they wrote and sent, nobody else does."""

from __future__ import annotations

from dataclasses import dataclass

from vicinia.domain.listening.models import MeToo, Report
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.models import Attachment

# Never a name or an address: those are shown one by one, with a reason.
SHOWN = ("report_id", "words", "created_at", "person__reference")


@dataclass(frozen=True, slots=True)
class Joined:
    """Someone whom a report concerns too, with the files that they sent."""

    me_too: MeToo
    files: tuple[Attachment, ...]


def joined(report: Report) -> list[Joined]:
    """The others whom a report concerns, with their words and files, the first to join first. Two queries."""
    rows = list(report.me_toos.select_related("person").only(*SHOWN).order_by("created_at", "id"))
    files = attachments.of_each(rows)
    return [Joined(row, tuple(files[row.pk])) for row in rows]


def file_for_staff(report: Report, name: str) -> Attachment:
    """A file of a report, or of someone who joined it (404 otherwise)."""
    return attachments.named_in([report, *report.me_toos.all()], name)
