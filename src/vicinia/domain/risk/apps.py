from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "vicinia.domain.risk"
    label = "risk"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        panel = registries.Panel("case", "risk_on_case", _("Rischio"), Capability.SEE_CASES, order=5)
        registries.panels.append(panel)
