from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "vicinia.foundation.documents"
    label = "documents"
