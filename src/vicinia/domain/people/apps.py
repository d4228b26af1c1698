from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "vicinia.domain.people"
    label = "people"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.people import actions, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        panel = registries.Panel(
            "building", "households_of_building", _("Chi ci abita"), Capability.REVEAL_PEOPLE
        )
        registries.panels.append(panel)
        registries.personal_data.append(
            registries.PersonalData(
                "households",
                queries.copy_of_household,
                lambda by, person_id: actions.erase_housed(by=by, person_ids=[person_id]),
                queries.visible_housed,
            )
        )
