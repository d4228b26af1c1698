from django.apps import AppConfig


class PartnerConfig(AppConfig):
    name = "vicinia.interfaces.partner"
    label = "partner"
