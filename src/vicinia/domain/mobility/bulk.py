"""Rows of a table of dwellings and households."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from vicinia.domain.mobility import actions
from vicinia.domain.mobility.actions import Census, CensusRow
from vicinia.domain.mobility.models import Relocation
from vicinia.domain.territory import bulk as territory
from vicinia.domain.territory.bulk.mapping import Section
from vicinia.domain.territory.bulk.tables import Line, Unusable, read_lines
from vicinia.domain.territory.incoming import Refusal
from vicinia.foundation.kernel import languages
from vicinia.foundation.kernel.actor import Actor

MUST = frozenset({"building"})
_NUMBERS = re.compile(r"\d+")
_MOST_PEOPLE, _MOST_MOVES, _HIGHEST_NUMBER = 20, 20, 10**8


def import_households(
    *, by: Actor, relocation: Relocation, file: Path, columns: Mapping[str, str], keep: bool, whole: bool
) -> tuple[Census, bool]:
    """Take in one table by the columns that somebody chose on a page; whether it was kept."""
    section = territory.section_of("households", file, columns)
    unreadable: list[Refusal] = []
    with transaction.atomic():
        rows = territory.usable(read_households(section), unreadable)
        census = actions.take_in_households(by=by, relocation=relocation, rows=rows)
        refused = [*unreadable, *census.files.refused]
        census.files.refused = sorted(refused, key=lambda refusal: refusal.origin.line)
        return census, territory.kept_or_undone(len(refused), keep=keep, whole=whole)


def read_households(section: Section) -> Iterator[CensusRow | Refusal]:
    """The lines of a table, each a dwelling with its household or without one."""
    seen: dict[tuple[str, ...], int] = {}
    for line in read_lines(section):
        try:
            row = _row_of(line)
            first = seen.setdefault((row.building, row.code, row.stair, row.door), line.origin.line)
            if first != line.origin.line:
                raise Unusable(_("Questo alloggio è già alla riga %(line)s.") % {"line": first})
            yield row
        except Unusable as unusable:
            yield Refusal(line.origin, str(unusable))


def _row_of(line: Line) -> CensusRow:
    code, stair, door = line.get("code", 60), line.get("stair", 20), line.get("door", 20)
    if not code and not (stair and door):
        raise Unusable(_("Serve il codice dell'alloggio, o la scala e la porta."))
    return CensusRow(
        origin=line.origin,
        building=territory.building_code(line.must("building", 60)),
        code=code,
        stair="" if code else stair,
        door="" if code else door,
        is_spare=line.answer("is_spare"),
        number=line.whole("number", 1, _HIGHEST_NUMBER),
        people=line.whole("people", 1, _MOST_PEOPLE),
        needs_step_free=line.answer("needs_step_free"),
        fragile=line.answer("fragile"),
        most_moves=line.whole("most_moves", 1, _MOST_MOVES),
        claims_return=line.answer("claims_return"),
        language=_language(line),
        near=_near(line),
    )


def _near(line: Line) -> tuple[int, ...]:
    words = line.get("near")
    if _NUMBERS.sub("", words).strip(" ,;.-"):
        raise Unusable(_("Vicino a: scrivi solo numeri di nuclei, separati da virgole."))
    return tuple(dict.fromkeys(int(number) for number in _NUMBERS.findall(words)))


def _language(line: Line) -> str:
    """A language by its code or by its name in Italian."""
    word = line.get("language").casefold()
    with translation.override("it"):
        known = {str(name).casefold(): code for code, name in languages.RESIDENT_LANGUAGES}
    known |= {code: code for code, _name in languages.RESIDENT_LANGUAGES}
    if word and word not in known:
        raise Unusable(_("Non conosciamo la lingua «%(word)s».") % {"word": word})
    return known.get(word, "")
