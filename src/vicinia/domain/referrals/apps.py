from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "vicinia.domain.referrals"
    label = "referrals"
