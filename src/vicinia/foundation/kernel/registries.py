"""Going up without importing up: what higher subjects add to lower ones, filled by each app when it is ready."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Sentence


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a lower page that a higher subject shows, loaded from `url_name` with the row's reference.

    `capability` hides the panel from who lacks it.
    """

    place: str
    url_name: str
    title: Sentence
    capability: str = ""
    order: int = 100


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What a subject holds of a person: how to export it and how to erase it.

    `export(person_id)` gives plain rows for the person; `erase(by, person_id)` returns how many rows were cleared.
    `visible_people(by, among)` is a subquery of ids: the people connected to the subject's rows that `by` may see,
    only those in `among` (ids or a subquery of ids) unless it is None. A subject without it makes nobody visible.
    """

    subject: str
    export: Callable[[int], list[dict[str, Any]]]
    erase: Callable[[Actor, int], int]
    visible_people: Callable[[Actor, Any], Any] | None = None


@dataclass(frozen=True, slots=True)
class SearchText:
    """What one row is found by. Words of `heading` (title, reference) weigh more than those of `body`.

    `scope` says where the row belongs ("area12"): see `SearchScope`.
    """

    row_id: int
    heading: str
    body: str
    language: str = "it"
    at: dt.datetime | None = None
    scope: str = ""


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """How a search is narrowed, in terms that every subject understands in its own way."""

    area_id: int | None = None
    is_open: bool | None = None
    since: dt.date | None = None
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One row found, as a line of the results page. `meaning` is the colour of the state's badge."""

    row_id: int
    url: str
    reference: str
    title: str
    note: str = ""
    state: Sentence = ""
    meaning: str = "plain"
    at: dt.datetime | None = None


@dataclass(frozen=True, slots=True)
class SearchScope:
    """Where to look first, so that the index itself skips what an actor may not see anyway.

    Every row the actor may see has one of the `words` as its scope, or is among the few ids of `besides`.
    It only saves work: `visible` still decides. A scope that is out of date hides a row, it never shows one.
    """

    words: frozenset[str]
    besides: Any


@dataclass(frozen=True, slots=True)
class SearchDocuments:
    """How a subject's rows become search documents, and which of them an actor may find.

    `texts(ids)` gives the texts of those rows that exist; `all_ids()` every row's id, oldest first;
    `visible(by)` the QuerySet of rows that `by` may see; `narrow(rows, filters)` that QuerySet narrowed;
    `hits(by, rows)` some visible rows as lines of a page, in any order.
    `scope(by, filters)` where to look for them, or None for everywhere.
    """

    kind: str
    title: Sentence
    texts: Callable[[Collection[int]], Iterable[SearchText]]
    all_ids: Callable[[], Iterable[int]]
    visible: Callable[[Actor], Any]
    narrow: Callable[[Any, SearchFilters], Any]
    hits: Callable[[Actor, Any], Iterable[SearchHit]]
    scope: Callable[[Actor, SearchFilters], SearchScope | None] = lambda by, filters: None
    order: int = 100


@dataclass(frozen=True, slots=True)
class CountedRow:
    """One record that counts towards a figure: when, of which kind, and how much (1, or the people it reached).

    `person_id` is given where one person is known, so that a figure of people can count them once.
    """

    record_id: int
    on: dt.date
    kind: str = ""
    amount: int = 1
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A record behind a figure, as a line that leads to its page."""

    record_id: int
    title: Sentence
    url: str


@dataclass(frozen=True, slots=True)
class Countable:
    """Something that a programme counts: assemblies held, contacts at the desk, doors reached by a notice.

    `rows(since, until)` gives all that happened from the first to the last day, both included, in order of id;
    `kinds` names the kinds that a row may have, by which a figure may be narrowed.
    `links(by, record_ids)` gives those records that `by` may see; None where a figure never says which (cases).
    """

    key: str
    title: Sentence
    unit: Sentence
    rows: Callable[[dt.date, dt.date], Iterable[CountedRow]]
    links: Callable[[Actor, Collection[int]], Iterable[CountedLink]] | None = None
    kinds: Callable[[], dict[str, Sentence]] = dict
    order: int = 100


@dataclass(frozen=True, slots=True)
class WorksSlip:
    """Works that will be ready on another day than was thought: what depends on them plans anew.

    `dwelling_ids` are the dwellings that the works are done in, `must_be_empty_ids` those where nobody can live meanwhile.
    """

    lot_reference: str
    what: str
    was_from: dt.date
    was_to: dt.date
    is_from: dt.date
    is_to: dt.date
    dwelling_ids: tuple[int, ...] = ()
    must_be_empty_ids: tuple[int, ...] = ()


panels: list[Panel] = []
works_slipped: list[Callable[[Actor, WorksSlip], None]] = []
countables: dict[str, Countable] = {}
personal_data: list[PersonalData] = []
search_documents: dict[str, SearchDocuments] = {}


def panels_at(place: str, by: Actor) -> list[Panel]:
    """The panels of a place that `by` may see, in order."""
    allowed = (
        panel
        for panel in panels
        if panel.place == place and (not panel.capability or by.can(panel.capability))
    )
    return sorted(allowed, key=lambda panel: (panel.order, panel.url_name))
