"""The examples of the documentation run."""

from __future__ import annotations

import doctest
from pathlib import Path

from vicinia_analytics import scan

DOCS = Path(__file__).resolve().parents[3] / "docs/analytics"


def test_examples_of_the_library() -> None:
    failed, tried = doctest.testfile(str(DOCS / "README.md"), module_relative=False)
    assert tried > 10 and failed == 0


def test_example_of_the_scan() -> None:
    failed, tried = doctest.testmod(scan)
    assert tried and failed == 0
