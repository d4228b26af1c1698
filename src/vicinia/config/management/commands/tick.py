"""vicinia tick: what a worker does, once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from vicinia.config.work import work_once


class Command(BaseCommand):
    """For a systemd timer or cron, where no worker runs all the time."""

    requires_system_checks = ()  # they are about pages, and a worker has none
    help = "Run what is due and deliver waiting messages, once."

    def handle(self, *args: Any, **options: Any) -> None:
        tried = work_once(messages=500)
        self.stdout.write(f"Messages tried: {tried}.")
