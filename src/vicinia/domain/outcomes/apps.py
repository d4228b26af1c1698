from django.apps import AppConfig


class OutcomesConfig(AppConfig):
    name = "vicinia.domain.outcomes"
    label = "outcomes"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.outcomes import queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        panel = registries.Panel(
            "case", "outcome_on_case", _("Ha funzionato?"), Capability.SEE_CASES, order=40
        )
        registries.panels.append(panel)
        # Five numbers without a name: once the report has lost its author there is nobody left to erase in them.
        registries.personal_data.append(
            registries.PersonalData("outcomes", queries.copy_for_person, lambda by, person_id: 0)
        )
