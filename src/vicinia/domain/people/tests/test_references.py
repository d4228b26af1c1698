"""The public name of a person's page."""

from __future__ import annotations

import pytest

from vicinia.domain.people import models


def test_a_reference_never_looks_like_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of letters alone, a search for it would look at people and be logged."""
    letters = iter("abcdefghjkmn" + "abcdef2hjkmn")
    monkeypatch.setattr(models.secrets, "choice", lambda _alphabet: next(letters))
    assert models.new_reference() == "abcdef2hjkmn"
