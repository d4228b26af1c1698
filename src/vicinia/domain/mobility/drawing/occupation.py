"""Who lives in each dwelling in each month, and in which dwelling each household lives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from vicinia.domain.mobility.drawing.charts import COLOURS, Cell, Chart, Group, Line, bars, heads
from vicinia.domain.mobility.states import SpellKind

Rows = Mapping[int, Sequence[str | None]]
Link = Callable[[int], str]
WIDE_SIGN = "♿"


@dataclass(frozen=True, slots=True)
class Place:
    """A dwelling as it is drawn. `closed` says by period why it is, where that is not works."""

    key: str
    label: str
    note: str
    where: str
    group: str
    available: Sequence[bool]
    closed: Sequence[str] = ()


def household_words(number: int, step_free: Iterable[int]) -> str:
    """ "N. 104", with the sign of who needs a dwelling without steps."""
    return f"N. {number} {WIDE_SIGN}" if number in step_free else f"N. {number}"


@dataclass(frozen=True)
class Seen:
    """How a plan is looked at: which households need no steps, where their bars lead, which rows it is compared with.

    `anonymous`: a bar says only that somebody lives there.
    """

    step_free: frozenset[int] = frozenset()
    link: Link | None = None
    before: Rows | None = None
    anonymous: bool = False


def by_dwelling(months: Sequence[dt.date], places: Sequence[Place], rows: Rows, seen: Seen) -> Chart:
    """The occupation chart: a line for each dwelling under its building."""
    inside = _inside(rows)
    before = _inside(seen.before) if seen.before is not None else None
    groups = [
        Group(name, [_dwelling(place, inside, before, seen) for place in lines])
        for name, lines in groupby(places, key=lambda place: place.group)
    ]
    return Chart(_("Alloggio"), heads(months), groups)


def _inside(rows: Rows) -> dict[tuple[str, int], int]:
    """Who is in which dwelling in which period."""
    return {
        (key, period): number
        for number, row in rows.items()
        for period, key in enumerate(row)
        if key is not None
    }


def _dwelling(
    place: Place,
    inside: Mapping[tuple[str, int], int],
    before: Mapping[tuple[str, int], int] | None,
    seen: Seen,
) -> Line:
    cells = []
    for period, available in enumerate(place.available):
        who = inside.get((place.key, period))
        changed = before is not None and before.get((place.key, period)) != who
        cells.append(_in_dwelling(place, period, who, available, seen, changed))
    return Line(place.label, place.note, bars(cells))


def _in_dwelling(
    place: Place, period: int, who: int | None, available: bool, seen: Seen, changed: bool
) -> Cell:
    if who is not None:
        if seen.anonymous:
            return Cell("taken", _("occupato"))
        words = household_words(who, seen.step_free)
        note = _("senza gradini") if who in seen.step_free else ""
        url = seen.link(who) if seen.link else ""
        return Cell("taken", words, note, who % COLOURS, url, changed)
    if available:
        return Cell("free", _("libero"), is_changed=changed)
    why = place.closed[period] if place.closed else ""
    if why:
        return Cell("closed", str(SpellKind(why).label) if why in SpellKind.values else _("non c'è più"))
    return Cell("works", _("lavori"), is_changed=changed)


def by_household(
    months: Sequence[dt.date],
    places: Sequence[Place],
    rows: Rows,
    homes: Mapping[int, str],
    seen: Seen,
) -> Chart:
    """A line for each household: at home, in another dwelling, outside."""
    known = {place.key: place for place in places}
    lines = [_household(number, row, known, homes, seen) for number, row in sorted(rows.items())]
    return Chart(_("Nucleo"), heads(months), [Group("", lines)])


def _household(
    number: int,
    row: Sequence[str | None],
    known: Mapping[str, Place],
    homes: Mapping[int, str],
    seen: Seen,
) -> Line:
    before = (seen.before or {}).get(number)
    colours = {key: at % COLOURS for at, key in enumerate(sorted({place.group for place in known.values()}))}
    cells = []
    for period, key in enumerate(row):
        changed = before is not None and (period >= len(before) or before[period] != key)
        cells.append(_of_household(key, known, homes.get(number), colours, changed))
    home = known.get(homes.get(number, ""))
    return Line(household_words(number, seen.step_free), home.where if home else "", bars(cells))


def _of_household(
    key: str | None,
    known: Mapping[str, Place],
    home: str | None,
    colours: Mapping[str, int],
    changed: bool,
) -> Cell:
    place = known.get(key or "")
    if place is None:
        return Cell("outside", _("fuori"), is_changed=changed)
    kind = "home" if key == home else "taken"
    return Cell(kind, place.label, place.where, colours[place.group], is_changed=changed)
