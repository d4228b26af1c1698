"""A table taken in from a page: tried first, with its columns understood or chosen; any subject may use it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vicinia.domain.territory import bulk
from vicinia.domain.territory.forms import ColumnsForm
from vicinia.domain.territory.incoming import Refusal, Tally
from vicinia.foundation.kernel.htmx import go_to
from vicinia.foundation.kernel.verdict import Sentence

SHOWN_REFUSALS = 50


@dataclass(frozen=True, slots=True)
class Tried:
    """What a table would change, or has changed: each kind of thing with its tally."""

    tallies: Sequence[tuple[Sentence, Tally]]
    is_kept: bool

    @property
    def refused(self) -> list[Refusal]:
        return [refusal for _label, tally in self.tallies for refusal in tally.refused]


@dataclass(frozen=True, slots=True)
class TableImport:
    """How one kind of table is taken in. `take(file, columns, keep, whole)` does it, or finds out what it would do.

    `must` are the columns without which it cannot be read; `back` is where one goes afterwards.
    """

    title: Sentence
    lead: Sentence
    form: type[ColumnsForm]
    must: Collection[str]
    take: Callable[[Path, Mapping[str, str], bool, bool], Tried]
    done: Sentence
    back: str


def import_table(request: HttpRequest, how: TableImport) -> HttpResponse:
    """Try a file first; take it in when the same file is given again with the same choices."""
    if request.method != "POST":
        return _page(request, how, how.form())
    form = how.form(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, how, form, status=422)
    with form.on_disk() as (file, digest):
        header = bulk.header_of(file)
        form.choose_among(header)
        columns = form.chosen(header) if form.has_chosen else bulk.own_columns(header, form.labels)
        missing = set(how.must) - columns.keys()
        if missing:
            return _page(request, how, form.with_columns(header, columns, missing=missing), status=422)
        return _tried_or_taken(request, how, form, (file, digest, header), columns)


def _tried_or_taken(
    request: HttpRequest,
    how: TableImport,
    form: ColumnsForm,
    given: tuple[Path, str, list[str]],
    columns: dict[str, str],
) -> HttpResponse:
    file, digest, header = given
    whole = form.cleaned_data["whole"] == "whole"
    choices = json.dumps([columns, whole], sort_keys=True).encode()
    is_sure = form.was_tried(digest, choices)
    try:
        tried = how.take(file, columns, is_sure, whole)
    except bulk.MappingError as error:
        form.add_error("file", str(error))
        return _page(request, how, form, status=422)
    if tried.is_kept:
        messages.success(request, str(how.done))
        return go_to(request, how.back)
    again = form.with_columns(header, columns, tried=form.signed(digest, choices))
    return _page(request, how, again, tried=tried, status=409 if is_sure else 200)


def _page(
    request: HttpRequest,
    how: TableImport,
    form: ColumnsForm,
    *,
    tried: Tried | None = None,
    status: int = 200,
) -> HttpResponse:
    refused = tried.refused if tried else []
    context = {
        "title": how.title,
        "lead": how.lead,
        "back": how.back,
        "form": form,
        "tried": tried,
        "refused": refused[:SHOWN_REFUSALS],
        "count": len(refused),
    }
    return render(request, "territory/import_table.html", context, status=status)
