"""`vicinia undo-import NUMBER`"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from vicinia.domain.listening import actions, queries
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible, Refused


class Command(BaseCommand):
    """Takes an import back, if nobody has worked on its reports."""

    help = (
        "Take back an import as a whole. Its number is told by import-reports and by the page /importazioni."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("number", type=int, help="number of the import")

    def handle(self, *args: Any, number: int, **options: Any) -> None:
        by = Actor.job("undo-import", frozenset({Capability.IMPORT_REPORTS}))
        try:
            count = actions.undo_import(by=by, batch=queries.batch_numbered(by, number))
        except NotVisible:
            raise CommandError(_("L'importazione numero %(number)s non c'è.") % {"number": number})
        except Refused as refusal:
            raise CommandError(str(refusal.verdict.sentence))
        self.stdout.write(_("Tolte %(count)s segnalazioni.") % {"count": count})
