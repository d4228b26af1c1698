from django.apps import AppConfig


class ProblemsConfig(AppConfig):
    name = "vicinia.domain.problems"
    label = "problems"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        panel = registries.Panel("case", "sheet_on_case", _("Scheda SARA"), Capability.SEE_CASES, order=15)
        registries.panels.append(panel)
