"""From lines of a file to reports, or to the reason why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from math import isfinite
from typing import Any

from django.utils.translation import gettext as _

from vicinia.domain.listening.bulk.kinds import KindFinder
from vicinia.domain.listening.bulk.lines import Header, Line, RowIds
from vicinia.domain.listening.bulk.mapping import Mapping, MappingError
from vicinia.domain.listening.bulk.places import Places
from vicinia.domain.listening.importing import IncomingReport, Refusal
from vicinia.domain.listening.states import Channel, ReportState
from vicinia.foundation.kernel import clock

AT_ONCE = 2000
OLDEST_YEAR = 1900  # before it, a date is how some programs write "unknown"
# As long as the report's own columns.
LONGEST = {
    "title": 140,
    "description": 20_000,
    "answer": 20_000,
    "reason": 300,
    "address": 200,
    "place_words": 300,
}
Read = IncomingReport | Refusal


class Unusable(Exception):
    """A row that can't be taken in, with the reason."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A row understood, but for its place: points are turned into degrees many at a time."""

    report: IncomingReport
    line: Line
    area: str
    point: tuple[float, float] | None


class Reading:
    """Reads the rows of one file by one mapping."""

    def __init__(self, mapping: Mapping, header: Header, kinds: KindFinder) -> None:
        self._mapping = mapping
        self._kinds = kinds
        self._ids = RowIds()
        self._places = Places(mapping)
        self._at = header.index(mapping)
        self._title_cells = self._title_places(header)
        self._now = clock.now()

    def read(self, lines: Iterable[Line | Refusal]) -> Iterator[list[Read]]:
        """Reports and refusals in the order of the file, up to `AT_ONCE` at a time."""
        coming = iter(lines)
        while chunk := list(islice(coming, AT_ONCE)):
            drafts = [row if isinstance(row, Refusal) else self._drafted(row) for row in chunk]
            yield list(self._placed(drafts))

    def _placed(self, drafts: list[Draft | Refusal]) -> Iterator[Read]:
        """Each draft with its place."""
        located = self._places.of([row for row in drafts if isinstance(row, Draft)])
        for row in drafts:
            if isinstance(row, Refusal):
                yield row
                continue
            place = next(located)
            if isinstance(place, str):
                yield Refusal(row.line.number, place, row.line.text)
            else:
                yield replace(row.report, **place)

    def _drafted(self, line: Line) -> Draft | Refusal:
        try:
            return self._draft(line)
        except Unusable as problem:
            return Refusal(line.number, str(problem), line.text)

    def _draft(self, line: Line) -> Draft:
        cells = line.cells
        opened_at = self._moment(cells, "opened")
        if opened_at is None:
            raise Unusable(_("Manca la data della segnalazione."))
        opened_at, closed_at, warning = self._dates(opened_at, self._moment(cells, "closed"))
        kind = self._kinds.code_of(self._cell(cells, "kind"))
        if not kind:
            word = self._cell(cells, "kind")
            raise Unusable(
                _("Il tipo «%(word)s» non corrisponde a nessun tipo di problema.") % {"word": word}
            )
        state = self._state(cells, closed_at)
        is_ended = state != ReportState.RECEIVED
        word = self._cell(cells, "state")
        report = IncomingReport(
            line=line.number,
            source_id=self._id(cells),
            kind=kind,
            opened_at=opened_at,
            closed_at=closed_at if is_ended else None,
            state=state,
            channel=self._channel(cells),
            title=self._title(cells, kind),
            description=self._text(cells, "description"),
            answer=self._text(cells, "answer") if is_ended else "",
            reason=(self._text(cells, "reason") or word or _("chiusa nella fonte"))[: LONGEST["reason"]],
            address=self._text(cells, "address"),
            place_words=self._text(cells, "place_words"),
            warning=warning,
        )
        return Draft(report, line, self._cell(cells, "area"), self._point(cells))

    def _cell(self, cells: list[str], key: str) -> str:
        place = self._at.get(key)
        return cells[place].strip() if place is not None else ""

    def _text(self, cells: list[str], key: str) -> str:
        text = self._cell(cells, key)
        return text if len(text) <= LONGEST[key] else text[: LONGEST[key] - 1] + "…"

    def _id(self, cells: list[str]) -> str:
        if "id" not in self._at:
            return self._ids.of(cells)
        found = self._cell(cells, "id")
        if not found:
            raise Unusable(_("Manca l'identificativo della segnalazione."))
        if len(found) > 80:
            raise Unusable(_("L'identificativo è troppo lungo."))
        return found

    def _moment(self, cells: list[str], key: str) -> dt.datetime | None:
        word = self._cell(cells, key)
        if not word:
            return None
        for form in self._mapping.dates:
            moment = _parsed(word, form)
            if moment is not None and moment.year >= OLDEST_YEAR:
                return moment if moment.tzinfo else moment.replace(tzinfo=self._mapping.time_zone)
        raise Unusable(
            _("%(column)s non è una data: %(word)s.")
            % {"column": self._mapping.columns[key], "word": word[:60]}
        )

    def _dates(
        self, opened_at: dt.datetime, closed_at: dt.datetime | None
    ) -> tuple[dt.datetime, dt.datetime | None, str]:
        """The two dates, put right when the mapping keeps odd ones, and what was odd."""
        problem = ""
        if opened_at > self._now or (closed_at is not None and closed_at > self._now):
            problem = _("La data è nel futuro.")
        elif closed_at is not None and closed_at < opened_at:
            problem = _("La chiusura viene prima dell'apertura.")
        if not problem:
            return opened_at, closed_at, ""
        if self._mapping.odd_dates == "refuse":
            raise Unusable(problem)
        opened_at = min(opened_at, self._now)
        closed_at = min(max(closed_at, opened_at), self._now) if closed_at else None
        return opened_at, closed_at, problem

    def _state(self, cells: list[str], closed_at: dt.datetime | None) -> str:
        by_closing = ReportState.ANSWERED if closed_at else ReportState.RECEIVED
        if not self._mapping.states:
            return by_closing
        word = self._cell(cells, "state")
        if word not in self._mapping.states:
            raise Unusable(_("Lo stato «%(word)s» non è nella mappa degli stati.") % {"word": word})
        return self._mapping.states[word] or by_closing

    def _channel(self, cells: list[str]) -> str:
        return (
            self._mapping.channels.get(self._cell(cells, "channel"), self._mapping.channel) or Channel.IMPORT
        )

    def _title(self, cells: list[str], kind: str) -> str:
        values: dict[str, Any] = {name: cells[place].strip() for name, place in self._title_cells.items()}
        name = self._kinds.name_of(kind)
        title = " ".join(self._mapping.title.format(**values | {"kind": name}).split()) or name
        return title if len(title) <= LONGEST["title"] else title[: LONGEST["title"] - 1] + "…"

    def _title_places(self, header: Header) -> dict[str, int]:
        """Where the title's words stand. Only plain names of columns: no attributes, no indexes."""
        known = {name: place for place, name in enumerate(header.names)} | self._at
        for name in self._mapping.title_columns:
            if name != "kind" and name not in known:
                raise MappingError(_("title: nel file non c'è la colonna «%(name)s».") % {"name": name})
        return {name: known[name] for name in self._mapping.title_columns if name != "kind"}

    def _point(self, cells: list[str]) -> tuple[float, float] | None:
        x, y = self._cell(cells, "x"), self._cell(cells, "y")
        if not x and not y:
            return None
        try:
            point = float(x.replace(",", ".")), float(y.replace(",", "."))
        except ValueError:
            point = (float("nan"), 0.0)
        if not all(isfinite(each) for each in point):
            raise Unusable(_("Le coordinate non sono numeri: %(x)s %(y)s.") % {"x": x[:30], "y": y[:30]})
        return point


def _parsed(word: str, form: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(word) if form == "iso" else dt.datetime.strptime(word, form)  # noqa: DTZ007  the mapping's zone is put on by the caller
        has_hour = len(word) > 10 if form == "iso" else any(code in form for code in ("%H", "%I", "%T", "%X"))
    except ValueError:
        return None
    # A day without an hour is kept as its noon: whatever the zone it is read in, it stays the same day.
    return moment if has_hour else moment.replace(hour=12)
