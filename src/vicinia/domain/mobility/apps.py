from django.apps import AppConfig


class MobilityConfig(AppConfig):
    name = "vicinia.domain.mobility"
    label = "mobility"
