from django.apps import AppConfig


class AssembliesConfig(AppConfig):
    name = "vicinia.domain.assemblies"
    label = "assemblies"

    def ready(self) -> None:
        from vicinia.domain.assemblies import counting, documents

        documents.register_all()
        counting.register()
