from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "vicinia.domain.meetings"
    label = "meetings"
