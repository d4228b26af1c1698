from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "vicinia.demo"
    label = "demo"
