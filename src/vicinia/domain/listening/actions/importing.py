"""Reports of other programs come in by the thousand, and go out again as one batch if nobody has worked on them."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Counts
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from vicinia.domain.listening import events, queries, rules
from vicinia.domain.listening.importing import KEPT_REFUSALS, IncomingReport, NewKinds, Tally
from vicinia.domain.listening.models import Category, ImportBatch, Report, ReportMove
from vicinia.domain.listening.states import ReportState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Counter
from vicinia.foundation.search import actions as search

UNDONE_AT_ONCE = 1000


@transaction.atomic
def begin_import(*, by: Actor, source: str, file_name: str, file_digest: str) -> ImportBatch:
    """Open a batch that the rows of one file go into."""
    rules.may_import(by).require()
    batch = ImportBatch.objects.create(
        source=source, file_name=file_name[:200], file_digest=file_digest, by_ref=by.ref, by_name=by.name
    )
    journal.record(events.IMPORT_BEGUN, by=by, about=batch, source=source, file=batch.file_name)
    return batch


@transaction.atomic
def import_rows(
    *, by: Actor, batch: ImportBatch, rows: Sequence[IncomingReport], kinds: NewKinds, language: str = "it"
) -> int:
    """Take in some rows of a batch, but those that the register knows already; how many were new."""
    rules.may_import(by).require()
    # Locked until the commit: two imports of one source at once wait for each other instead of doubling rows.
    Counter.next(f"import:{batch.source}")
    new = _unknown(batch.source, rows)
    if not new:
        return 0
    codes = _kinds_by_code(kinds, {row.kind for row in new})
    references = _references(new)
    # The unit gets them today: whatever happened in the other program, somebody looks within the usual days.
    due = {
        code: queries.first_contact_due(kind, at_risk=False, received_on=clock.today())
        for code, kind in codes.items()
    }
    reports = [
        _report(batch, row, codes[row.kind], reference, language, due[row.kind])
        for row, reference in zip(new, references, strict=True)
    ]
    Report.objects.bulk_create(reports)
    ReportMove.objects.bulk_create(_ending_moves(by, reports, new))
    ImportBatch.objects.filter(pk=batch.pk).update(kept_count=batch.kept_count + len(new))
    batch.kept_count += len(new)

    lines = [(report, {"source": batch.source}) for report in reports]
    journal.record_many(events.IMPORTED, by=by, lines=lines)
    search.put("report", (queries.search_text(report) for report in reports))
    return len(new)


@transaction.atomic
def end_import(*, by: Actor, batch: ImportBatch, tally: Tally) -> ImportBatch:
    """Note what became of the rows of a file."""
    rules.may_import(by).require()
    batch.read_count, batch.kept_count, batch.known_count = tally.read, tally.kept, tally.known
    batch.refused_count = len(tally.refused)
    batch.refusals = [[row.line, str(row.reason)] for row in tally.refused[:KEPT_REFUSALS]]
    batch.ended_at = clock.now()
    batch.save()
    journal.record(
        events.IMPORT_ENDED,
        by=by,
        about=batch,
        source=batch.source,
        kept=tally.kept,
        known=tally.known,
        refused=len(tally.refused),
    )
    return batch


@transaction.atomic
def undo_import(*, by: Actor, batch: ImportBatch) -> int:
    """Take every report of a batch out of the register again; how many. Their numbers are never given again."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    rules.may_undo_import(by, batch, 0).require()
    rows = queries.ids_of_batch(batch)
    chunks = [rows[start : start + UNDONE_AT_ONCE] for start in range(0, len(rows), UNDONE_AT_ONCE)]
    worked_on = sum(queries.worked_on(batch, [reference for _pk, reference in chunk]) for chunk in chunks)
    rules.may_undo_import(by, batch, worked_on).require()

    for chunk in chunks:
        ids = [pk for pk, _reference in chunk]
        search.forget("report", ids)
        Report.objects.filter(pk__in=ids).delete()
    batch.undone_at = clock.now()
    batch.refusals = []
    batch.save()

    journal.record(events.UNIMPORTED, by=by, about=batch, source=batch.source, count=len(rows))
    return len(rows)


def _unknown(source: str, rows: Sequence[IncomingReport]) -> list[IncomingReport]:
    """Rows that neither the register nor an earlier row of this import has; the first of doubles wins."""
    known = queries.known_source_ids(source, [row.source_id for row in rows])
    new: dict[str, IncomingReport] = {}
    for row in rows:
        if row.source_id not in known:
            new.setdefault(row.source_id, row)
    return list(new.values())


def _kinds_by_code(kinds: NewKinds, wanted: set[str]) -> dict[str, Category]:
    found = {kind.code: kind for kind in Category.objects.filter(code__in=wanted)}
    missing = sorted(wanted - found.keys())
    if missing:
        group, _made = Category.objects.get_or_create(
            code=kinds.group_code, defaults={"name": kinds.group_name, "is_active": kinds.in_use}
        )
        for code in missing:
            values = {"name": kinds.names[code], "parent": group, "is_active": kinds.in_use}
            found[code] = Category.objects.create(code=code, **values)
    return found


def _year(row: IncomingReport) -> int:
    return timezone.localtime(row.opened_at).year


def _references(rows: Sequence[IncomingReport]) -> list[str]:
    """A reference for each row, in the series of the year in which it was opened."""
    following = {
        year: Counter.next(f"report:{year}", count=count)
        for year, count in sorted(Counts(_year(row) for row in rows).items())
    }
    references = []
    for row in rows:
        year = _year(row)
        references.append(f"{year}-{following[year]:05d}")
        following[year] += 1
    return references


def _report(
    batch: ImportBatch, row: IncomingReport, kind: Category, reference: str, language: str, due_on: dt.date
) -> Report:
    return Report(
        reference=reference,
        channel=row.channel,
        category=kind,
        title=row.title,
        description=row.description,
        received_at=row.opened_at,
        language=language,
        legal_basis=kind.legal_basis,
        wants_contact=False,
        state=row.state,
        due_on=due_on if row.state == ReportState.RECEIVED else None,
        ended_at=row.closed_at,
        answer=row.answer if row.state == ReportState.ANSWERED else "",
        set_aside_reason=row.reason if row.state == ReportState.SET_ASIDE else "",
        lat=row.lat,
        lon=row.lon,
        civic_number_id=row.civic_number_id,
        address=row.address,
        place_words=row.place_words,
        area_id=row.area_id,
        source=batch.source,
        source_id=row.source_id,
        batch=batch,
    )


def _ending_moves(
    by: Actor, reports: Iterable[Report], rows: Iterable[IncomingReport]
) -> Iterator[ReportMove]:
    """What ended in the other program ended there and then: the move says so, and can be undone like any other."""
    for report, row in zip(reports, rows, strict=True):
        if report.state != ReportState.RECEIVED:
            yield ReportMove(
                row=report,
                by_ref=by.ref,
                by_name=by.name,
                at=row.closed_at or row.opened_at,
                from_state=ReportState.RECEIVED,
                to_state=report.state,
                reason=row.reason,
            )
