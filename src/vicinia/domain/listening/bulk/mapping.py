"""The mapping file of an import of reports: which column says what, and in which words.

source = "vecchio-programma"           # with `columns.id`, what makes a row the same row at the next import
dates = ["%d/%m/%Y %H:%M", "iso"]
columns = { id = "Id", opened = "Creato", closed = "Chiuso", kind = "Categoria", x = "lon", y = "lat" }
[kinds]
create = true                          # kinds that are not there yet are made, out of use for new reports
map = { "Buche" = "strade" }
"""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.utils.translation import gettext as _

from vicinia.domain.listening.states import Channel, ReportState

COLUMNS = frozenset(
    [
        "id",
        "opened",
        "closed",
        "state",
        "kind",
        "channel",
        "title",
        "description",
        "answer",
        "reason",
        "address",
        "place_words",
        "area",
        "x",
        "y",
    ]
)
# How the words of a state column are read. `by_closing`: ended when the row has a closing date.
STATES = {
    "open": ReportState.RECEIVED,
    "answered": ReportState.ANSWERED,
    "set_aside": ReportState.SET_ASIDE,
    "by_closing": "",
}
Box = tuple[float, float, float, float]


class MappingError(Exception):
    """Something in the mapping file, or in how the file fits it, that a person has to mend; the sentence names the key."""


@dataclass(frozen=True, slots=True)
class Kinds:
    """How kinds of problem are found: by the map, else by their name; else the default one, or made when asked."""

    map: Table[str, str] = field(default_factory=dict)
    default: str = ""
    create: bool = False
    group: str = ""
    in_use: bool = False


@dataclass(frozen=True, slots=True)
class Mapping:
    """A checked mapping file. `box` is "town", "any", or south, west, north, east in degrees."""

    source: str
    columns: Table[str, str]
    encoding: str = "utf-8"
    separator: str = ","
    dates: tuple[str, ...] = ("iso",)
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(settings.TIME_ZONE))
    odd_dates: str = "refuse"
    epsg: int = 4326
    box: str | Box = "town"
    no_point: frozenset[tuple[float, float]] = frozenset()
    search_address: bool = False
    title: str = "{kind}"
    language: str = "it"
    kinds: Kinds = field(default_factory=Kinds)
    states: Table[str, str] = field(default_factory=dict)
    channels: Table[str, str] = field(default_factory=dict)
    channel: str = Channel.IMPORT

    @property
    def title_columns(self) -> list[str]:
        """What the title is made of: keys of `columns`, or the file's own columns."""
        return [name for _words, name, _format, _turn in Formatter().parse(self.title) if name]


