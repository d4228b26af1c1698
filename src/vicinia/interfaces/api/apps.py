from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "vicinia.interfaces.api"
    label = "api"
