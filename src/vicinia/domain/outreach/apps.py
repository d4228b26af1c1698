from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "vicinia.domain.outreach"
    label = "outreach"
