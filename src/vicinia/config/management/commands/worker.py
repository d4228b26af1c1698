"""vicinia worker: deliver messages and run scheduled jobs, until told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import Error, close_old_connections

from vicinia.config.work import work_once

logger = logging.getLogger(__name__)
# A signal to stop is heeded between two rounds: a round must stay short.
MESSAGES_A_ROUND = 20


class Command(BaseCommand):
    """Several workers may run at once, on several machines."""

    requires_system_checks = ()  # they are about pages, and a worker has none
    help = "Deliver messages and run scheduled jobs until SIGTERM or Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--pause", type=float, default=2.0, help="seconds to rest when there is nothing to do"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        self.stdout.write("The worker is ready.")
        self.stdout.flush()
        while not stop.is_set():
            if _round() < MESSAGES_A_ROUND:
                stop.wait(options["pause"])
        self.stdout.write("The worker has stopped.")


def _round() -> int:
    """One round; a database that is away for a moment does not end the worker."""
    close_old_connections()
    try:
        return work_once(messages=MESSAGES_A_ROUND)
    except Error:
        logger.exception("The database did not answer; trying again")
        return 0
