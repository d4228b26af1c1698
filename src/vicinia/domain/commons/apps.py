from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "vicinia.domain.commons"
    label = "commons"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.commons import documents
        from vicinia.domain.commons.actions import personal
        from vicinia.domain.commons.queries import counting, people
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()
        counting.register_all()
        registries.panels.append(
            registries.Panel(
                "laboratory",
                "commons_in_laboratory",
                _("Case e spazi di tutti"),
                Capability.SEE_PARTICIPATION,
                order=25,
            )
        )

        registries.personal_data.append(
            registries.PersonalData(
                "commons",
                people.copy_for_person,
                lambda by, person_id: personal.erase_person(by=by, person_id=person_id),
                people.visible_people,
            )
        )
