"""Taking in reports from the files of other programs, and what shows what became of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.listening import actions, queries
from vicinia.domain.listening.bulk.kinds import KindFinder
from vicinia.domain.listening.bulk.lines import Header, Line, count_lines, digest_of, open_raw, read_lines
from vicinia.domain.listening.bulk.mapping import Mapping, MappingError, read_mapping
from vicinia.domain.listening.bulk.reading import Read, Reading
from vicinia.domain.listening.importing import IncomingReport, Refusal, Tally
from vicinia.domain.listening.models import ImportBatch
from vicinia.foundation.documents import csv_export
from vicinia.foundation.kernel.actor import Actor

__all__ = [
    "MappingError",
    "Outcome",
    "Watch",
    "count_lines",
    "import_all_or_nothing",
    "import_good_rows",
    "read_mapping",
    "try_import",
    "write_refused",
]

Watch = Callable[[Iterable[Any]], Iterable[Any]]
"""What shows the progress of rows: gives them on, one by one."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file. Without a batch nothing was written."""

    tally: Tally
    batch: ImportBatch | None = None
    new_kinds: tuple[str, ...] = ()


def _unwatched(rows: Iterable[Any]) -> Iterable[Any]:
    return rows


def try_import(*, mapping: Mapping, file: Path, watch: Watch = _unwatched) -> Outcome:
    """Find out what an import would do, without writing anything."""
    kinds = KindFinder(mapping)
    tally = Tally()
    seen: set[str] = set()
    for rows in _chunks(mapping, file, kinds, watch):
        good = _sorted_out(rows, tally)
        new = {row.source_id for row in good} - seen
        new -= queries.known_source_ids(mapping.source, new)
        seen |= new
        tally.add(kept=len(new), known=len(good) - len(new))
    return Outcome(tally, new_kinds=tuple(sorted(kinds.to_make.values())))


def import_good_rows(
    *, by: Actor, mapping: Mapping, file: Path, name: str = "", watch: Watch = _unwatched
) -> Outcome:
    """Keep every row that can be kept, some thousands at a time; a broken-off import goes on when it is run again."""
    return _import(by, mapping, file, name, watch)


def import_all_or_nothing(
    *, by: Actor, mapping: Mapping, file: Path, name: str = "", watch: Watch = _unwatched
) -> Outcome:
    """Keep the whole file, or nothing at all when one row of it is refused."""
    with transaction.atomic():
        outcome = _import(by, mapping, file, name, watch)
        if not outcome.tally.refused:
            return outcome
        transaction.set_rollback(True)
    outcome.tally.kept = 0
    return Outcome(outcome.tally, new_kinds=outcome.new_kinds)


def _import(by: Actor, mapping: Mapping, file: Path, name: str, watch: Watch) -> Outcome:
    kinds = KindFinder(mapping)
    _check_fit(mapping, file, kinds)
    tally = Tally()
    batch = actions.begin_import(
        by=by, source=mapping.source, file_name=name or file.name, file_digest=digest_of(file)
    )
    for rows in _chunks(mapping, file, kinds, watch):
        good = _sorted_out(rows, tally)
        kept = actions.import_rows(
            by=by, batch=batch, rows=good, kinds=kinds.new_kinds(), language=mapping.language
        )
        tally.add(kept=kept, known=len(good) - kept)
    batch = actions.end_import(by=by, batch=batch, tally=tally)
    return Outcome(tally, batch, tuple(sorted(kinds.to_make.values())))


def _check_fit(mapping: Mapping, file: Path, kinds: KindFinder) -> None:
    """Find what is wrong between mapping and file before anything is written."""
    for _rows in _chunks(mapping, file, kinds, lambda rows: ()):
        break


def _chunks(mapping: Mapping, file: Path, kinds: KindFinder, watch: Watch) -> Iterator[list[Read]]:
    with open_raw(file) as raw:
        lines = read_lines(mapping, raw)
        header = next(lines)
        if not isinstance(header, Header):  # the first thing read is always the header
            raise MappingError(_("Il file è vuoto."))
        rows: Iterable[Line | Refusal] = watch(lines)
        yield from Reading(mapping, header, kinds).read(rows)


def _sorted_out(rows: list[Read], tally: Tally) -> list[IncomingReport]:
    """The rows that can be kept; refused and doubtful ones are noted."""
    tally.read += len(rows)
    good = [row for row in rows if isinstance(row, IncomingReport)]
    tally.refused += [row for row in rows if isinstance(row, Refusal)]
    tally.warned += [Refusal(row.line, row.warning, row.source_id) for row in good if row.warning]
    return good


def write_refused(tally: Tally, path: Path) -> None:
    """Write refused rows, and those kept with a doubt, each with its reason."""
    header = [_("riga"), _("esito"), _("motivo"), _("contenuto")]
    rows = [
        (row.line, outcome, row.reason, row.text)
        for outcome, found in ((_("scartata"), tally.refused), (_("tenuta"), tally.warned))
        for row in found
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(csv_export.lines(header, rows))
