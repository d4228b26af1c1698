from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "vicinia.domain.listening"
    label = "listening"
