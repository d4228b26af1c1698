from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "vicinia.domain.casework"
    label = "casework"

    def ready(self) -> None:
        from vicinia.domain.casework import search

        search.register()
