"""vicinia backup: the whole town in one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vicinia.config.backup import BackupError, backup


class Command(BaseCommand):
    """Safe while the town is served. The file holds personal data: keep it as such."""

    help = "Write database and attachments to one verified file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument(
            "--with-keys", action="store_true", help="put keys.json in too: the file then opens by itself"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = backup(options["path"].absolute(), with_keys=options["with_keys"])
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['path']}: {len(content.names)} files, read back and whole.")
        if not content.has_keys:
            self.stdout.write(
                "Without its keys the backup does not open: keep keys.json in another safe place."
            )
