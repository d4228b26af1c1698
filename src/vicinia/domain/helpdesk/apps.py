from django.apps import AppConfig


class HelpdeskConfig(AppConfig):
    name = "vicinia.domain.helpdesk"
    label = "helpdesk"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.helpdesk import actions, documents, queries
        from vicinia.domain.helpdesk.states import Kind
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        documents.register_all()
        registries.panels += [
            registries.Panel(
                "laboratory", "help_in_laboratory", _("Sportello sociale"), Capability.SEE_HELPDESK, order=10
            ),
            registries.Panel(
                "person", "help_of_person", _("Allo sportello"), Capability.RUN_HELPDESK, order=65
            ),
        ]
        registries.personal_data.append(
            registries.PersonalData(
                "helpdesk",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
                queries.visible_people,
            )
        )
        registries.countables["help_contacts"] = registries.Countable(
            "help_contacts",
            _("Contatti allo sportello"),
            _("contatti"),
            queries.counted_rows,
            queries.counted_links,
            lambda: dict(Kind.choices),
            order=10,
        )
