from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "vicinia.domain.casework"
    label = "casework"

    def ready(self) -> None:
        from vicinia.domain.casework import documents, search

        documents.register_all()
        search.register()
