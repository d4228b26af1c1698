"""People at risk: a population in time, and the cases that it leads to expect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from vicinia_analytics.scan.dates import When
from vicinia_analytics.scan.inputs import Calendar, Floats, Ints, Places, ScanInputError, Unit

Stratum = tuple[str, ...]
"""Values of the covariates, as ("13", "female"); empty without covariates."""


@dataclass(frozen=True)
class Population:
    """How many people there are in each place and stratum at some points in time; between them a straight line, outside a constant.

    days: float64[points], proleptic ordinals, ascending. people: float64[strata, places, points].
    """

    strata: tuple[Stratum, ...]
    days: Floats
    people: Floats

    @classmethod
    def of(cls, rows: Iterable[tuple[str, When | None, float, Stratum]], *, places: Places) -> Population:
        """From rows of place, date, people and covariates; a combination without a row has nobody.

        A year stands for its 1 July, a month for its 15th, a day for all of that day, as in SaTScan. No date: always the same number.
        Raises ScanInputError for a place that is not known, a number that is not one, rows with and without dates or covariates.
        """
        listed, index = list(rows), places.index()
        if not listed:
            raise ScanInputError("The population has no rows.")
        for row, (name, _, people, stratum) in enumerate(listed, 1):
            if name not in index:
                raise ScanInputError(f"Row {row}: place {name!r} is not among the places.")
            if not (isfinite(people) and people >= 0):
                raise ScanInputError(f"Row {row}: a population of {people}; it is 0 or more.")
            if len(stratum) != len(listed[0][3]):
                raise ScanInputError(f"Row {row}: {len(stratum)} covariates, {len(listed[0][3])} in row 1.")
        dates = {when for _, when, _, _ in listed}
        if None in dates and len(dates) > 1:
            raise ScanInputError("Some rows of the population have a date and some have none.")
        points = {when: _points(when) for when in dates}
        days = sorted({day for here in points.values() for day in here})
        at = {when: [days.index(day) for day in here] for when, here in points.items()}
        strata = sorted({stratum for *_, stratum in listed})
        stratum_at = {stratum: position for position, stratum in enumerate(strata)}
        people_at = np.zeros((len(strata), len(places), len(days)))
        for name, when, people, stratum in listed:
            people_at[stratum_at[stratum], index[name], at[when]] += people
        return cls(tuple(strata), np.array(days, dtype=np.float64), people_at)

    def person_days(self, calendar: Calendar) -> Floats:
        """People × days in each stratum, place and period, float64[strata, places, periods]: the area under the line, exactly."""
        edges = np.array(
            [calendar.first_day(period).toordinal() for period in range(len(calendar))]
            + [calendar.end.toordinal() + 1],
            dtype=np.float64,
        )
        inside = self.days[(self.days > edges[0]) & (self.days < edges[-1])]
        knots = np.union1d(edges, inside)
        heights = self._people_at(knots)
        areas = (heights[..., 1:] + heights[..., :-1]) / 2 * np.diff(knots)
        return np.asarray(np.add.reduceat(areas, np.searchsorted(knots, edges[:-1]), axis=-1))

    def _people_at(self, days: Floats) -> Floats:
        right = np.clip(np.searchsorted(self.days, days), 1, max(1, len(self.days) - 1))
        left = right - 1
        right = np.minimum(right, len(self.days) - 1)
        gap = np.maximum(self.days[right] - self.days[left], 1.0)
        share = np.clip((days - self.days[left]) / gap, 0.0, 1.0)
        return self.people[..., left] * (1 - share) + self.people[..., right] * share


def cases_by_stratum(
    rows: Sequence[tuple[dt.date, int, Stratum]], population: Population, calendar: Calendar
) -> Ints:
    """Cases of the days under study in each stratum of the population, int64[strata].

    Raises ScanInputError for a case in a stratum that the population does not have.
    """
    at = {stratum: position for position, stratum in enumerate(population.strata)}
    counts = np.zeros(len(at), dtype=np.int64)
    for row, (day, count, stratum) in enumerate(rows, 1):
        if stratum not in at:
            raise ScanInputError(f"Row {row}: the population has no stratum {', '.join(stratum)!r}.")
        if calendar.start <= day <= calendar.end:
            counts[at[stratum]] += count
    return counts


def expected_cases(population: Population, cases: Ints, calendar: Calendar) -> Floats:
    """Cases expected in each place and period if each stratum had one rate everywhere and always, float64[places, periods].

    Indirect standardisation (Kulldorff 1997; SaTScan user guide, "Covariate adjustments"): Σ over strata of
    cases[stratum] · person-days[stratum, place, period] / person-days[stratum]. cases: int64[strata], see `cases_by_stratum`.
    Raises ScanInputError for a stratum with cases and without people.
    """
    if cases.shape != (len(population.strata),):
        raise ScanInputError(f"{len(cases)} strata of cases, {len(population.strata)} of the population.")
    at_risk = population.person_days(calendar)
    totals = at_risk.sum(axis=(1, 2))
    empty = np.flatnonzero((totals == 0) & (cases > 0))
    if len(empty):
        stratum = ", ".join(population.strata[int(empty[0])])
        raise ScanInputError(f"There are cases in the stratum {stratum!r} and nobody lives in it.")
    rates = np.divide(cases, totals, out=np.zeros(len(totals)), where=totals > 0)
    return np.einsum("s,spt->pt", rates, at_risk)


def _points(when: When | None) -> tuple[int, ...]:
    """Days on which a number of people is known."""
    if when is None:
        return (0,)
    if when.precision is Unit.YEAR:
        return (dt.date(when.first.year, 7, 1).toordinal(),)
    if when.precision is Unit.MONTH:
        return (when.first.replace(day=15).toordinal(),)
    return when.first.toordinal(), when.first.toordinal() + 1
