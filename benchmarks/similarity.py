"""Related reports on pairs that the staff of Boston closed as duplicates in 2015 (City of Boston, 311 requests, PDDL).

    python -m benchmarks.similarity [--folds 10] [--fit] [--town]     # VICINIA_DATA says where the data are

Prints rules by distance and days beside the program's ranking, in percent of the pairs: found at all, first, among the
first five; how long the lists are; the CPU time of a query among all 121,145 reports. The ranking is cross-validated: the
weights are fitted on nine tenths of the pairs and tried on the last, and pairs that share a report stay together.
`--fit` also prints the weights fitted on all pairs; `--town` imports the city into a SQLite town, thrown away afterwards,
and prints the CPU time of the program's own queries there. The exit code is 1 when an aim is missed.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import io
import os
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from functools import cached_property
from pathlib import Path
from statistics import quantiles

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from vicinia_analytics import ngrams, similarity
from vicinia_analytics.geometry import EARTH_RADIUS_M
from vicinia_analytics.similarity import HashedWords, Sighting, Weights

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("VICINIA_DATA", ROOT.parent / "shared" / "data"))
RULES = ((50, 30, True), (100, 90, True), (100, 90, False), (200, 180, False))
# What the program compares: vicinia/domain/listening/queries/similar.py.
METRES, DAYS, MOST = 300, 180, 200
AIM_FIVE, AIM_FIRST, AIM_MS = 0.88, 0.65, 15
RIDGE = 0.5  # keeps the weights small that few pairs speak of
SEED = 20261127


@dataclass(frozen=True)
class City:
    """All reports, and the pairs as positions in them."""

    reports: list[Sighting]
    pairs: list[tuple[int, int]]

    @cached_property
    def days(self) -> np.ndarray:
        return np.array([one.at.timestamp() / 86_400 for one in self.reports])

    @cached_property
    def kinds(self) -> np.ndarray:
        return np.array([one.kind for one in self.reports])

    @cached_property
    def addresses(self) -> np.ndarray:
        return np.array([one.address for one in self.reports])

    @cached_property
    def points(self) -> np.ndarray:
        """Metres east and north on a flat map: good enough within a city."""
        degrees = np.array([(one.lon, one.lat) for one in self.reports], dtype=float)
        middle = np.cos(np.radians(degrees[:, 1].mean()))
        return np.radians(degrees) * EARTH_RADIUS_M * np.array([middle, 1])

    @cached_property
    def counts(self) -> ngrams.GramCounts:
        return ngrams.count([[one.words for one in self.reports]])

    def around(self, at: int, metres: float, days: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Positions of the others within so many metres and days, with both."""
        gap = np.abs(self.days - self.days[at])
        soon = np.flatnonzero(gap <= days)
        far = np.hypot(*(self.points[soon] - self.points[at]).T)
        near = (far <= metres) & (soon != at)
        return soon[near], far[near], gap[soon[near]]

    def compared(self, at: int) -> np.ndarray:
        """Positions that the program would compare: of the same address first, then the nearest."""
        found, far, gap = self.around(at, METRES, DAYS)
        other = self.addresses[found] != self.addresses[at] if self.addresses[at] else np.ones(len(found))
        chosen = found[np.lexsort((gap, far.round(1), other))][:MOST]
        return chosen[
            np.argsort(self.days[chosen], kind="stable")
        ]  # so that of equal ones the earliest comes first


def read(folder: Path) -> City:
    """The reports and pairs of the folder."""
    with gzip.open(folder / "boston311_2015.csv.gz", "rt") as file:
        rows = list(csv.DictReader(file))
    place = {row["id"]: at for at, row in enumerate(rows)}
    with (folder / "boston311_duplicate_pairs_dev.csv").open() as file:
        pairs = [(place[row["duplicate_id"]], place[row["original_id"]]) for row in csv.DictReader(file)]
    return City([_sighting(row) for row in rows], pairs)


def _sighting(row: dict[str, str]) -> Sighting:
    return Sighting(
        at=_moment(row["opened"]),
        ended=_moment(row["closed"]) if row["closed"] else None,
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        kind=row["type"],
        group=row["reason"],
        words=row["title"],
        address=row["location"],
    )


def _moment(written: str) -> dt.datetime:
    return dt.datetime.fromisoformat(written).replace(tzinfo=dt.UTC)


def rule(city: City, metres: float, days: float, same_kind: bool) -> list[tuple[int | None, int]]:
    """For each pair: the rank of the other report by distance, then days (None where missed), and how many there are."""
    answers = []
    for one, other in city.pairs:
        found, far, gap = city.around(one, metres, days)
        kept = city.kinds[found] == city.kinds[one] if same_kind else np.ones(len(found), dtype=bool)
        order = found[kept][np.lexsort((gap[kept], far[kept].round(1)))]
        answers.append((_place(order, other), len(order)))
    return answers


