"""Document templates of the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _templates_of_the_tests(settings: Any) -> None:
    settings.TEMPLATES = [
        {**engine, "DIRS": [Path(__file__).parent / "templates"]} for engine in settings.TEMPLATES
    ]
