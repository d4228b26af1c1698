"""What a page of statistics shows: the counts of one period for one reader, already without what that reader may not see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from vicinia.domain.casework.states import Outcome, OutcomeVerdict, Stage
from vicinia.domain.foresight import queries as foresight
from vicinia.domain.foresight.queries import YearOfAlerts
from vicinia.domain.listening.states import Channel, ReportState
from vicinia.domain.reviews import queries as reviews
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.interfaces.statistics import queries
from vicinia.interfaces.statistics.numbers import percent, percent_kept_apart, percentile
from vicinia.interfaces.statistics.periods import Period, month_words
from vicinia.interfaces.statistics.queries import Filters, Names
from vicinia.interfaces.statistics.suppression import (
    THRESHOLD,
    Protected,
    is_small,
    protect_line,
    protect_table,
)

# A median of fewer than this tells of single people, to who may not see small counts.
FEWEST_FOR_A_MEDIAN = 2 * THRESHOLD


@dataclass(frozen=True, slots=True)
class Count:
    """One counted value; None is a number that is kept back. `key` is what an address calls it."""

    label: str
    value: int | None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """Counts that add up to a total. `is_withheld`: they are too few for any of them to be shown."""

    counts: tuple[Count, ...]
    is_withheld: bool = False

    @property
    def has_gaps(self) -> bool:
        return any(count.value is None for count in self.counts)

    @property
    def largest(self) -> Count | None:
        """The largest of those shown."""
        shown = [count for count in self.counts if count.value]
        return max(shown, key=lambda count: count.value or 0, default=None)


@dataclass(frozen=True, slots=True)
class Cross:
    """Areas by kinds of problem, with what is kept back as None."""

    areas: tuple[str, ...]
    groups: tuple[str, ...]
    cells: tuple[tuple[int | None, ...], ...]
    is_withheld: bool = False

    @property
    def rows(self) -> list[tuple[str, tuple[int | None, ...]]]:
        return list(zip(self.areas, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Times:
    """How long something took: the middle value and the one that nine in ten stay under. None: too few to tell."""

    counted: int | None
    median: int | None
    p90: int | None


@dataclass(frozen=True, slots=True)
class Reviews:
    """Reviews asked for in a period, by what came of them; of those held, how many recommended something, and how long they took."""

    received: int | None
    ends: Line
    held: Line
    days: Times

    @property
    def is_none(self) -> bool:
        return self.received == 0


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on the page. Counts of people never; names of operators only for who assigns work."""

    period: Period
    total: int | None
    before: int | None
    police: int
    months: Line
    months_before: Line
    areas: Line
    groups: Line
    channels: Line
    states: Line
    cross: Cross
    contacts: Times
    in_time: str
    ends: Times
    ages: Line
    cases_opened: int | None
    cases_open: int | None
    cases_closed: int | None
    stages: Line
    outcomes: Line
    replies: Line
    case_days: Times
    reviews: Reviews | None
    workload: Sequence[queries.Owner]

    @property
    def is_empty(self) -> bool:
        nothing = (self.total, self.cases_opened, self.cases_open, self.cases_closed)
        return not any(value is None or value for value in nothing) and not any(
            count.value is None or count.value for count in self.ages.counts
        )


@dataclass(frozen=True, slots=True)
class _Reader:
    """Who reads: what has to be kept back from them."""

    sees_small: bool

    def number(self, count: int) -> int | None:
        return None if is_small(count) and not self.sees_small else count

    def line(self, pairs: Sequence[tuple[str, str, int]]) -> Line:
        """A line of (key, label, count)."""
        values = [count for _key, _label, count in pairs]
        shown = Protected(tuple(values)) if self.sees_small else protect_line(values)
        counts = zip(pairs, shown.counts, strict=True)
        return Line(tuple(Count(label, value, key) for (key, label, _), value in counts), shown.is_withheld)

    def times(self, took: Counter[int]) -> Times:
        made = took.total()
        if not self.sees_small and made < FEWEST_FOR_A_MEDIAN:
            return Times(self.number(made), None, None)
        return Times(made, percentile(took, 0.5), percentile(took, 0.9))

    def share(self, part: int, of: int) -> str:
        return percent(part, of) if self.sees_small else percent_kept_apart(part, of)


