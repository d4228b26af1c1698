"""The three real sets come in whole, with the mapping files of examples/imports."""

from __future__ import annotations

from pathlib import Path

import pytest

from vicinia.domain.listening import actions, bulk
from vicinia.domain.listening.models import Report
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "imports"
BY = Actor.job("import-reports", frozenset({Capability.IMPORT_REPORTS}))

pytestmark = [pytest.mark.scale, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("name", "path", "read", "kept", "placed"),
    [
        ("alessandria", "alessandria/segnalazioni-municipium_segnalazioni-municipium.csv", 4651, 4615, 0),
        ("zurich", "zurich/reports_cleaned.csv", 62245, 62245, 62245),
        ("boston", "boston311_2015.csv.gz", 121145, 121145, 104075),
    ],
)
def test_a_real_set_comes_in_whole_once_and_goes_out_again(
    public_data: Path, name: str, path: str, read: int, kept: int, placed: int
) -> None:
    mapping = bulk.read_mapping(EXAMPLES / f"{name}.toml")
    first = bulk.import_good_rows(by=BY, mapping=mapping, file=public_data / path)
    assert (first.tally.read, first.tally.kept) == (read, kept)
    assert Report.objects.filter(lat__isnull=False).count() == placed
    assert Entry.objects.filter(event="report.imported").count() == kept

    again = bulk.try_import(mapping=mapping, file=public_data / path)
    assert (again.tally.kept, again.tally.known) == (0, kept)

    assert first.batch is not None
    actions.undo_import(by=BY, batch=first.batch)
    assert not Report.objects.exists()
