from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "vicinia.domain.letters"
    label = "letters"
