"""vicinia demo: the fictional town, made once and then served as it was left."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from vicinia.demo import people, seeding
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.journal import jobs as journal


class Command(BaseCommand):
    """The town is made only where there is nothing: what was done in it is kept when it starts again."""

    help = "Make the fictional town of Borgo Vicino, if it is not there yet, and serve it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--reports", type=int, default=1500, help="how many ordinary reports in two years"
        )
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--no-serve", action="store_true", help="make the town and stop")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Set VICINIA_DEMO=1: the demo town has known passwords and must never be a real one."
            )
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if accounts.is_empty():
            self._make(options)
        self._tell(options["port"])
        if not options["no_serve"]:
            call_command("serve", bind=f"127.0.0.1:{options['port']}")

    def _make(self, options: dict[str, Any]) -> None:
        self.stdout.write("Borgo Vicino lives its two years (once; it takes a minute or two)…")
        self.stdout.write("On a new machine early warning is compiled on its first night: 20 seconds more.")
        with tqdm(total=1, unit=" things", disable=not sys.stderr.isatty()) as bar:

            def told(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            count = seeding.live(
                now=timezone.localtime(), seed=options["seed"], reports=options["reports"], told=told
            )
        journal.seal()
        self.stdout.write(f"{count} things happened in the town.")

    def _tell(self, port: int) -> None:
        self.stdout.write(f"\nBorgo Vicino is on http://127.0.0.1:{port}\n")
        self.stdout.write(
            f"Staff sign in at http://127.0.0.1:{port}/accesso with the password  {people.PASSWORD}\n"
        )
        for member in people.STAFF:
            role = str(Role(member.role).label)
            self.stdout.write(f"  {role:42} {member.email:42} {member.name}, {member.job}")
        self.stdout.write(
            "Here the second factor is not asked for; in a real town it is. Residents need no account.\n"
        )
        if page := seeding.page_of_a_resident():
            self.stdout.write(
                f"A resident follows her report, and may ask for a review, on http://127.0.0.1:{port}{page}\n"
            )
        self.stdout.write("Ctrl-C stops; what was done is kept in var/demo and is there at the next start.\n")
        self.stdout.flush()
