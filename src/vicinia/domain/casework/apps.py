from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "vicinia.domain.casework"
    label = "casework"
