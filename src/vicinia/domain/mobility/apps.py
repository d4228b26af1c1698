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

        from vicinia.domain.mobility import actions, counting, documents, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()
        counting.register()
        rehoused, run = _("Accompagnamento al trasferimento"), Capability.RUN_MOBILITY
        registries.panels += [
            registries.Panel(
                "laboratory",
                "mobility_in_laboratory",
                _("Piano della mobilità"),
                Capability.SEE_MOBILITY,
                order=15,
            ),
            registries.Panel("case", "rehousing_of_case", rehoused, run, order=20),
            registries.Panel("household", "rehousing_of_household", rehoused, run, order=20),
            registries.Panel("person", "rehousing_of_person", rehoused, run, order=70),
        ]
        registries.personal_data.append(
            registries.PersonalData(
                "mobility",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
                queries.visible_people,
            )
        )
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
        registries.panels += [
            registries.Panel(
                "relocation", "rehousing_in_relocation", _("Offerte, traslochi e spese"), run, order=20
            ),
            registries.Panel("rehousing_file", "rehousing_offers", _("Offerte di alloggio"), run, order=20),
            registries.Panel("rehousing_file", "rehousing_moves", _("Accordi e traslochi"), run, order=30),
            registries.Panel("rehousing_file", "rehousing_expenses", _("Spese"), run, order=40),
            registries.Panel(
                "rehousing_file", "rehousing_messages", _("La pagina della famiglia"), run, order=50
            ),
        ]
        registries.works_slipped.append(self._works_slipped)

    @staticmethod
    def _works_slipped(by: Actor, slip: WorksSlip) -> None:
        from vicinia.domain.mobility import actions

        actions.mark_stale(by=by, slip=slip)
