from django.apps import AppConfig
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "vicinia.foundation.journal"
    label = "journal"

    def ready(self) -> None:
        from vicinia.foundation.journal.triggers import protect_lines

        post_migrate.connect(protect_lines, sender=self, dispatch_uid="journal.protect_lines")
