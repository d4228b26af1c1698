from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "vicinia.domain.risk"
    label = "risk"
