from django.apps import AppConfig


class MobilityConfig(AppConfig):
    name = "vicinia.domain.mobility"
    label = "mobility"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.mobility import counting, documents
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()
        counting.register()
        run = Capability.RUN_MOBILITY
        registries.panels += [
            registries.Panel("rehousing_file", "rehousing_offers", _("Offerte di alloggio"), run, order=20),
            registries.Panel("rehousing_file", "rehousing_moves", _("Accordi e traslochi"), run, order=30),
            registries.Panel("rehousing_file", "rehousing_expenses", _("Spese"), run, order=40),
            registries.Panel(
                "rehousing_file", "rehousing_messages", _("La pagina della famiglia"), run, order=50
            ),
        ]