def _place(order: np.ndarray, wanted: int) -> int | None:
    found = np.flatnonzero(order == wanted)
    return int(found[0]) if len(found) else None


@dataclass(frozen=True)
class Choice:
    """One pair: what is measured of all that is compared with it, and which of them is the other (None: none of them)."""

    measured: np.ndarray
    right: int | None


def choices(city: City) -> list[Choice]:
    """The choice that each pair sets."""
    made = []
    compare = HashedWords(city.counts)
    for one, other in city.pairs:
        found = city.compared(one)
        others = [city.reports[at] for at in found]
        seen = city.reports[one]
        measured = similarity.measures(seen, others, similarity.distances(seen, others))
        words = np.nan_to_num(compare(seen.words, [each.words for each in others]))
        made.append(Choice(np.column_stack([measured, words]), _place(found, other)))
    return made


def fit(made: Iterable[Choice]) -> np.ndarray:
    """The weights of greatest likelihood of a conditional logit, with a ridge; a measure that never varies gets 0."""
    right = [(one.measured, one.right) for one in made if one.right is not None]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = RIDGE * weights @ weights, 2 * RIDGE * weights
        for measured, at in right:
            sums = measured @ weights
            likely = np.exp(sums - sums.max())
            total += np.log(likely.sum()) + sums.max() - sums[at]
            slope += likely @ measured / likely.sum() - measured[at]
        return total, slope

    columns = len(fields(Weights))
    return np.asarray(minimize(loss, np.zeros(columns), jac=True, method="L-BFGS-B").x)


def folds(city: City, number: int) -> np.ndarray:
    """The fold of each pair; pairs that share a report are in one."""
    ends = np.array(city.pairs).T
    size = len(city.reports)
    _, groups = connected_components(
        coo_array((np.ones(len(ends[0])), ends), shape=(size, size)), directed=False
    )
    names, group = np.unique(groups[ends[0]], return_inverse=True)
    return np.random.default_rng(SEED).permutation(len(names))[group] % number


def ranked(one: Choice, weights: np.ndarray) -> int | None:
    """Where the right one stands; of equal ones the earliest comes first."""
    if one.right is None:
        return None
    return _place(np.argsort(-(one.measured @ weights).round(9), kind="stable"), one.right)


def cross_validated(made: list[Choice], fold: np.ndarray) -> list[tuple[int | None, int]]:
    """The rank in each pair by weights that were fitted without its fold."""
    answers: list[tuple[int | None, int]] = [(None, 0)] * len(made)
    for number in np.unique(fold):
        weights = fit(one for one, where in zip(made, fold, strict=True) if where != number)
        for at in np.flatnonzero(fold == number):
            answers[at] = (ranked(made[at], weights), len(made[at].measured))
    return answers


def line(name: str, answers: list[tuple[int | None, int]]) -> tuple[float, float]:
    """Print one row; the shares among the first five and first."""
    ranks = np.array([np.inf if place is None else place for place, _ in answers])
    first, five, found = (float(np.mean(ranks < most)) for most in (1, 5, np.inf))
    length = np.mean([length for _, length in answers])
    print(f"{name:44} {found:7.3f} {first:9.3f} {five:9.3f} {length:10.1f}")
    return five, first


