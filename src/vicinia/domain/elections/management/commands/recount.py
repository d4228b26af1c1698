"""`vicinia recount FILE`: count a published vote again, or draw a published draw again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from vicinia_analytics import lots, voting


class Command(BaseCommand):
    """Reads a file as it was published, and nothing else: no database, no town."""

    help = (
        "Count a published vote again, or draw a published draw again; fails if it is not what was published."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the JSON file of the vote or of the draw")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            document = json.loads(Path(options["file"]).read_text())
            is_draw = document["format"] == lots.FORMAT
            found = lots.redraw(document) if is_draw else voting.recount(document)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"not a published vote or draw: {error}") from error
        for line in _drawn(found) if isinstance(found, lots.Redrawn) else _counted(found):
            self.stdout.write(line)
        if found.problems:
            raise CommandError(f"not what was published: {', '.join(found.problems)}")
        self.stdout.write("as published")


def _drawn(found: lots.Redrawn) -> list[str]:
    return [f"drawn: {' '.join(found.drawn)}", f"in reserve: {' '.join(found.reserves)}"]


def _counted(found: voting.Recounted) -> list[str]:
    count = found.count
    votes = f"ballots: {count.ballots} ({count.valid} valid, {count.blank} blank, {count.spoiled} spoiled)"
    rounds = [f"round {n}: {one.votes}" for n, one in enumerate(count.rounds, start=1)]
    chosen = ", ".join(f"{letter}. {found.options.get(letter, '')}" for letter in count.elected)
    return [votes, *rounds, f"chosen: {chosen}"]
