"""Reports of other programs: read row by row, kept, refused with a reason, and undone as a batch."""

from __future__ import annotations

import csv
import gzip
import itertools
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from vicinia.domain.listening import actions, bulk, queries
from vicinia.domain.listening.bulk.mapping import Mapping, mapping_of
from vicinia.domain.listening.models import Category, ImportBatch, Report, ReportMove
from vicinia.domain.listening.states import ReportState
from vicinia.domain.listening.tests.factories import kind
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.search import queries as search

BY = Actor.job("import-reports", frozenset({Capability.IMPORT_REPORTS}))
EXAMPLES = Path(__file__).resolve().parents[5] / "examples" / "imports"
COLUMNS = {
    "id": "n",
    "opened": "aperta",
    "closed": "chiusa",
    "kind": "tipo",
    "x": "lon",
    "y": "lat",
    "area": "zona",
}
HEADER = "n,aperta,chiusa,tipo,lon,lat,zona\n"
GOOD = "1,2026-03-02 10:15,2026-03-05 09:00,Rumore,10.605,44.805,\n"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_day() -> Any:
    with time_machine.travel("2026-03-10T10:00:00+01:00", tick=False):
        yield


def a_mapping(**changes: Any) -> Mapping:
    return mapping_of(
        {"source": "vecchio", "columns": COLUMNS, "box": "any", "dates": ["%Y-%m-%d %H:%M", "iso"]} | changes
    )


