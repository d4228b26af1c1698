from django.apps import AppConfig


class EnforcementConfig(AppConfig):
    name = "vicinia.domain.enforcement"
    label = "enforcement"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        panel = registries.Panel("case", "acts_on_case", _("Atti"), Capability.SEE_POLICE_CASES, order=45)
        registries.panels.append(panel)