def figures(by: Actor, period: Period, filters: Filters, names: Names) -> Figures:
    """What `by` reads of a period. The same nine queries whatever is counted, and one more where police reports are."""
    reader = _Reader(queries.sees_small_counts(by))
    # Who sees no small count reads the table that everyone reads: with headings of their own, one table of a year could
    # be taken from the other, and what both hide would come out.
    headings = _groups(names, filters) if reader.sees_small else _public_headings(names)
    return _gather(by, period, filters, _Sorting(names, headings), reader)


def public_figures(period: Period, names: Names) -> Figures:
    """What everyone reads of a complete year: kinds that are not on the public map are counted together."""
    return _gather(
        None, period, Filters(), _Sorting(names, _public_headings(names)), _Reader(sees_small=False)
    )


@dataclass(frozen=True, slots=True)
class _Sorting:
    """Under which heading each kind of problem is counted: kind id → (key, label)."""

    names: Names
    headings: dict[int, tuple[str, str]]

    def area(self, area_id: int | None) -> tuple[str, str]:
        return (str(area_id), self.names.areas[area_id]) if area_id else ("null", _("Senza zona"))


def _groups(names: Names, filters: Filters) -> dict[int, tuple[str, str]]:
    """Groups, or the kinds of one group when only that is asked for."""
    if filters.group_id:
        return {pk: (f"kind:{pk}", kind.label) for pk, kind in names.kinds.items()}
    return {pk: (f"group:{names.group_of(pk).pk}", names.group_of(pk).label) for pk in names.kinds}


def _public_headings(names: Names) -> dict[int, tuple[str, str]]:
    """Groups, with the kinds that are not on the public map under one heading."""
    return {
        kind.pk: (names.group_of(kind.pk).code, names.group_of(kind.pk).label)
        if kind.is_public
        else ("altri", _("Altri problemi"))
        for kind in names.kinds.values()
    }


def _gather(
    by: Actor | None, period: Period, filters: Filters, sorting: _Sorting, reader: _Reader
) -> Figures:
    reports, cases = queries.counted_reports(by, filters), queries.counted_cases(by, filters)
    came = queries.arrivals(reports, period)
    cross, areas, groups = _crossed(queries.by_area_and_kind(reports, period), sorting, reader)
    contacts = queries.first_contacts(reports, period, sorting.names)
    opened = queries.open_reports(reports)
    worked = queries.cases(cases, period)
    police = queries.police_reports(period) if period.is_year and not queries.sees_rows(by) else 0
    before = period.before
    return Figures(
        period=period,
        total=reader.number(came.total),
        before=reader.number(came.before),
        police=0 if is_small(police) or is_small(came.total) else police,
        months=reader.line([(month, month_words(month), came.by_month[month]) for month in period.months]),
        months_before=reader.line([(month, month_words(month), came.by_month_before[month]) for month in before.months]),
        areas=areas,
        groups=groups,
        channels=reader.line(_labelled(came.by_channel, Channel.choices)),
        states=reader.line(_labelled(came.by_state, ReportState.choices)),
        cross=cross,
        contacts=reader.times(contacts.waited),
        in_time=reader.share(contacts.in_time, contacts.due),
        ends=reader.times(queries.days_to_end(reports, period)),
        ages=reader.line([(str(at), age_words(at), count) for at, count in enumerate(opened.by_age)]),
        cases_opened=reader.number(worked.opened),
        cases_open=reader.number(worked.open),
        cases_closed=reader.number(worked.closed),
        stages=reader.line([row for row in _labelled(worked.by_stage, Stage.choices) if row[0] != Stage.CLOSED]),
        outcomes=reader.line(_labelled(worked.by_outcome, Outcome.choices)),
        replies=reader.line(_labelled(worked.replies, OutcomeVerdict.choices)),
        case_days=reader.times(worked.days_to_close),
        reviews=_reviews(period, reader) if filters == Filters() else None,
        workload=queries.workload(opened, worked) if by is not None and by.can(Capability.ASSIGN) else (),
    )  # fmt: skip


