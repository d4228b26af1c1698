from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "vicinia.domain.commons"
    label = "commons"
