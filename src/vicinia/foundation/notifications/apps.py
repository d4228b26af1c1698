from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "vicinia.foundation.notifications"
    label = "notifications"
