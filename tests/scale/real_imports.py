"""A real set of reports, taken in with its mapping file of examples/imports, and out again."""

from __future__ import annotations

from pathlib import Path

from vicinia.domain.listening import actions, bulk
from vicinia.domain.listening.models import Report
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "imports"
BY = Actor.job("import-reports", frozenset({Capability.IMPORT_REPORTS}))


def comes_in_whole_once_and_goes_out_again(
    name: str, file: Path, *, read: int, kept: int, placed: int
) -> None:
    """Import the set, see that a second time would add nothing, and take it back."""
    mapping = bulk.read_mapping(EXAMPLES / f"{name}.toml")
    first = bulk.import_good_rows(by=BY, mapping=mapping, file=file)
    assert (first.tally.read, first.tally.kept) == (read, kept)
    assert Report.objects.filter(lat__isnull=False).count() == placed
    assert Entry.objects.filter(event="report.imported").count() == kept

    again = bulk.try_import(mapping=mapping, file=file)
    assert (again.tally.kept, again.tally.known) == (0, kept)

    assert first.batch is not None
    actions.undo_import(by=BY, batch=first.batch)
    assert not Report.objects.exists()
