from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "vicinia.domain.territory"
    label = "territory"

    def ready(self) -> None:
        from vicinia.domain.territory import search

        search.register()
