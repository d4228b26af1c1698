"""vicinia docs: write docs/generated from the program."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from vicinia.config import generated_docs


class Command(BaseCommand):
    """Run after changing a role, a table of moves or a setting."""

    help = "Write docs/generated/states.md, permissions.md and settings.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when a page is out of step"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            late = generated_docs.out_of_step()
            if late:
                raise CommandError(f"Out of step: {', '.join(late)}. Run `vicinia docs`.")
            return
        for name in generated_docs.write_pages():
            self.stdout.write(f"Written: docs/generated/{name}")
