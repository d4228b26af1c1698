"""vicinia restore: a town back from its file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vicinia.config.backup import BackupError, restore


class Command(BaseCommand):
    """Stop the server and the workers first."""

    requires_system_checks = ()  # the database they would look at is about to be replaced
    help = "Put database, attachments and keys back from a backup."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--replace", action="store_true", help="put what is here aside, then restore")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            content = restore(options["path"].absolute(), replace=options["replace"])
        except (BackupError, OSError) as error:
            raise CommandError(str(error)) from error
        made_at = content.manifest["made_at"]
        self.stdout.write(f"The town of {made_at} is back: {len(content.names)} files.")
        self.stdout.write("Run `vicinia migrate`, then `vicinia doctor`.")
