from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "vicinia.foundation.look"
    label = "look"
