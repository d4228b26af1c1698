from django.apps import AppConfig


class WorksitesConfig(AppConfig):
    name = "vicinia.domain.worksites"
    label = "worksites"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.worksites import actions, documents, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()
        registries.panels.append(
            registries.Panel(
                "laboratory",
                "worksites_in_laboratory",
                _("Cantieri"),
                Capability.SEE_WORKSITES,
                order=10,
            )
        )
        registries.personal_data.append(
            registries.PersonalData(
                "worksites",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
                queries.visible_people,
            )
        )
