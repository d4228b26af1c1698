from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "vicinia.domain.reviews"
    label = "reviews"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.reviews import actions, documents, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()

        title, order = _("Riesami"), 60
        on_case = registries.Panel("case", "reviews_on_case", title, Capability.SEE_CASES, order=order)
        on_report = registries.Panel("report", "reviews_on_report", title, Capability.SEE_CASES, order=order)
        registries.panels.extend([on_case, on_report])
        registries.personal_data.append(
            registries.PersonalData(
                "reviews",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
            )
        )
