from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "vicinia.foundation.notifications"
    label = "notifications"

    def ready(self) -> None:
        from vicinia.foundation.notifications import documents

        documents.register_all()
