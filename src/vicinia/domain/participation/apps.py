from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "vicinia.domain.participation"
    label = "participation"

    def ready(self) -> None:
        from vicinia.domain.participation import actions, queries
        from vicinia.foundation.kernel import registries

        registries.personal_data.append(
            registries.PersonalData(
                "participation",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
                queries.visible_people,
            )
        )
