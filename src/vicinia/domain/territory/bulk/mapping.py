"""The mapping file: which files of the municipality say what, column by column.

folder = "dati"                # where the files are, from the mapping file; `--folder` wins over it
[[numbers]]                    # also [[streets]], [[areas]], [[places]], [[buildings]], [[dwellings]], [[base]]
file = "civici.csv"
epsg = 3003
columns = { street_kind = "DUG", street_name = "DUF", number = "Civico", x = "CoordX", y = "CoordY" }
"""

from __future__ import annotations

import codecs
import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _


class MappingError(Exception):
    """Something in the mapping file that a person has to mend; the sentence names the key."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Which keys and columns a section may have, and which it must."""

    required: frozenset[str] = frozenset({"file"})
    optional: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    optional_columns: frozenset[str] = frozenset()


_FILE = frozenset({"separator", "encoding", "epsg", "layer", "source"})
_POINT = frozenset({"x", "y"})
_OF_BUILDINGS = frozenset({"address", "manager", "built_year"})
_OF_DWELLINGS = frozenset(
    {"floors", "has_lift", "is_step_free", "floor", "square_metres", "rooms", "is_accessible"}
)
# In the order in which sections are taken in: what others need comes first.
SECTIONS = {
    "areas": Keys(
        optional=_FILE | {"kind", "valid_from", "valid_to"},
        columns=frozenset({"name"}),
        optional_columns=frozenset({"code", "kind"}),
    ),
    "streets": Keys(
        optional=_FILE, columns=frozenset({"name"}), optional_columns=frozenset({"code", "kind"})
    ),
    "numbers": Keys(
        optional=_FILE | {"area_kind"},
        columns=_POINT | {"street_name", "number"},
        optional_columns=frozenset({"street_code", "street_kind", "exponent", "postal_code", "area"}),
    ),
    "places": Keys(
        optional=_FILE | {"kind"},
        columns=frozenset({"name"}),
        optional_columns=_POINT | {"code", "kind", "aliases"},
    ),
    "buildings": Keys(
        optional=_FILE, columns=frozenset({"code"}), optional_columns=_POINT | {"name"} | _OF_BUILDINGS
    ),
    "dwellings": Keys(
        optional=_FILE,
        columns=frozenset({"building", "stair", "door"}),
        optional_columns=_POINT | {"building_name", "stair_address", "code"} | _OF_BUILDINGS | _OF_DWELLINGS,
    ),
    "base": Keys(
        required=frozenset({"file", "shapes"}),
        optional=_FILE,
        optional_columns=frozenset({"code", "name"}),
    ),
}
_TYPES: dict[str, type] = {"epsg": int, "valid_from": dt.date, "valid_to": dt.date}


@dataclass(frozen=True, slots=True)
class Section:
    """One file and what it says. `at` is how the mapping file calls it: "numbers[1]"."""

    what: str
    at: str
    file: Path
    columns: Mapping[str, str]
    separator: str = ","
    encoding: str = "utf-8"
    epsg: int | None = None
    layer: str | None = None
    kind: str = ""
    area_kind: str = ""
    shapes: str = ""
    source: str = ""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None

    def wrong(self, key: str, problem: str) -> MappingError:
        """The error of a key of this section."""
        return MappingError(f"{self.at}.{key}: {problem}")

    @property
    def is_table(self) -> bool:
        """Whether the file is a table of words, and not one of shapes."""
        return self.file.suffix.lower() in {".csv", ".tsv", ".txt"}


def read_mapping(path: Path, folder: Path | None = None) -> list[Section]:
    """The sections of a mapping file, checked, in the order in which they are taken in."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"{path}: {error}") from error
    told = path.parent / _folder(written)
    unknown = next((key for key in written if key not in SECTIONS), None)
    if unknown:
        known = ", ".join(f"[[{name}]]" for name in SECTIONS)
        raise MappingError(
            _("%(key)s: sezione sconosciuta; ci sono %(known)s.") % {"key": unknown, "known": known}
        )
    sections = [
        _section(what, f"{what}[{number}]", keys, folder or told)
        for what in SECTIONS
        for number, keys in enumerate(_tables(what, written.get(what, [])), start=1)
    ]
    if not sections:
        raise MappingError(_("%(file)s: non c'è nessuna sezione.") % {"file": path})
    return sections


def _folder(written: dict[str, Any]) -> str:
    folder = written.pop("folder", "")
    if not isinstance(folder, str):
        raise MappingError(_("%(key)s: serve %(type)s.") % {"key": "folder", "type": _("un testo")})
    return folder


def _tables(what: str, tables: Any) -> list[dict[str, Any]]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise MappingError(_("%(what)s: scrivi [[%(what)s]] con due parentesi.") % {"what": what})
    return tables


def _section(what: str, at: str, table: dict[str, Any], base: Path) -> Section:
    keys = SECTIONS[what]
    columns = table.pop("columns", {})
    _check_keys(at, table, keys.required, keys.optional)
    if not isinstance(columns, dict):
        raise MappingError(_("%(at)s.columns: serve una tabella di colonne.") % {"at": at})
    _check_keys(f"{at}.columns", columns, keys.columns, keys.optional_columns)
    section = Section(what=what, at=at, columns=columns, **table | {"file": base / table["file"]})
    _check_values(section)
    return section


def _check_keys(at: str, table: dict[str, Any], required: frozenset[str], optional: frozenset[str]) -> None:
    names = {str: _("un testo"), int: _("un numero intero"), dt.date: _("una data, come 2026-01-31")}
    for key, value in table.items():
        if key not in required | optional:
            raise MappingError(
                _("%(key)s: chiave sconosciuta; ci sono %(known)s.")
                % {"key": f"{at}.{key}", "known": ", ".join(sorted(required | optional))}
            )
        wanted = _TYPES.get(key, str)
        if type(value) is not wanted:
            raise MappingError(_("%(key)s: serve %(type)s.") % {"key": f"{at}.{key}", "type": names[wanted]})
    for key in sorted(required - table.keys()):
        raise MappingError(_("%(key)s: manca.") % {"key": f"{at}.{key}"})


def _check_values(section: Section) -> None:
    if not section.file.is_file():
        raise section.wrong("file", _("non trovo %(file)s.") % {"file": section.file})
    if len(section.separator) != 1:
        raise section.wrong("separator", _("serve un solo carattere."))
    try:
        codecs.lookup(section.encoding)
    except LookupError as error:
        raise section.wrong("encoding", _("codifica sconosciuta.")) from error
    if section.valid_from and section.valid_to and section.valid_to < section.valid_from:
        raise section.wrong("valid_to", _("viene prima di valid_from."))
    if section.what == "areas" and not (section.kind or "kind" in section.columns):
        raise section.wrong("kind", _("manca: dillo qui o in una colonna."))
    if section.is_table and section.what in {"areas", "base"}:
        raise section.wrong("file", _("serve un file di forme: GeoJSON, GeoPackage o Shapefile."))
    if section.what in {"numbers", "buildings", "dwellings"} and not section.is_table:
        raise section.wrong("file", _("serve una tabella CSV."))
    if section.what == "places" and section.is_table and not section.columns.keys() >= _POINT:
        raise section.wrong("columns.x", _("manca, e columns.y anche: dove sono i luoghi?"))
