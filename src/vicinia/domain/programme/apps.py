from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    name = "vicinia.domain.programme"
    label = "programme"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.programme import documents, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()
        queries.register_countables()
        registries.panels += [
            registries.Panel(
                "laboratory",
                "programmes_in_laboratory",
                _("Programmi"),
                Capability.SEE_PROGRAMME,
                order=10,
            ),
            registries.Panel(
                "assembly",
                "programme_of_assembly",
                _("Il programma"),
                Capability.SEE_PROGRAMME,
                order=90,
            ),
        ]
