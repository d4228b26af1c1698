"""Tables that come without a mapping file, whose columns are understood or chosen on a page."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.utils import translation

from vicinia.domain.territory.bulk.mapping import Section
from vicinia.domain.territory.queries import same_name
from vicinia.foundation.kernel.verdict import Sentence


def section_of(what: str, file: Path, columns: Mapping[str, str]) -> Section:
    """A file that came without a mapping file: its own header and separator tell how to read it."""
    separator, encoding, _header = _opened(file)
    return Section(what, what, file, columns, separator, encoding)


def own_columns(header: list[str], labels: Mapping[str, Sentence]) -> dict[str, str]:
    """The columns that a file calls as we do, in any of our languages: the file that one of our lists gives."""
    ours = {same_name(key): key for key in labels}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            ours |= {same_name(str(label)): key for key, label in labels.items()}
    found: dict[str, str] = {}
    for name in header:
        if (key := ours.get(same_name(name))) is not None:
            found.setdefault(key, name)
    return found


def header_of(file: Path) -> list[str]:
    """The names of the columns of a file, to choose among."""
    return _opened(file)[2]


def _opened(file: Path) -> tuple[str, str, list[str]]:
    """The separator, the encoding and the header of a file that some spreadsheet has written."""
    raw = file.read_bytes()
    try:
        encoding, text = "utf-8", raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding, text = "cp1252", raw.decode("cp1252", "replace")
    first = next(iter(text.splitlines()), "")
    separator = max((";", ",", "\t"), key=first.count)
    return separator, encoding, [name.strip() for name in next(csv.reader([first], delimiter=separator), [])]
