from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "vicinia.foundation.accounts"
    label = "accounts"
