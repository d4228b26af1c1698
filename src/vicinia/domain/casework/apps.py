from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "vicinia.domain.casework"
    label = "casework"

    def ready(self) -> None:
        from vicinia.domain.casework import counting, documents, search

        documents.register_all()
        search.register()
        counting.register()
