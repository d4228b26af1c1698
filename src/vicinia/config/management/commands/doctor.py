"""vicinia doctor: whether this installation is well."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from vicinia.config.doctor import findings


class Command(BaseCommand):
    """Ends with 1 when something has to be seen to, for monitoring."""

    requires_system_checks = ()  # it has to speak when the rest does not work
    help = "Look at database, journal, keys, attachments, messages, jobs and settings."

    def handle(self, *args: Any, **options: Any) -> None:
        troubles = 0
        for finding in findings():
            troubles += not finding.is_well
            self.stdout.write(f"{'well   ' if finding.is_well else 'TROUBLE'}  {finding.sentence}")
        if troubles:
            self.stdout.write(f"{troubles} things to see to.")
            sys.exit(1)
