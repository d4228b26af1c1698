"""The largest real set comes in whole. A file of its own: files of this folder run side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scale.real_imports import comes_in_whole_once_and_goes_out_again

pytestmark = [pytest.mark.scale, pytest.mark.django_db]


def test_a_year_of_boston_comes_in_whole_once_and_goes_out_again(public_data: Path) -> None:
    file = public_data / "boston311_2015.csv.gz"
    comes_in_whole_once_and_goes_out_again("boston", file, read=121145, kept=121145, placed=104075)
