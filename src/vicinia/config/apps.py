from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "vicinia.config"
    label = "config"