def _reviews(period: Period, reader: _Reader) -> Reviews:
    """Of the whole town, counted from the reviews alone: there are too few of them to be told by area or kind."""
    asked = reviews.counted(period.first, period.last)
    ends = reader.line(
        [
            ("held", _("fatti"), asked.held),
            ("below", _("requisiti non raggiunti"), asked.below),
            ("others", _("in corso o ritirati"), asked.others),
        ]
    )
    # What is kept back above must not come out of the parts below.
    is_told = not ends.is_withheld and ends.counts[0].value is not None
    without = asked.held - asked.with_recommendations
    pairs = [
        ("with", _("con raccomandazioni"), asked.with_recommendations),
        ("without", _("senza raccomandazioni"), without),
    ]
    return Reviews(
        received=reader.number(asked.received),
        ends=ends,
        held=reader.line(pairs) if is_told else Line((), is_withheld=True),
        days=reader.times(asked.days) if is_told else Times(None, None, None),
    )


def _labelled(counts: Counter[str], choices: Sequence[tuple[str, object]]) -> list[tuple[str, str, int]]:
    """Every choice that occurs, in the order of the choices."""
    return [(key, str(label), counts[key]) for key, label in choices if counts[key]]


def _crossed(
    counts: Counter[tuple[int | None, int]], sorting: _Sorting, reader: _Reader
) -> tuple[Cross, Line, Line]:
    """The table of areas by kinds and its two margins, protected together."""
    cells: Counter[tuple[tuple[str, str], tuple[str, str]]] = Counter()
    for (area_id, kind_id), count in counts.items():
        cells[sorting.area(area_id), sorting.headings[kind_id]] += count
    areas, groups = _ordered({area for area, _group in cells}), _ordered({group for _area, group in cells})
    grid = [[cells[area, group] for group in groups] for area in areas]
    names = tuple(label for _key, label in areas), tuple(label for _key, label in groups)
    rows = [(*area, sum(line)) for area, line in zip(areas, grid, strict=True)]
    columns = [(*group, sum(line[at] for line in grid)) for at, group in enumerate(groups)]
    if reader.sees_small:
        return Cross(*names, tuple(map(tuple, grid))), reader.line(rows), reader.line(columns)
    table = protect_table(grid)
    if table.is_withheld:
        return Cross(*names, table.cells, is_withheld=True), reader.line(rows), reader.line(columns)
    return Cross(*names, table.cells), _shown(rows, table.rows), _shown(columns, table.columns)


def _ordered(keys: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """By name: an order by size would tell which of the hidden numbers is larger."""
    return sorted(keys, key=lambda key: (key[0] in {"null", "altri"}, key[1]))


def _shown(pairs: Sequence[tuple[str, str, int]], values: Sequence[int | None]) -> Line:
    counts = zip(pairs, values, strict=True)
    return Line(tuple(Count(label, value, key) for (key, label, _), value in counts))


def age_words(at: int) -> str:
    """The name of an age of open reports."""
    names = [
        _("fino a 7 giorni"),
        _("da 8 a 30 giorni"),
        _("da 1 a 3 mesi"),
        _("da 3 a 12 mesi"),
        _("oltre un anno"),
    ]
    return names[at]


@dataclass(frozen=True, slots=True)
class AlertsOfYear:
    """The alerts of a year for everyone: None is a number that is kept back."""

    year: int
    nights: int
    promised: float
    found: int | None
    useful: int | None
    undecided: int | None
    useless: int | None

    @classmethod
    def of(cls, year: YearOfAlerts) -> AlertsOfYear:
        tally = year.tally
        useful, undecided, useless = protect_line((tally.useful, tally.undecided, tally.useless)).counts
        found = None if is_small(tally.found) else tally.found
        return cls(year.year, year.nights, year.promised, found, useful, undecided, useless)

    @property
    def has_gaps(self) -> bool:
        return None in (self.found, self.useful, self.undecided, self.useless)


def alerts_by_year() -> list[AlertsOfYear]:
    """Whether early warning keeps what it promises, every year until today, for everyone."""
    return [AlertsOfYear.of(year) for year in foresight.years_of_alerts()]
