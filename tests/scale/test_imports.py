"""The real sets of Alessandria and Zurich come in whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scale.real_imports import comes_in_whole_once_and_goes_out_again

pytestmark = [pytest.mark.scale, pytest.mark.django_db]


@pytest.mark.parametrize(
    ("name", "path", "read", "kept", "placed"),
    [
        ("alessandria", "alessandria/segnalazioni-municipium_segnalazioni-municipium.csv", 4651, 4615, 0),
        ("zurich", "zurich/reports_cleaned.csv", 62245, 62245, 62245),
    ],
)
def test_a_real_set_comes_in_whole_once_and_goes_out_again(
    public_data: Path, name: str, path: str, read: int, kept: int, placed: int
) -> None:
    comes_in_whole_once_and_goes_out_again(name, public_data / path, read=read, kept=kept, placed=placed)
