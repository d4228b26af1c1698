"""`vicinia import-reports MAPPING.toml FILE`"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from vicinia.domain.listening import bulk
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor


class Command(BaseCommand):
    """Takes in the reports of another program."""

    help = "Reports from a CSV file (gzipped or not), by a mapping file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mapping", type=Path, help="TOML file that says which column has what")
        parser.add_argument("file", type=Path, help="CSV file, gzipped or not")
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would happen, and write nothing"
        )
        which = parser.add_mutually_exclusive_group()
        which.add_argument(
            "--keep-good", action="store_true", help="keep the good rows (this is the default)"
        )
        which.add_argument("--all-or-nothing", action="store_true", help="keep nothing if a row is refused")
        parser.add_argument(
            "--refused", type=Path, help="CSV of refused rows (default: FILE.refused.csv here)"
        )

    def handle(self, *args: Any, mapping: Path, file: Path, **options: Any) -> None:
        by = Actor.job("import-reports", frozenset({Capability.IMPORT_REPORTS}))
        if not file.is_file():
            raise CommandError(_("Non trovo %(file)s.") % {"file": file})
        try:
            outcome = self._run(by, bulk.read_mapping(mapping), file, options)
        except bulk.MappingError as error:
            raise CommandError(str(error)) from error
        self._tell(outcome)
        if outcome.tally.refused or outcome.tally.warned:
            path = options["refused"] or Path(f"{file.name}.refused.csv")
            bulk.write_refused(outcome.tally, path)
            self.stdout.write(_("I motivi, riga per riga, sono in %(path)s") % {"path": path})
        if options["all_or_nothing"] and outcome.batch is None and not options["dry_run"]:
            raise CommandError(_("Ci sono righe scartate: non è stato tenuto niente."))

    def _run(self, by: Actor, mapping: Any, file: Path, options: dict[str, Any]) -> bulk.Outcome:
        shown = _with_progress(file)
        if options["dry_run"]:
            return bulk.try_import(mapping=mapping, file=file, watch=shown)
        if options["all_or_nothing"]:
            return bulk.import_all_or_nothing(by=by, mapping=mapping, file=file, watch=shown)
        return bulk.import_good_rows(by=by, mapping=mapping, file=file, watch=shown)

    def _tell(self, outcome: bulk.Outcome) -> None:
        tally = outcome.tally
        counts = {
            "read": tally.read,
            "kept": tally.kept,
            "known": tally.known,
            "refused": len(tally.refused),
            "warned": len(tally.warned),
        }
        words = _(
            "lette %(read)s, nuove %(kept)s, già note %(known)s, scartate %(refused)s, dubbie %(warned)s"
        )
        self.stdout.write(words % counts)
        if outcome.new_kinds:
            kinds = {"count": len(outcome.new_kinds), "names": ", ".join(outcome.new_kinds[:10])}
            self.stdout.write(_("Tipi di problema nuovi: %(count)s (%(names)s)") % kinds)
        if outcome.batch is None:
            self.stdout.write(_("Non è stato scritto niente."))
        else:
            number = {"number": outcome.batch.pk}
            self.stdout.write(
                _("Importazione numero %(number)s. Per annullarla: vicinia undo-import %(number)s") % number
            )


def _with_progress(file: Path) -> bulk.Watch:
    """A bar on a terminal, nothing in a log."""
    is_shown = sys.stderr.isatty()
    total = bulk.count_lines(file) if is_shown else None

    def shown(rows: Iterable[Any]) -> Iterable[Any]:
        bar: Iterable[Any] = tqdm(
            rows, total=total, desc=file.name, unit="", disable=not is_shown, file=sys.stderr
        )
        return bar

    return shown
