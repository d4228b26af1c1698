from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "vicinia.interfaces.portal"
    label = "portal"
