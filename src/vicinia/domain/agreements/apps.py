from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "vicinia.domain.agreements"
    label = "agreements"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.agreements import actions, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        # No search document: nobody finds an agreement by a name or by its words.
        panel = registries.Panel(
            "case",
            "behaviour_agreements_on_case",
            _("Accordi di comportamento"),
            Capability.SEE_CASES,
            order=36,
        )
        registries.panels.append(panel)
        registries.personal_data.append(
            registries.PersonalData(
                "agreements",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
                queries.visible_people,
            )
        )
