"""CSV: opens in Italian Excel, runs no formula, leaves row by row."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest

from vicinia.foundation.documents import csv_export


def read_back(header: list[Any], rows: list[list[Any]]) -> list[list[str]]:
    text = "".join(csv_export.lines(header, rows))
    return list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+39 0521",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u00a0=1",
        "＝1",
        '=cmd|" /C calc"!A0',
        "\ufeff=1",
    ],
)
def test_a_cell_never_begins_as_a_formula(text: str) -> None:
    cell = csv_export.cell(text)
    assert cell[0] == "'"
    assert cell.endswith(text)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (-3, "-3"),
        (True, "sì"),
        (1.5, "1,5"),
        (Decimal("-12.30"), "-12,30"),
        (dt.date(2026, 3, 14), "14/03/2026"),
        (dt.datetime(2026, 3, 14, 17, 30, tzinfo=dt.UTC), "14/03/2026 18:30"),
        ("Via Roma; 1", "Via Roma; 1"),
        ("a = b", "a = b"),
    ],
)
def test_values_are_written_as_italian_excel_reads_them(value: Any, shown: str) -> None:
    assert csv_export.cell(value) == shown


def test_separators_quotes_and_line_breaks_come_back_whole() -> None:
    row = ["Via Roma; 1", 'disse "no"', "due\nrighe"]
    assert read_back(["a", "b", "c"], [row]) == [["a", "b", "c"], row]


def test_rows_leave_as_they_are_read() -> None:
    read: list[int] = []

    def rows() -> Iterator[list[int]]:
        for number in range(1000):
            read.append(number)
            yield [number]

    leaving = csv_export.lines(["n"], rows())
    assert next(leaving) == "\ufeffn\r\n"
    assert next(leaving) == "0\r\n"
    assert read == [0]


def test_the_download_is_private_and_named() -> None:
    response = csv_export.response("casi.csv", header=["à"], rows=[["è"]])
    assert b"".join(response.streaming_content) == "\ufeffà\r\nè\r\n".encode()  # type: ignore[arg-type]
    assert response["Content-Disposition"] == 'attachment; filename="casi.csv"'
    assert response["Cache-Control"] == "private, no-store"
