"""vicinia rotate-field-keys: encrypt every field again with the newest key."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from vicinia.config.actions import rotate_field_keys
from vicinia.foundation.kernel.actor import Actor


class Command(BaseCommand):
    """Put a new key first in VICINIA_FIELD_KEYS, run this, then take the old key away."""

    help = "Encrypt every encrypted field again with the newest key. May be stopped and run again."

    def handle(self, *args: Any, **options: Any) -> None:
        moved = rotate_field_keys(
            by=Actor.job("rotate-field-keys"),
            told=lambda name, count: self.stdout.write(f"{name}: {count} values moved"),
        )
        kept = len(settings.FIELD_KEYS) - 1
        self.stdout.write(f"{moved} values moved to the newest key. {kept} older keys may now be taken away.")
