"""`vicinia import-territory MAPPING.toml`"""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from vicinia.domain.territory.bulk import MappingError, Outcome, import_territory, write_refused
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor

Row = TypeVar("Row")


class Command(BaseCommand):
    """Takes in streets, civic numbers, areas, places, houses and the background map from the files of the municipality."""

    help = "Streets, civic numbers, areas, places, houses and background map from files, by a mapping file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("mapping", type=Path, help="TOML file that says which file has what")
        parser.add_argument(
            "--folder", type=Path, help="where the files are, instead of what the mapping says"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="tell what would change, and change nothing"
        )
        parser.add_argument("--all-or-nothing", action="store_true", help="keep nothing if a row is refused")
        parser.add_argument(
            "--refused", type=Path, help="CSV of the refused rows (default: beside the mapping)"
        )

    def handle(self, *args: Any, mapping: Path, **options: Any) -> None:
        by = Actor.job("import-territory", frozenset({Capability.EDIT_TERRITORY, Capability.EDIT_BUILDINGS}))
        keep = not options["dry_run"]
        try:
            outcome = import_territory(
                by=by,
                mapping=mapping,
                folder=options["folder"],
                keep=keep,
                whole=options["all_or_nothing"],
                watch=_with_progress,
            )
        except MappingError as error:
            raise CommandError(str(error)) from error
        self._tell(outcome)
        if outcome.refused:
            path = options["refused"] or mapping.with_suffix(".refused.csv")
            write_refused(outcome, path)
            self.stdout.write(
                _("%(count)s righe scartate: i motivi sono in %(path)s")
                % {"count": outcome.refused, "path": path}
            )
        if keep and not outcome.is_kept:
            raise CommandError(_("Ci sono righe scartate: non è stato tenuto niente."))

    def _tell(self, outcome: Outcome) -> None:
        for each in outcome.done:
            counts = _(
                "nuovi %(new)s, cambiati %(changed)s, uguali %(same)s, tolti %(gone)s, scartati %(refused)s"
            )
            tally = each.tally
            words = counts % {
                "new": tally.new,
                "changed": tally.changed,
                "same": tally.same,
                "gone": tally.gone,
                "refused": len(tally.refused),
            }
            self.stdout.write(f"{each.what:<9} {each.file.name}: {words}")
        if outcome.moved_numbers or outcome.moved_places:
            moved = {"numbers": outcome.moved_numbers, "places": outcome.moved_places}
            self.stdout.write(_("%(numbers)s numeri civici e %(places)s luoghi hanno cambiato zona.") % moved)
        if outcome.changed_nothing:
            self.stdout.write(_("Non cambia niente: il territorio è già così."))
        elif not outcome.is_kept:
            self.stdout.write(_("Non è stato cambiato niente."))


def _with_progress(rows: Iterable[Row], title: str) -> Iterable[Row]:
    """A bar on a terminal, nothing in a log."""
    bar: Iterable[Row] = tqdm(rows, desc=title, unit="", disable=not sys.stderr.isatty(), file=sys.stderr)
    return bar
