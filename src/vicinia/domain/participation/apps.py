from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "vicinia.domain.participation"
    label = "participation"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.participation import actions, counting, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        counting.register()
        registries.panels += [
            registries.Panel(
                "assembly", "process_of_assembly", _("Il processo"), Capability.SEE_PARTICIPATION
            ),
            registries.Panel(
                "laboratory",
                "participation_in_laboratory",
                _("Partecipazione"),
                Capability.SEE_PARTICIPATION,
                order=20,
            ),
        ]
        registries.personal_data.append(
            registries.PersonalData(
                "participation",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
                queries.visible_people,
            )
        )
