from django.apps import AppConfig


class AdministrationConfig(AppConfig):
    name = "vicinia.interfaces.administration"
    label = "administration"
