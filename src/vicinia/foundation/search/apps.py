from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "vicinia.foundation.search"
    label = "search"

    def ready(self) -> None:
        from vicinia.foundation.search import index

        post_migrate.connect(index.prepare, sender=self, dispatch_uid="search.prepare")
