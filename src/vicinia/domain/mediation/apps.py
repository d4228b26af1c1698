from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "vicinia.domain.mediation"
    label = "mediation"
