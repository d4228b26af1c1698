"""Which turns are waited for: the words of both databases; that they hold under race is in tests/races."""

from __future__ import annotations

from unittest.mock import MagicMock

import pytest

from vicinia.foundation.kernel import turns


@pytest.mark.parametrize(("vendor", "asks"), [("postgresql", 1), ("sqlite", 0)])
def test_a_lock_is_taken_where_several_write_at_a_time(
    vendor: str, asks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = MagicMock(vendor=vendor)
    monkeypatch.setattr(turns, "connection", connection)
    turns.wait_turn("proposal tap")
    asked = connection.cursor.return_value.__enter__.return_value.execute.call_args_list
    assert len(asked) == asks
    assert all(call.args[1] == ["proposal tap"] for call in asked)
