from django.apps import AppConfig


class ListeningConfig(AppConfig):
    name = "vicinia.domain.listening"
    label = "listening"

    def ready(self) -> None:
        from vicinia.domain.listening import counting, search

        search.register()
        counting.register()
