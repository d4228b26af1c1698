from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "vicinia.foundation.journal"
    label = "journal"