def a_file(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "vecchio.csv"
    path.write_text(header + "".join(lines), encoding="utf-8")
    return path


def import_lines(folder: Path, *lines: str, **changes: Any) -> bulk.Outcome:
    kind("rumore", name="Rumore")
    return bulk.import_good_rows(by=BY, mapping=a_mapping(**changes), file=a_file(folder, *lines))


def test_a_row_becomes_a_report_with_number_state_and_dates(tmp_path: Path, cast: Cast) -> None:
    outcome = import_lines(tmp_path, GOOD)
    report = Report.objects.get()
    assert (outcome.tally.kept, report.reference, report.state) == (1, "2026-00001", ReportState.ANSWERED)
    assert report.received_at.isoformat() == "2026-03-02T09:15:00+00:00"
    assert report.ended_at is not None and report.due_on is None
    assert (report.area, report.category.code, report.channel) == (cast.crocetta, "rumore", "import")


def test_an_open_row_gets_the_day_by_which_somebody_looks_at_it(tmp_path: Path) -> None:
    import_lines(tmp_path, "1,2026-03-02 10:15,,Rumore,,,\n")
    report = Report.objects.get()
    assert (report.state, str(report.due_on), report.ended_at) == (ReportState.RECEIVED, "2026-03-12", None)


def test_every_imported_report_has_its_line_its_move_and_is_found_by_words(
    tmp_path: Path, cast: Cast
) -> None:
    import_lines(tmp_path, GOOD, title="{tipo} in via Roma")
    report = Report.objects.get()
    assert Entry.objects.filter(about=f"report:{report.reference}", event="report.imported").count() == 1
    move = ReportMove.objects.get(row=report)
    assert (move.from_state, move.to_state, move.at) == ("received", "answered", report.ended_at)
    found = search.search(cast.actor(cast.carla), "rumori Roma", only=["report"])
    assert [hit.reference for hit in found[0].hits] == [report.reference]


def test_importing_the_same_file_again_adds_nothing(tmp_path: Path) -> None:
    import_lines(tmp_path, GOOD)
    again = import_lines(tmp_path, GOOD, GOOD.replace("1,", "2,", 1))
    assert (again.tally.kept, again.tally.known, Report.objects.count()) == (1, 1, 2)


def test_rows_without_an_id_keep_theirs_from_what_they_say(tmp_path: Path) -> None:
    columns = {key: name for key, name in COLUMNS.items() if key != "id"}
    first = import_lines(tmp_path, GOOD, GOOD, columns=columns)
    new_row_above = "7,2026-03-01 08:00,,Rumore,,,\n"
    again = import_lines(tmp_path, new_row_above, GOOD, GOOD, columns=columns)
    assert (first.tally.kept, again.tally.kept, again.tally.known) == (2, 1, 2)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("1,,,Rumore,,,\n", "Manca la data"),
        ("1,31/02/2026,,Rumore,,,\n", "aperta non è una data: 31/02/2026"),
        ("1,0001-01-01,,Rumore,,,\n", "non è una data"),
        ("1,2027-01-01 00:00,,Rumore,,,\n", "nel futuro"),
        ("1,2026-03-02 10:15,2026-03-01 10:00,Rumore,,,\n", "prima dell'apertura"),
        ("1,2026-03-02 10:15,,Altro,,,\n", "Il tipo «Altro»"),
        ("1,2026-03-02 10:15,,Rumore,abc,44,\n", "non sono numeri"),
        ("1,2026-03-02 10:15,,Rumore,inf,44,\n", "non sono numeri"),
        ("1,2026-03-02 10:15,,Rumore,10.6,144.8,\n", "fuori dal territorio"),
        (",2026-03-02 10:15,,Rumore,,,\n", "Manca l'identificativo"),
        ("1,2026-03-02 10:15,,Rumore\n", "4 colonne invece di 7"),
        (f"{'9' * 81},2026-03-02 10:15,,Rumore,,,\n", "troppo lungo"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason_and_does_not_stop_the_others(
    tmp_path: Path, row: str, why: str
) -> None:
    outcome = import_lines(tmp_path, row, GOOD.replace("1,", "2,", 1))
    (refusal,) = outcome.tally.refused
    assert why in str(refusal.reason)
    assert (refusal.line, outcome.tally.kept) == (2, 1)
    assert outcome.batch is not None and outcome.batch.refusals == [[2, str(refusal.reason)]]


def test_a_row_in_another_encoding_and_one_with_an_open_quote_are_refused(tmp_path: Path) -> None:
    kind("rumore", name="Rumore")
    path = tmp_path / "vecchio.csv"
    latin = "1,2026-03-02 10:15,,Rumore,,,Città\n".encode("latin-1")
    path.write_bytes(HEADER.encode() + latin + GOOD.encode() + b'3,"2026-03-02' + b"x" * 300_000)
    outcome = bulk.import_good_rows(by=BY, mapping=a_mapping(), file=path)
    assert [str(row.reason)[:22] for row in outcome.tally.refused] == [
        "La riga non è scritta ",
        "Riga non leggibile: fi",
    ]
    assert outcome.tally.kept == 1


def test_odd_dates_are_put_right_and_told_when_the_mapping_keeps_them(tmp_path: Path) -> None:
    outcome = import_lines(tmp_path, "1,2026-03-02 10:15,2026-03-01 10:00,Rumore,,,\n", odd_dates="keep")
    report = Report.objects.get()
    assert (len(outcome.tally.warned), report.ended_at) == (1, report.received_at)


def test_a_point_outside_the_town_is_refused_and_the_point_for_unknown_is_no_point(
    tmp_path: Path, cast: Cast
) -> None:
    far = "1,2026-03-02 10:15,,Rumore,12.5,41.9,\n"
    outcome = import_lines(
        tmp_path, far, GOOD.replace("1,", "2,", 1), box="town", no_point=[[44.805, 10.605]]
    )
    assert "fuori dal territorio" in str(outcome.tally.refused[0].reason)
    assert Report.objects.get().lat is None


def test_an_area_is_found_by_its_name_and_an_unknown_one_is_kept_in_words(tmp_path: Path, cast: Cast) -> None:
    import_lines(tmp_path, "1,2026-03-02 10:15,,Rumore,,,CROCETTA\n", "2,2026-03-02 10:15,,Rumore,,,Porto\n")
    first, second = Report.objects.order_by("pk")
    assert (first.area, second.area, second.place_words) == (cast.crocetta, None, "Porto")


def test_points_of_another_reference_system_become_degrees(tmp_path: Path) -> None:
    import_lines(tmp_path, "1,2026-03-02 10:15,,Rumore,2683920,1245604,\n", epsg=2056)
    report = Report.objects.get()
    assert (round(report.lat, 3), round(report.lon, 3)) == (47.356, 8.549)


def test_kinds_that_are_missing_are_made_out_of_use_and_only_when_asked(tmp_path: Path) -> None:
    row = "1,2026-03-02 10:15,,Topi & Blatte,,,\n"
    assert import_lines(tmp_path, row).tally.kept == 0
    import_lines(tmp_path, row, kinds={"create": True, "group": "Vecchio programma"})
    made = Category.objects.get(name="Topi & Blatte")
    assert (made.parent and made.parent.name, made.is_active) == ("Vecchio programma", False)
    assert made not in queries.kinds_in_use()
    assert made in queries.kinds()


def test_states_of_the_source_become_ours_with_the_reason(tmp_path: Path) -> None:
    states = {"open": ["nuova"], "set_aside": ["annullata"], "by_closing": ["?"]}
    columns = COLUMNS | {"state": "zona"}
    rows = [
        f"{n},2026-03-02 10:15,,Rumore,,,{word}\n"
        for n, word in enumerate(["nuova", "annullata", "?", "boh"])
    ]
    outcome = import_lines(tmp_path, *rows, columns=columns, states=states)
    assert [row.state for row in Report.objects.order_by("pk")] == ["received", "set_aside", "received"]
    assert Report.objects.get(state="set_aside").set_aside_reason == "annullata"
    assert "«boh»" in str(outcome.tally.refused[0].reason)


def test_a_dry_run_writes_nothing_and_tells_what_would_happen(tmp_path: Path) -> None:
    kind("rumore", name="Rumore")
    mapping = a_mapping(kinds={"create": True})
    file = a_file(tmp_path, GOOD, GOOD, "2,2026-03-02 10:15,,Nuovo,,,\n", "3,ieri,,Rumore,,,\n")
    outcome = bulk.try_import(mapping=mapping, file=file)
    assert (outcome.tally.kept, outcome.tally.known, len(outcome.tally.refused)) == (2, 1, 1)
    assert outcome.new_kinds == ("Nuovo",)
    assert not Report.objects.exists() and not ImportBatch.objects.exists() and not Entry.objects.exists()


def test_all_or_nothing_leaves_nothing_behind_when_a_row_is_refused(tmp_path: Path) -> None:
    kind("rumore", name="Rumore")
    kinds = Category.objects.count()
    file = a_file(tmp_path, GOOD, "2,2026-03-02 10:15,,Nuovo,,,\n", "3,ieri,,Rumore,,,\n")
    mapping = a_mapping(kinds={"create": True})
    outcome = bulk.import_all_or_nothing(by=BY, mapping=mapping, file=file)
    assert (outcome.batch, outcome.tally.kept) == (None, 0)
    assert not Report.objects.exists() and not ImportBatch.objects.exists() and not Entry.objects.exists()
    assert Category.objects.count() == kinds


def test_an_import_that_broke_off_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vicinia.domain.listening.bulk.reading.AT_ONCE", 2)
    kind("rumore", name="Rumore")
    file = a_file(tmp_path, *(GOOD.replace("1,", f"{n},", 1) for n in range(5)))

    def broken(rows: Any) -> Any:
        yield from itertools.islice(rows, 3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bulk.import_good_rows(by=BY, mapping=a_mapping(), file=file, watch=broken)
    assert (Report.objects.count(), ImportBatch.objects.get().kept_count) == (2, 2)
    outcome = bulk.import_good_rows(by=BY, mapping=a_mapping(), file=file)
    assert (outcome.tally.kept, outcome.tally.known, Report.objects.count()) == (3, 2, 5)


def test_undoing_takes_reports_out_of_register_and_search_and_never_gives_their_numbers_again(
    tmp_path: Path, cast: Cast, settings: Any
) -> None:
    settings.SECOND_FACTOR = False
    batch = import_lines(tmp_path, GOOD).batch
    assert batch is not None
    client = Client()
    client.force_login(cast.carla)
    assert client.get(reverse("import_undo", args=[batch.pk])).status_code == 200, "it asks once more"
    assert actions.undo_import(by=BY, batch=batch) == 1
    assert not Report.objects.exists() and not ReportMove.objects.exists()
    assert not search.search(cast.actor(cast.carla), "rumore", only=["report"])[0].hits
    assert Entry.objects.filter(event="report.unimported").count() == 1
    import_lines(tmp_path, GOOD)
    assert Report.objects.get().reference == "2026-00002"
    with pytest.raises(Refused, match="già stata annullata"):
        actions.undo_import(by=BY, batch=batch)


def test_an_import_that_somebody_worked_on_is_not_undone(tmp_path: Path, cast: Cast) -> None:
    batch = import_lines(tmp_path, GOOD, "2,2026-03-02 10:15,,Rumore,10.605,44.805,\n").batch
    assert batch is not None
    actions.take(by=cast.actor(cast.anna), report=Report.objects.get(state="received"))
    with pytest.raises(Refused, match="1 segnalazioni"):
        actions.undo_import(by=BY, batch=batch)
    assert Report.objects.count() == 2


@pytest.mark.parametrize("who", ["anna", "bruno", "lucia", "marco", "paolo", "vera", "dario"])
def test_only_who_may_import_imports_and_undoes(tmp_path: Path, cast: Cast, who: str) -> None:
    by = cast.actor(getattr(cast, who))
    batch = import_lines(tmp_path, GOOD).batch
    assert batch is not None
    with pytest.raises(Refused):
        bulk.import_good_rows(by=by, mapping=a_mapping(), file=tmp_path / "vecchio.csv")
    with pytest.raises(Refused):
        actions.undo_import(by=by, batch=batch)
    assert not queries.batches(by)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"colums": {}}, "colums"),
        ({"columns": {"kind": "tipo"}}, "columns.opened"),
        ({"columns": {"opened": "aperta", "x": "lon"}}, "columns.x"),
        ({"columns": COLUMNS | {"opened": "data"}}, "columns.opened"),
        ({"columns": {"opened": "aperta"}}, "kinds.default"),
        ({"source": ""}, "source"),
        ({"time_zone": "Marte/Base"}, "time_zone"),
        ({"encoding": "klingon"}, "encoding"),
        ({"epsg": "2056"}, "epsg"),
        ({"epsg": 1}, "epsg"),
        ({"box": [1, 2, 3]}, "box"),
        ({"odd_dates": "forse"}, "odd_dates"),
        ({"title": "{manca}"}, "title"),
        ({"title": "{tipo.__class__}"}, "title"),
        ({"kinds": {"map": {"a": "non-c-e"}}}, "kinds.map"),
        ({"states": {"chiuse": []}}, "states.chiuse"),
        ({"channels": {"App": "piccione"}}, "channels.App"),
    ],
)
def test_a_wrong_mapping_says_which_key_is_wrong(tmp_path: Path, changes: dict[str, Any], key: str) -> None:
    with pytest.raises(bulk.MappingError, match=key.replace(".", r"\.")):
        import_lines(tmp_path, GOOD, **changes)
    assert not ImportBatch.objects.exists()


