"""What several pages of the mobility use: who may open them, and where they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from vicinia.domain.mobility.models import Accord, Expense, Offer, RehousingFile, Relocation, Removal, Unit
from vicinia.foundation.accounts.guards import needs
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.htmx import page_or_part
from vicinia.foundation.kernel.verdict import Sentence

see = needs(Capability.SEE_MOBILITY)
run = needs(Capability.RUN_MOBILITY)


def to_relocation(row: Relocation) -> str:
    """The address of a relocation's page."""
    return reverse("relocation", args=[row.reference])


def to_units(row: Relocation) -> str:
    """The address of its dwellings."""
    return reverse("relocation_units", args=[row.reference])


def to_unit(row: Unit) -> str:
    """The address of one dwelling in it."""
    return reverse("relocation_unit", args=[row.relocation.reference, row.pk])


def to_files(row: Relocation) -> str:
    """The address of its households."""
    return reverse("rehousing_files", args=[row.reference])


def to_file(row: RehousingFile) -> str:
    """The address of a household's file."""
    return reverse("rehousing_file", args=[row.relocation.reference, row.household.number])


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
