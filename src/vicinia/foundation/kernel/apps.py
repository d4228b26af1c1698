from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "vicinia.foundation.kernel"
    label = "kernel"
