from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "vicinia.interfaces.desk"
    label = "desk"
