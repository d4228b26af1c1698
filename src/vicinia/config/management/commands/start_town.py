"""vicinia start-town: what a new municipality needs before its first report."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from vicinia.domain.listening import actions as listening
from vicinia.domain.mobility import actions as mobility
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.actions import UserDetails
from vicinia.foundation.accounts.states import Capability, Role
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.administration import actions as administration


class Command(BaseCommand):
    """Safe to run again: categories that exist stay, an administrator is invited only where there is nobody."""

    help = "Bring the database up to date, write the first categories and tables, invite the first administrator."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--administrator", required=True, metavar="EMAIL")
        parser.add_argument("--name", default="Amministratore")

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        needed = {Capability.MANAGE_SETTINGS, Capability.MANAGE_USERS}
        needed |= {Capability.RUN_MOBILITY, Capability.ASSIGN}
        by = Actor.job("start-town", frozenset(needed))
        self.stdout.write(f"Categories written: {listening.write_default_categories(by=by)}.")
        self.stdout.write(f"Tables of adequacy written: {mobility.take_in_tables(by=by)}.")
        if not accounts.is_empty():
            raise CommandError("There are users already: let one of the administrators invite the others.")
        details = UserDetails(name=options["name"], email=options["administrator"], role=Role.ADMINISTRATOR)
        invitation = administration.invite(by=by, details=details)
        self.stdout.write("The administrator chooses a password here, within a week:")
        self.stdout.write(administration.invitation_link(invitation))
