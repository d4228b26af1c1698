from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "vicinia.domain.referrals"
    label = "referrals"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from vicinia.domain.referrals import actions, queries
        from vicinia.foundation.accounts.states import Capability
        from vicinia.foundation.kernel import registries

        panel = registries.Panel("case", "referrals_on_case", _("Rete"), Capability.SEE_CASES, order=30)
        registries.panels.append(panel)
        registries.personal_data.append(
            registries.PersonalData(
                "referrals",
                queries.copy_for_person,
                lambda by, person_id: actions.erase_person(by=by, person_id=person_id),
            )
        )