def test_the_command_imports_tells_and_undoes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = tmp_path / "vecchio.toml"
    mapping.write_text(
        'source = "v"\nbox = "any"\n[columns]\nopened = "aperta"\nkind = "tipo"\n[kinds]\ncreate = true\n'
    )
    file, refused = a_file(tmp_path, GOOD, "2,ieri,,=1+1,,,\n"), tmp_path / "scartate.csv"
    call_command("import_reports", str(mapping), str(file), refused=refused)
    assert "nuove 1" in capsys.readouterr().out
    rows = list(csv.reader(refused.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    assert rows[1][:3] == ["3", "scartata", "aperta non è una data: ieri."]
    with pytest.raises(CommandError, match="non è stato tenuto niente"):
        call_command("import_reports", str(mapping), str(file), all_or_nothing=True, refused=refused)
    call_command("undo_import", str(ImportBatch.objects.get().pk))
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("name", "path", "kept"),
    [
        ("alessandria", "alessandria/segnalazioni-municipium_segnalazioni-municipium.csv", 296),
        ("zurich", "zurich/reports_cleaned.csv", 300),
        ("boston", "boston311_2015.csv.gz", 300),
    ],
)
def test_the_first_rows_of_the_real_sets_come_in(
    public_data: Path, tmp_path: Path, name: str, path: str, kept: int
) -> None:
    source = public_data / path
    with gzip.open(source, "rt") if path.endswith("gz") else source.open() as lines:
        (tmp_path / "head.csv").write_text("".join(itertools.islice(lines, 301)))
    mapping = bulk.read_mapping(EXAMPLES / f"{name}.toml")
    outcome = bulk.import_all_or_nothing if not name.startswith("a") else bulk.import_good_rows
    tally = outcome(by=BY, mapping=mapping, file=tmp_path / "head.csv").tally
    assert tally.kept == kept, [str(row.reason) for row in tally.refused]
