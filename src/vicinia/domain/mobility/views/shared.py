"""What the pages of who accompanies a household share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vicinia.domain.mobility.models import Accord, Expense, Offer, RehousingFile, Removal
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import page_or_part
from vicinia.foundation.kernel.verdict import Sentence

run = needs(Capability.RUN_MOBILITY)


def to_offer(row: Offer) -> str:
    """The address of an offer's page."""
    return reverse("rehousing_offer", args=[row.reference])


def to_accord(row: Accord) -> str:
    """The address of an accord's page."""
    return reverse("rehousing_accord", args=[row.reference])


def to_removal(row: Removal) -> str:
    """The address of a removal's page."""
    return reverse("rehousing_removal", args=[row.reference])


def to_expense(row: Expense) -> str:
    """The address of an expense's page."""
    return reverse("rehousing_expense", args=[row.reference])


def part_of_file(
    request: HttpRequest, file: RehousingFile, part: str, title: Sentence, context: dict[str, Any]
) -> HttpResponse:
    """A part of the page of a file: by itself for a plain browser."""
    shown = {"file": file, "part": part, "part_title": title, **context}
    return page_or_part(request, "mobility/file_part.html", part, shown)


def language_asked(asked: Mapping[str, str], file: RehousingFile) -> str:
    """In which language a paper is printed: that of the household, unless `lingua` says another."""
    return asked.get("lingua") or file.language
