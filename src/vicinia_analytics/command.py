"""`vicinia-scan`: scan statistics of files, on the command line."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tqdm import tqdm

from vicinia_analytics.baseline import place_baseline
from vicinia_analytics.scan import (
    Calendar,
    Cluster,
    Counts,
    Model,
    Places,
    PValue,
    ScanInputError,
    ScanResult,
    Settings,
    Study,
    Unit,
    bernoulli,
    expectation,
    permutation,
    poisson,
)
from vicinia_analytics.scan.dates import When
from vicinia_analytics.scan.engine import Progress
from vicinia_analytics.scan.expected import by_population
from vicinia_analytics.scan.inputs import Ints
from vicinia_analytics.scan.population import Population, cases_by_stratum, expected_cases
from vicinia_analytics.scan.readers import (
    Event,
    FileError,
    PopulationTable,
    read_events,
    read_places,
    read_population,
)
from vicinia_analytics.scan.results import own_version
from vicinia_analytics.trends.results import TrendInputError

DONE, WRONG, INTERRUPTED = 0, 2, 130
_DAYS = 14
# A forecast comes from a program, not from a file.
_MODELS = [Model.PERMUTATION, Model.POISSON, Model.BERNOULLI, Model.EXPECTATION]

_ABOUT = """\
Where and when are there more cases than chance explains? Scan statistics of Kulldorff and Neill.

Files: CSV with a header, in any order of columns, or SaTScan's own .cas, .geo, .pop and .ctl.
  EVENTS      location,date[,count][,covariates]    without a count, a row is one case
  LOCATIONS   location,x,y in km, or location,lat,lon
  population  location[,date],population[,covariates]
  controls    as EVENTS
Dates: 2026-03-12, 2026/3/12, 2026-03, 2026, or a year of two digits (69 to 99 are 19..)."""

_EXAMPLES = """\
models:
  permutation  needs cases only; places and days that always have more are allowed for (the default)
  poisson      cases against the population, by the strata of its covariates
  bernoulli    cases against controls
  expectation  the longest window against what came before it, whatever happens elsewhere: by day from the cases alone
               (30 days and more), or from the population

examples:
  vicinia-scan reports.csv places.csv
  vicinia-scan reports.csv places.csv --max-radius 1.5 --p-value gumbel --json > clusters.json
  vicinia-scan NYCfever.cas NYCfever.geo --max-days 7 --max-radius 3 --start 2001-11-01 --end 2001-11-24
  vicinia-scan nm.cas nm.geo --model poisson --population nm.pop --retrospective --unit year
  vicinia-scan cases.csv places.csv --model bernoulli --controls controls.csv --spatial

ends with:
  0 the scan was made, 2 something given can't be used (all that is wrong with a file is said at once), 130 interrupted

