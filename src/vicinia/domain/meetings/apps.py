from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "vicinia.domain.meetings"
    label = "meetings"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.meetings import actions, documents, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()

        panel = registries.Panel(
            "case", "meetings_on_case", _("Tavoli di rete"), Capability.WORK_CASES, order=35
        )
        registries.panels.append(panel)
        registries.personal_data.append(
            registries.PersonalData(
                "meetings",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
            )
        )