def thresholds(city: City) -> None:
    """What each least score keeps of the pairs, and how much it shows about any report."""
    sample = np.random.default_rng(SEED).choice(len(city.reports), 500, replace=False)
    staff = [_scores(city, one) for one, _ in city.pairs], [_scores(city, int(one)) for one in sample]
    asked = [(one, other) for one, other in city.pairs if city.reports[other].at <= city.reports[one].at]
    before = [_scores(city, one, True) for one, _ in asked], [_scores(city, int(one), True) for one in sample]
    print(
        "\nthe least score for staff, who see 8: pairs found, how many are shown with a pair and with any report"
    )
    print(
        "and for residents, who see 3 that were open before: pairs found, how often the first is right, any report asked about"
    )
    for least in (0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        with_pair, with_any = ([_kept(one, least, 8) for one in some] for some in staff)
        found = _share(with_pair, city.pairs)
        shown, any_shown = (float(np.mean([len(one) for one in some])) for some in (with_pair, with_any))
        to_ask, of_any = ([_kept(one, least, 3) for one in some] for some in before)
        first = (
            _share([one[:1] for one in to_ask], asked) * len(asked) / max(sum(bool(one) for one in to_ask), 1)
        )
        any_asked = np.mean([bool(one) for one in of_any])
        print(
            f"{least:5.2f}   staff {found:.3f} {shown:4.1f} {any_shown:4.1f}"
            f"   residents {_share(to_ask, asked):.3f} {first:.3f} {any_asked:.2f}"
        )


def _kept(scores: list[tuple[int, float]], least: float, most: int) -> list[int]:
    return [at for at, score in scores if score >= least][:most]


def _share(kept: list[list[int]], pairs: list[tuple[int, int]]) -> float:
    return float(np.mean([other in one for one, (_, other) in zip(kept, pairs, strict=True)]))


def _scores(city: City, at: int, only_open_before: bool = False) -> list[tuple[int, float]]:
    seen = city.reports[at]
    found = [int(one) for one in city.compared(at)]
    if only_open_before:
        found = [one for one in found if _was_open(city.reports[one], seen.at)]
    ranks = similarity.rank(seen, [city.reports[one] for one in found], compare=HashedWords(city.counts))
    return [(found[place], likeness.score) for place, likeness in ranks]


def _was_open(one: Sighting, moment: dt.datetime) -> bool:
    return one.at <= moment and (one.ended is None or one.ended >= moment)


def clock(city: City) -> float:
    """Milliseconds of CPU of a query at the 95th percentile, with choosing what to compare among all reports."""
    compare = HashedWords(city.counts)
    times = []
    for at in np.random.default_rng(SEED).choice(len(city.reports), 500, replace=False):
        began = time.process_time()
        found = city.compared(int(at))
        similarity.rank(
            city.reports[at], [city.reports[one] for one in found], least=0.1, most=8, compare=compare
        )
        times.append((time.process_time() - began) * 1000)
    at = quantiles(times, n=100)
    print(
        f"\na query among {len(city.reports)}: mean {np.mean(times):.1f} ms, p50 {at[49]:.1f}, p95 {at[94]:.1f}, p99 {at[98]:.1f}"
    )
    return at[94]


def town() -> None:
    """Milliseconds of CPU of what a desk page and the last page before sending ask the database, in a town of its own."""
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"VICINIA_HOME": home, "DJANGO_SETTINGS_MODULE": "vicinia.config.settings"}
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        mapping = ROOT / "examples" / "imports" / "boston.toml"
        call_command(
            "import_reports", str(mapping), str(DATA / "boston311_2015.csv.gz"), stdout=io.StringIO()
        )
        _time_town()


def _time_town() -> None:
    from vicinia.domain.listening import actions
    from vicinia.domain.listening.models import Report
    from vicinia.domain.listening.queries import similar
    from vicinia.foundation.accounts.states import Capability
    from vicinia.foundation.kernel.actor import Actor

    by = Actor.job("benchmark", frozenset({Capability.SEE_REPORTS}))
    began = time.process_time()
    print(f"\nwords of {actions.count_words(by=by)} reports counted in {time.process_time() - began:.1f} s")
    ids = np.random.default_rng(SEED).choice(
        list(Report.objects.values_list("pk", flat=True)), 500, replace=False
    )
    rows = list(Report.objects.filter(pk__in=ids.tolist()).select_related("category"))
    for name, ask in (
        ("related reports, for staff", lambda row: similar.related_reports(by, row)),
        ("before sending, for residents", lambda row: similar.similar_open(similar.sought_by(row))),
    ):
        times = []
        for row in rows:
            began = time.process_time()
            ask(row)
            times.append((time.process_time() - began) * 1000)
        at = quantiles(times, n=100)
        print(f"{name:30} CPU p50 {at[49]:.1f} ms, p95 {at[94]:.1f}, p99 {at[98]:.1f}")


def main() -> int:
    """Print the figures; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--fit", action="store_true", help="print the weights fitted on all pairs")
    parser.add_argument(
        "--town", action="store_true", help="also time the program's queries in a town of all reports"
    )
    options = parser.parse_args()
    city = read(DATA)
    print(f"{len(city.pairs)} pairs among {len(city.reports)} reports")
    print(f"{'':44} {'recall':>7} {'recall@1':>9} {'recall@5':>9} {'mean list':>10}")
    for metres, days, same_kind in RULES:
        line(
            f"{metres} m, {days} d, {'same' if same_kind else 'any'} type",
            rule(city, metres, days, same_kind),
        )
    made = choices(city)
    five, first = line(
        f"ranking, {options.folds}-fold cross-validated", cross_validated(made, folds(city, options.folds))
    )
    kept = np.array(astuple(similarity.WEIGHTS))
    line("ranking, the weights of the program", [(ranked(one, kept), len(one.measured)) for one in made])
    if options.fit:
        found = fit(made)
        print(
            "\nfitted on all pairs:",
            {field.name: round(float(w), 2) for field, w in zip(fields(Weights), found, strict=True)},
        )
    thresholds(city)
    slowest = clock(city)
    if options.town:
        town()
    print(
        f"aims: recall@5 {five:.3f} of {AIM_FIVE}, recall@1 {first:.3f} of {AIM_FIRST}, p95 {slowest:.1f} of {AIM_MS} ms"
    )
    return int(five < AIM_FIVE or first < AIM_FIRST or slowest > AIM_MS)


if __name__ == "__main__":
    sys.exit(main())
