from django.apps import AppConfig


class ForesightConfig(AppConfig):
    name = "vicinia.domain.foresight"
    label = "foresight"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.foresight import triggers
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        panel = registries.Panel("case", "alerts_on_case", _("Allerte"), Capability.SEE_ALERTS, order=12)
        registries.panels.append(panel)
        post_migrate.connect(triggers.protect_alerts, sender=self, dispatch_uid="foresight.protect_alerts")
