from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "vicinia.domain.presence"
    label = "presence"
