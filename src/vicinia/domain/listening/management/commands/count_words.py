"""`vicinia count-words`: count which words are common in the reports, after a large import or a restore."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from vicinia.domain.listening import actions
from vicinia.foundation.kernel.actor import Actor


class Command(BaseCommand):
    """Counts at once what the nightly job would count."""

    help = "Count which words are common in the reports: related reports are compared by them."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(str(actions.count_words(by=Actor.job("count-words"))))
