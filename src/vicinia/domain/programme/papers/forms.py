"""Which forms there are, and what a report is made of."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from vicinia.domain.programme.models import Edition
from vicinia.domain.programme.states import FileKind

MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.ODT: "application/vnd.oasis.opendocument.text",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class Frozen:
    """A report as it was frozen: the same of these always makes the same bytes."""

    content: dict[str, Any]
    number: int
    digest: str
    text_digest: str
    frozen_at: dt.datetime


def made(frozen: Frozen, kind: FileKind) -> bytes:
    """The report in one of its forms."""
    from vicinia.domain.programme.papers import odt, pages, xlsx

    makers = {FileKind.PDF: pages.report, FileKind.ODT: odt.report, FileKind.XLSX: xlsx.report}
    return makers[kind](frozen)


def name_of(reference: str, number: int, kind: str) -> str:
    """What a file is called: no name of anybody."""
    return f"rendiconto-{reference}-{number}.{kind}"


def day(words: str) -> dt.date:
    return dt.date.fromisoformat(words)


def frozen_of(edition: Edition) -> Frozen:
    """What an edition is made of."""
    return Frozen(
        json.loads(edition.content), edition.number, edition.digest, edition.text_digest, edition.frozen_at
    )
