"""Compute alerts again from the counts that their runs kept, and say whether the same comes out."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vicinia.domain.foresight import actions, jobs, queries
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor


class Command(BaseCommand):
    """Compute alerts again, all of them or those named."""

    help = "Computes alerts again from the counts that were kept. Fails if one comes out otherwise."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "references", nargs="*", help="references of alerts; all of them if none is given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        by = Actor.job("foresight.recompute", frozenset({Capability.SEE_ALERTS}))
        references = options["references"]
        alerts = (
            [queries.alert_named(by, name) for name in references] if references else list(queries.alerts(by))
        )
        other = []
        for alert in alerts:
            row = jobs.recompute(actions.ask_to_recompute(by=by, alert=alert))
            self.stdout.write(f"{alert.reference}: {'the same' if row.is_same else 'OTHERWISE'}")
            if not row.is_same:
                other.append(alert.reference)
        if other:
            raise SystemExit(1)
