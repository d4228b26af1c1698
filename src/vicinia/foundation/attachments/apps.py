from django.apps import AppConfig


class AttachmentsConfig(AppConfig):
    name = "vicinia.foundation.attachments"
    label = "attachments"
