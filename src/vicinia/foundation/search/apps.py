from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "vicinia.foundation.search"
    label = "search"
