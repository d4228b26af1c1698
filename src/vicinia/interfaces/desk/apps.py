from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "vicinia.interfaces.desk"
    label = "desk"

    def ready(self) -> None:
        from vicinia.foundation.look.navigation import desk
        from vicinia.interfaces.desk.navigation import entries

        desk.entries = entries
        desk.search_url_name = "search"
