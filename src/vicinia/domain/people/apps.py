from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "vicinia.domain.people"
    label = "people"
