from django.apps import AppConfig


class PresenceConfig(AppConfig):
    name = "vicinia.domain.presence"
    label = "presence"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.presence import actions, counting, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        counting.register()
        panel = registries.Panel("case", "presence_on_case", _("Giri"), Capability.SEE_CASES, order=40)
        registries.panels.append(panel)
        heard = _("Testimone privilegiato")
        panel = registries.Panel(
            "person", "key_contacts_of_person", heard, Capability.KEEP_PRESENCE, order=60
        )
        registries.panels.append(panel)
        registries.personal_data.append(
            registries.PersonalData(
                "presence",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
                queries.visible_people,
            )
        )
