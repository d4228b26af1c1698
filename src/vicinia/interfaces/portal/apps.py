from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "vicinia.interfaces.portal"
    label = "portal"

    def ready(self) -> None:
        from vicinia.interfaces.portal import documents

        documents.register_all()
