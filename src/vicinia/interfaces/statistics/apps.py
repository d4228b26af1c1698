from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "vicinia.interfaces.statistics"
    label = "statistics"
