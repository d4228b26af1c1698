from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "vicinia.domain.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        panel = registries.Panel(
            "case", "outcome_on_case", _("Ha funzionato?"), Capability.SEE_CASES, order=40
        )
        registries.panels.append(panel)
