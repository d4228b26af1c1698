from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "vicinia.domain.elections"
    label = "elections"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.elections import actions, documents, queries
        from vicinia.domain.elections.states import PollKind
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()
        registries.personal_data.append(
            registries.PersonalData(
                "elections",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
            )
        )
        registries.panels.append(
            registries.Panel(
                "laboratory",
                "votes_in_laboratory",
                _("Votazioni"),
                Capability.SEE_PARTICIPATION,
                order=25,
            )
        )
        registries.countables["votes"] = registries.Countable(
            "votes",
            _("Votazioni"),
            _("persone che hanno votato"),
            queries.held_rows,
            kinds=lambda: dict(PollKind.choices),
        )
