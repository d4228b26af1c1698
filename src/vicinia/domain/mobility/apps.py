from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from vicinia.foundation.kernel.actor import Actor
    from vicinia.foundation.kernel.registries import WorksSlip


class MobilityConfig(AppConfig):
    name = "vicinia.domain.mobility"
    label = "mobility"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        registries.panels.append(
            registries.Panel(
                "relocation", "mobility_plans_panel", _("Piani"), Capability.SEE_MOBILITY, order=10
            )
        )
        registries.panels.append(
            registries.Panel(
                "rehousing_file", "mobility_where", _("Dove abiterà"), Capability.RUN_MOBILITY, order=10
            )
        )
        registries.works_slipped.append(self._works_slipped)

    @staticmethod
    def _works_slipped(by: Actor, slip: WorksSlip) -> None:
        from vicinia.domain.mobility import actions

        actions.mark_stale(by=by, slip=slip)
