from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "vicinia.domain.outreach"
    label = "outreach"

    def ready(self) -> None:
        from vicinia.domain.outreach import actions, counting, documents, queries
        from vicinia.foundation.kernel import registries

        documents.register_all()
        counting.register()
        registries.personal_data.append(
            registries.PersonalData(
                "outreach",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
            )
        )
