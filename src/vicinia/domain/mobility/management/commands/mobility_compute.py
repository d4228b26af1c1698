"""Compute a mobility plan that waits, or answer what was asked about households: what the worker starts apart."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from vicinia.domain.mobility import queries
from vicinia.domain.mobility.jobs import computing


class Command(BaseCommand):
    """One plan, or all questions that wait."""

    requires_system_checks = ()  # they are about pages, and a computation has none
    help = "Computes a mobility plan that waits; with --whys, the alternatives that were asked for."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("plan", nargs="?", type=int, help="the plan to compute, by the number of its row")
        parser.add_argument("--whys", action="store_true", help="answer what was asked about households")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["whys"]:
            self.stdout.write(f"Answered: {computing.answer_whys()}.")
        if options["plan"] is not None:
            plan = computing.carry_out(queries.plan_to_compute(options["plan"]))
            self.stdout.write(f"{plan.reference}: {plan.state}" if plan else "It does not wait.")
