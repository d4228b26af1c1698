from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vicinia.foundation.accounts"
    label = "accounts"

    def ready(self) -> None:
        import_module("vicinia.foundation.accounts.signals")
