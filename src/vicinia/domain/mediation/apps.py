from django.apps import AppConfig


class MediationConfig(AppConfig):
    name = "vicinia.domain.mediation"
    label = "mediation"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.mediation import actions, counting, documents, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()
        counting.register()

        # No search document: nobody finds a mediation by its words.
        panel = registries.Panel("case", "mediation_on_case", _("Mediazione"), Capability.SEE_CASES, order=35)
        registries.panels.append(panel)
        registries.personal_data.append(
            registries.PersonalData(
                "mediation",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
                queries.visible_people,
            )
        )
