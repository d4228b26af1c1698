from django.apps import AppConfig


class CommonsConfig(AppConfig):
    name = "vicinia.domain.commons"
    label = "commons"

    def ready(self) -> None:
        from vicinia.domain.commons.actions import personal
        from vicinia.domain.commons.queries import people
        from vicinia.foundation.kernel import registries

        registries.personal_data.append(
            registries.PersonalData(
                "commons",
                people.copy_for_person,
                lambda by, person_id: personal.erase_person(by=by, person_id=person_id),
                people.visible_people,
            )
        )
