"""Encrypted fields: what is stored can't be read, empty stays empty, and without keys nothing is written."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from vicinia.foundation.kernel.fields import EncryptedTextField


def test_what_is_stored_is_not_what_was_said_and_comes_back() -> None:
    field = EncryptedTextField()
    stored = field.get_prep_value("Suona di notte.")
    assert "notte" not in stored
    assert field.from_db_value(stored, None, None) == "Suona di notte."


@pytest.mark.parametrize("empty", ["", None])
def test_empty_stays_empty(empty: str | None) -> None:
    field = EncryptedTextField()
    assert field.get_prep_value(empty) == empty
    assert field.from_db_value(empty, None, None) == empty


def test_without_keys_nothing_is_written(settings: Any) -> None:
    settings.FIELD_KEYS = []
    with pytest.raises(ImproperlyConfigured, match="VICINIA_FIELD_KEYS"):
        EncryptedTextField().get_prep_value("Suona di notte.")


def test_it_is_never_searched() -> None:
    field = EncryptedTextField()
    assert field.get_lookup("icontains") is None
    assert field.get_lookup("exact") is not None
