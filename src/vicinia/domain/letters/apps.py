from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "vicinia.domain.letters"
    label = "letters"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.letters import actions, documents, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()
        for panel in (
            registries.Panel("case", "plan_on_case", _("Piano del caso"), Capability.SEE_CASES, order=5),
            registries.Panel("case", "letters_on_case", _("Lettere"), Capability.SEE_CASES, order=35),
        ):
            registries.panels.append(panel)
        registries.personal_data.append(
            registries.PersonalData(
                "letters",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
            )
        )
