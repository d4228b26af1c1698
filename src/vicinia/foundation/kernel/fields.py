"""Personal data encrypted at rest, with keys of their own that rotate."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("VICINIA_FIELD_KEYS is empty: encrypted fields need at least one key.")
    return MultiFernet([Fernet(key) for key in keys])


def cipher() -> MultiFernet:
    """The cipher of the settings in force: encrypts with the newest key, decrypts with any."""
    return _cipher(tuple(settings.FIELD_KEYS))


# Django's fields are generic for the type checker only.
if TYPE_CHECKING:
    TextField = models.TextField[str, str]
else:
    TextField = models.TextField


class EncryptedTextField(TextField):
    """Text stored encrypted (Fernet). It can't be searched: see `blind_index`. Empty stays empty."""

    def get_prep_value(self, value: Any) -> Any:
        if not value:
            return value
        return cipher().encrypt(str(value).encode()).decode()

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        if not value:
            return value
        return cipher().decrypt(value.encode()).decode()

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in ("isnull", "exact"):  # exact serves only the comparison with ""
            return super().get_lookup(lookup_name)
        return None


def encrypted_fields() -> dict[type[models.Model], list[str]]:
    """Every model that has encrypted fields, with their names: what key rotation walks through."""
    from django.apps import apps

    found = {
        model: [field.name for field in model._meta.get_fields() if isinstance(field, EncryptedTextField)]
        for model in apps.get_models()
    }
    return {model: names for model, names in found.items() if names}
