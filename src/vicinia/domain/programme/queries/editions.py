"""Reports as they were frozen: their words, their files, and the records behind each figure."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet

from vicinia.domain.programme.models import Edition, EditionFile, FunderReport
from vicinia.domain.programme.queries import measuring
from vicinia.foundation.kernel.errors import NotVisible


def as_kept(content: dict[str, Any]) -> str:
    """The content as it is written down: the same words for the same values."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(content: str) -> str:
    return sha256(content.encode()).hexdigest()


def editions_of(report: FunderReport) -> list[Edition]:
    """What was frozen, newest first, without its words."""
    return list(report.editions.defer("content").order_by("-number"))


def edition_of(report: FunderReport, number: int) -> Edition:
    """One edition (404 otherwise)."""
    row: Edition = report.editions.one(number=number)  # type: ignore[attr-defined]
    row.report = report
    return row


def files_of(edition: Edition) -> QuerySet[EditionFile]:
    """In which forms it was given out."""
    return edition.files.defer("content").order_by("id")


def file_of(edition: Edition, kind: str) -> EditionFile:
    """One of these (404 otherwise)."""
    row = edition.files.filter(kind=kind).first()
    if row is None:
        raise NotVisible
    return row


def said_in(edition: Edition) -> dict[str, Any]:
    """What an edition says."""
    said: dict[str, Any] = json.loads(edition.content)
    return said


@dataclass(frozen=True)
class Changed:
    """A figure that is another one in a later edition."""

    code: str
    title: str
    before: str
    now: str


def changed_between(before: dict[str, Any], now: dict[str, Any]) -> list[Changed]:
    """The indicators whose value is not the same in two editions."""

    def values(content: dict[str, Any]) -> dict[int, tuple[str, str, str]]:
        return {
            one["id"]: (sheet["code"], one["title"], str(one["value"]))
            for sheet in content["sheets"]
            for one in sheet["indicators"]
        }

    old, new = values(before), values(now)
    return [
        Changed(code, title, old[pk][2], value)
        for pk, (code, title, value) in new.items()
        if pk in old and old[pk][2] != value
    ]


@dataclass(frozen=True)
class Behind:
    """One figure of a report with the records behind it."""

    title: str
    value: str
    source: str
    ids: Collection[int]


def figure_in(content: dict[str, Any], sheet_id: int, name: str) -> Behind:
    """A figure of a sheet by its name, or by the number of its indicator (404 otherwise)."""
    sheet = next((one for one in content["sheets"] if one["id"] == sheet_id), None)
    if sheet is None:
        raise NotVisible
    for one in sheet["indicators"]:
        if name == str(one["id"]):
            return Behind(one["title"], str(one["value"]), one["source"], one["ids"])
    if name not in FIGURE_SOURCES:
        raise NotVisible
    figure = sheet["figures"][name]
    return Behind(name, str(figure["value"]), FIGURE_SOURCES[name], figure["ids"])


FIGURE_SOURCES = {
    "activities": measuring.ACTIVITIES,
    "hours": measuring.ACTIVITIES,
    "people": measuring.ACTIVITIES,
    "spent": measuring.COSTS,
}