def read_mapping(path: Path) -> Mapping:
    """A mapping file, checked; raises MappingError with the key that is wrong."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"{path}: {error}") from error
    return mapping_of(written)


def mapping_of(written: dict[str, Any]) -> Mapping:
    """A mapping from its tables."""
    _check_keys("", written, _TOP)
    values = dict(written)
    if not (source := values.get("source", "")) or len(source) > 60:
        raise _wrong("source", _("scrivi da dove arrivano le segnalazioni, in 60 caratteri al massimo."))
    _check_columns(values.get("columns", {}))
    values |= {
        "dates": tuple(values.get("dates", ["iso"])),
        "time_zone": _zone(values.get("time_zone", settings.TIME_ZONE)),
        "box": _box(values.get("box", "town")),
        "no_point": frozenset(_pair(pair) for pair in values.get("no_point", [])),
        "kinds": _kinds(values.get("kinds", {})),
        "states": _states(values.get("states", {})),
        "channels": _channels(values.get("channels", {})),
    }
    _check_values(values)
    return Mapping(**values)


_TOP: dict[str, type | tuple[type, ...]] = {
    "source": str, "columns": dict, "encoding": str, "separator": str, "dates": list, "time_zone": str,
    "odd_dates": str, "epsg": int, "box": (str, list), "no_point": list, "search_address": bool, "title": str,
    "language": str, "kinds": dict, "states": dict, "channels": dict, "channel": str,
}  # fmt: skip
_KINDS: dict[str, type | tuple[type, ...]] = {
    "map": dict,
    "default": str,
    "create": bool,
    "group": str,
    "in_use": bool,
}


def _wrong(key: str, problem: str) -> MappingError:
    return MappingError(f"{key}: {problem}")


def _check_keys(at: str, table: dict[str, Any], known: Table[str, Any]) -> None:
    names = {
        str: _("un testo"),
        int: _("un numero intero"),
        bool: _("true o false"),
        list: _("un elenco"),
        dict: _("una tabella"),
    }
    for key, value in table.items():
        if key not in known:
            raise _wrong(at + key, _("chiave sconosciuta; ci sono %(known)s.") % {"known": ", ".join(known)})
        wanted = known[key] if isinstance(known[key], tuple) else (known[key],)
        if type(value) not in wanted:
            raise _wrong(at + key, _("serve %(type)s.") % {"type": " / ".join(names[one] for one in wanted)})


def _check_columns(columns: dict[str, Any]) -> None:
    _check_keys("columns.", columns, dict.fromkeys(sorted(COLUMNS), str))
    if "opened" not in columns:
        raise _wrong("columns.opened", _("manca: senza la data una segnalazione non dice niente."))
    if ("x" in columns) != ("y" in columns):
        raise _wrong("columns.x", _("x e y servono insieme."))


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise _wrong("time_zone", _("fuso orario sconosciuto.")) from error


def _box(value: Any) -> str | Box:
    if value in ("town", "any"):
        return str(value)
    numbers = [one for one in value if isinstance(one, int | float)] if isinstance(value, list) else []
    if len(numbers) != 4 or not (numbers[0] < numbers[2] and numbers[1] < numbers[3]):
        raise _wrong("box", _("serve «town», «any» o sud, ovest, nord, est in gradi."))
    south, west, north, east = (float(one) for one in numbers)
    return (south, west, north, east)


def _pair(value: Any) -> tuple[float, float]:
    if (
        not isinstance(value, list)
        or len(value) != 2
        or not all(isinstance(one, int | float) for one in value)
    ):
        raise _wrong("no_point", _("ogni voce è una coppia di latitudine e longitudine."))
    return float(value[0]), float(value[1])


def _kinds(table: dict[str, Any]) -> Kinds:
    _check_keys("kinds.", table, _KINDS)
    _check_keys("kinds.map.", table.get("map", {}), dict.fromkeys(table.get("map", {}), str))
    return Kinds(**table)


def _states(table: dict[str, Any]) -> dict[str, str]:
    _check_keys("states.", table, dict.fromkeys(STATES, list))
    return {str(word): STATES[name] for name, words in table.items() for word in words}


def _channels(table: dict[str, Any]) -> dict[str, str]:
    for word, channel in table.items():
        if channel not in Channel.values:
            known = ", ".join(Channel.values)
            raise _wrong(f"channels.{word}", _("canale sconosciuto; ci sono %(known)s.") % {"known": known})
    return dict(table)


def _check_values(values: dict[str, Any]) -> None:
    if len(values.get("separator", ",")) != 1:
        raise _wrong("separator", _("serve un solo carattere."))
    if values.get("odd_dates", "refuse") not in ("refuse", "keep"):
        raise _wrong("odd_dates", _("scrivi «refuse» o «keep»."))
    if values.get("channel", Channel.IMPORT) not in Channel.values:
        raise _wrong("channel", _("canale sconosciuto."))
    if not all(isinstance(one, str) for one in values["dates"]) or not values["dates"]:
        raise _wrong("dates", _("serve almeno un formato di data, come «iso» o «%d/%m/%Y»."))
    try:
        codecs.lookup(values.get("encoding", "utf-8"))
        list(Formatter().parse(values.get("title", "{kind}")))
    except LookupError as error:
        raise _wrong("encoding", _("codifica sconosciuta.")) from error
    except ValueError as error:
        raise _wrong("title", _("le parentesi graffe non tornano.")) from error
    kinds = values["kinds"]
    if "kind" not in values["columns"] and not kinds.default:
        raise _wrong("kinds.default", _("manca: non c'è nemmeno una colonna del tipo."))