The same seed gives the same figures with any number of threads. docs/analytics/scan.md has the methods and their sources."""


def main(words: Sequence[str] | None = None) -> int:
    """Run `vicinia-scan`; gives the exit code."""
    parser = _parser()
    options = parser.parse_args(words)
    try:
        with _word_to_who_waits():
            result, study = _scan(options)
    except ScanInputError as problem:
        sys.stderr.write(f"{problem}\n")
        return WRONG
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted: nothing was written.\n")
        return INTERRUPTED
    if options.json:
        sys.stdout.write(json.dumps(result.as_json(), indent=2) + "\n")
    else:
        sys.stdout.write(_table(result, study, options))
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "vicinia-scan",
        description=_ABOUT,
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    add = parser.add_argument
    add("events", type=Path, metavar="EVENTS", help="cases: .csv or .cas")
    add("locations", type=Path, metavar="LOCATIONS", help="where the places are: .csv or .geo")
    add("--model", type=Model, choices=_MODELS, default=Model.PERMUTATION, metavar="MODEL",
        help="permutation, poisson, bernoulli or expectation (default: permutation)")  # fmt: skip
    add("--population", type=Path, metavar="FILE", help="people at risk: .csv or .pop")
    add("--controls", type=Path, metavar="FILE", help="those who are not cases: .csv or .ctl")
    add(
        "--cartesian", action="store_true", help="a .geo file holds x and y in km, not latitude and longitude"
    )
    when = parser.add_mutually_exclusive_group()
    when.add_argument(
        "--prospective", action="store_true", help="only what is still going on at the end (default)"
    )
    when.add_argument("--retrospective", action="store_true", help="windows that begin and end anywhere")
    when.add_argument("--spatial", action="store_true", help="the whole study as one window: where, not when")
    add("--unit", type=Unit, choices=list(Unit), default=Unit.DAY, metavar="UNIT", help="day, week, month or year: how time is cut (default: day)")  # fmt: skip
    add("--max-days", type=int, metavar="N", help=f"longest window, in units (default: {_DAYS} days; half of the study with another unit)")  # fmt: skip
    add("--min-days", type=int, default=1, metavar="N", help="shortest window, in units (default: 1)")
    add("--max-share", type=float, default=0.5, metavar="SHARE", help="most of all cases, or of the population, in a zone (default: 0.5)")  # fmt: skip
    add(
        "--max-radius", type=float, metavar="KM", help="largest radius of a zone (default: none); much faster"
    )
    add(
        "--start", type=_date, metavar="DATE", help="first day of the study (default: the first of the cases)"
    )
    add("--end", type=_date, metavar="DATE", help="last day of the study (default: the last of the cases)")
    add("--replications", type=int, default=999, metavar="N", help="Monte Carlo replicates (default: 999)")
    add("--p-value", type=PValue, choices=list(PValue), default=PValue.STANDARD, metavar="WAY",
        help="standard, sequential (stops early) or gumbel, which the recurrence interval then uses (default: standard)")  # fmt: skip
    add("--threads", type=int, metavar="N", help="processor threads (default: all)")
    add("--seed", type=int, default=1, metavar="N", help="of the random numbers (default: 1)")
    add("--json", action="store_true", help="the result as JSON on standard output")
    add("--version", action="version", version=f"vicinia-scan {own_version()}")
    return parser


def _date(text: str) -> When:
    try:
        return When.parse(text)
    except ScanInputError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


# ---------------------------------------------------------------- what is given


@dataclass(frozen=True)
class _Given:
    """What the files say."""

    places: Places
    events: tuple[Event, ...]
    controls: tuple[Event, ...] = ()
    people: Population | None = None


def _scan(options: argparse.Namespace) -> tuple[ScanResult, Study]:
    """Read the files and run the model."""
    _check_files_of_model(options)
    given = _read(options)
    calendar = _calendar(options, given.events + given.controls)
    study = Study(given.places, calendar, _table_of(given.events, given.places, calendar))
    settings = _settings(options, calendar)
    with tqdm(total=settings.replications, unit="replicate", disable=None, leave=False) as bar:

        def progress(done: int, _: int) -> None:
            bar.update(done - bar.n)

        if options.model is Model.PERMUTATION:
            return permutation(study, settings, progress=progress), study
        if options.model is Model.BERNOULLI:
            controls = _table_of(given.controls, given.places, calendar)
            return bernoulli(study, controls, settings, progress=progress), study
        if options.model is Model.EXPECTATION:
            return _expectation(study, given.people, settings, progress)
        assert given.people is not None  # `_check_files_of_model`
        rows = [(event.when.first, event.count, event.stratum) for event in given.events]
        expected = expected_cases(given.people, cases_by_stratum(rows, given.people, calendar), calendar)
        return poisson(study, expected, settings, progress=progress), study


def _read(options: argparse.Namespace) -> _Given:
    """The files; what is wrong with any of them is said together."""
    places = read_places(options.locations, geographic=not options.cartesian)
    problems: list[str] = []
    table: PopulationTable | None = None
    events: tuple[Event, ...] = ()
    controls: tuple[Event, ...] = ()
    if options.population:
        with _gathered(problems):
            table = read_population(options.population, places)
    covariates = table.covariates if table and options.model is Model.POISSON else ()
    with _gathered(problems):
        events = read_events(options.events, places, covariates=covariates)
    if options.controls:
        with _gathered(problems):
            controls = read_events(options.controls, places)
    if problems:
        raise FileError(problems)
    return _Given(places, events, controls, Population.of(table.rows, places=places) if table else None)


def _expectation(
    study: Study, people: Population | None, settings: Settings, progress: Progress
) -> tuple[ScanResult, Study]:
    """The longest window is judged, by what came before it."""
    judged = settings.max_length or 1
    if people is not None:
        baseline = by_population(study, people.person_days(study.calendar).sum(axis=0), judged)
    else:
        try:
            baseline = place_baseline(study.cases, judged=judged)
        except TrendInputError as problem:
            raise ScanInputError(str(problem)) from None
    calendar = Calendar(study.calendar.first_day(len(study.calendar) - judged), study.calendar.end, study.calendar.unit)  # fmt: skip
    latest = Study(study.places, calendar, study.cases[:, -judged:])
    return expectation(latest, baseline, settings, progress=progress), latest


def _check_files_of_model(options: argparse.Namespace) -> None:
    model = options.model
    wrong = [
        (model is Model.POISSON and not options.population, "The poisson model needs --population."),
        (model is Model.EXPECTATION and not options.population and options.unit is not Unit.DAY, "By another unit than days the expectation model needs --population."),
        (model is Model.BERNOULLI and not options.controls, "The bernoulli model needs --controls."),
        (model in {Model.PERMUTATION, Model.BERNOULLI} and options.population, f"The {model} model has no use for --population."),
        (model is not Model.BERNOULLI and options.controls, f"The {model} model has no use for --controls."),
        (model in {Model.PERMUTATION, Model.EXPECTATION} and options.spatial, f"The {model} model compares times: it can't be --spatial."),
        (options.spatial and options.max_days, "With --spatial the window is the whole study: leave --max-days out."),
    ]  # fmt: skip
    for is_wrong, sentence in wrong:
        if is_wrong:
            raise ScanInputError(sentence)


@contextmanager
def _gathered(problems: list[str]) -> Iterator[None]:
    try:
        yield
    except FileError as error:
        problems.extend(error.problems)


def _calendar(options: argparse.Namespace, events: Sequence[Event]) -> Calendar:
    unit = options.unit
    for event in events:
        if not event.when.is_fine_enough(unit):
            raise ScanInputError(f"{event.place!r}, {event.when.first}: a {event.when.precision} does not say which {unit}; try --unit {event.when.precision}.")  # fmt: skip
    start = options.start.first if options.start else min(event.when.first for event in events)
    end = options.end.last if options.end else max(event.when.last for event in events)
    return Calendar(start, end, unit)


def _table_of(events: Sequence[Event], places: Places, calendar: Calendar) -> Ints:
    rows = ((event.place, event.when.first, event.count) for event in events)
    return Counts.of(rows, places=places, calendar=calendar).table(len(places), len(calendar))


def _settings(options: argparse.Namespace, calendar: Calendar) -> Settings:
    longest = options.max_days
    if longest is None:
        longest = min(_DAYS, len(calendar)) if options.unit is Unit.DAY else max(1, len(calendar) // 2)
    settings = Settings(
        prospective=not options.retrospective,
        min_length=options.min_days,
        max_length=longest,
        max_share=options.max_share,
        max_radius=options.max_radius,
        replications=options.replications,
        p_value=options.p_value,
        seed=options.seed,
        threads=options.threads,
    )
    if options.spatial:  # nothing recurs: there is no next analysis
        return replace(settings, prospective=False, min_length=len(calendar), max_length=len(calendar))
    return settings


@contextmanager
def _word_to_who_waits() -> Iterator[None]:
    """Say it, once, if the loops must be compiled: the first scan on a machine takes some seconds more."""
    from numba.core import event

    class Listener(event.Listener):
        told = False

        def on_start(self, event: object) -> None:
            if not Listener.told:
                Listener.told = True
                sys.stderr.write("Compiling the loops for this machine, once: some seconds …\n")
                sys.stderr.flush()

        def on_end(self, event: object) -> None:
            pass

    with event.install_listener("numba:compile", Listener()):
        yield


# ---------------------------------------------------------------- what is said


def _table(result: ScanResult, study: Study, options: argparse.Namespace) -> str:
    way = "retrospective" if options.retrospective else "spatial" if options.spatial else "prospective"
    lines = [
        f"{way.capitalize()} {options.model} scan: {len(study.places)} places, {study.calendar.start} to {study.calendar.end} "
        f"by {options.unit}, {study.total} cases; {result.replications} replicates in {result.seconds:.2f} s, seed {options.seed}.",
        "",
    ]
    if not result.clusters:
        return "\n".join([*lines, "No place and time has more cases than expected.", ""])
    lines.append("  #  from        to           cases   expected  risk ratio   statistic       p  recurrence")
    for cluster in result.clusters:
        lines += [_row(cluster), *_whereabouts(cluster), ""]
    return "\n".join(lines)


def _row(cluster: Cluster) -> str:
    risk = "-" if cluster.relative_risk is None else f"{cluster.relative_risk:.2f}"
    p = "-" if cluster.p_value is None else f"{cluster.p_value:.3f}"
    interval = cluster.recurrence_interval_days
    recurrence = "-" if interval is None else f"{interval:.0f} d" if interval < 2 * 365 else f"{interval / 365.25:.1f} y"  # fmt: skip
    return (
        f"{cluster.rank:3}  {cluster.start}  {cluster.end}  {cluster.observed:6}  {cluster.expected:9.2f}  {risk:>10}  "
        f"{cluster.statistic:10.6f}  {p:>6}  {recurrence:>10}"
    )


def _whereabouts(cluster: Cluster) -> list[str]:
    count = "1 place" if len(cluster.locations) == 1 else f"{len(cluster.locations)} places within {cluster.radius_km:.2f} km of {cluster.centre}"  # fmt: skip
    return textwrap.wrap(
        f"{count}: {' '.join(cluster.locations)}",
        width=max(60, shutil.get_terminal_size().columns),
        initial_indent=" " * 5,
        subsequent_indent=" " * 5,
    )
