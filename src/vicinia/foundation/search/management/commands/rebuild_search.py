"""`vicinia rebuild-search [kind]`: index everything again, after a restore or a change of stemming."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from vicinia.foundation.kernel import registries
from vicinia.foundation.search import actions, queries


class Command(BaseCommand):
    help = "Indicizza di nuovo tutto quello che si può cercare, o un solo tipo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", nargs="?", help="un solo tipo, per esempio report")

    def handle(self, *args: Any, kind: str | None = None, **options: Any) -> None:
        if kind is not None and kind not in registries.search_documents:
            known = ", ".join(sorted(registries.search_documents)) or "nessuno"
            raise CommandError(f"Il tipo {kind} non c'è. Tipi che si cercano: {known}.")
        for subject in queries.kinds():
            if kind in (None, subject.kind):
                self._rebuild(subject.kind)
        actions.scrub()

    def _rebuild(self, kind: str) -> None:
        with tqdm(desc=kind, unit="", disable=None) as progress:
            done = 0
            for done in actions.rebuild(kind):
                progress.update(done - progress.n)
        self.stdout.write(f"{kind}: {done}")
