from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "vicinia.domain.territory"
    label = "territory"
