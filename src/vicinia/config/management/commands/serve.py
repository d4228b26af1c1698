"""vicinia serve: the web server and the worker of one town."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from vicinia.config.serving import serve


class Command(BaseCommand):
    """One process tree and one folder serve a town; behind a proxy that speaks https."""

    help = "Bring the database up to date, collect the static files, serve pages and deliver messages."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--bind", default="127.0.0.1:8000")
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--threads", type=int, default=2)

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        sys.exit(serve(options["bind"], workers=options["workers"], threads=options["threads"]))
