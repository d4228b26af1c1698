from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "vicinia.domain.network"
    label = "network"
