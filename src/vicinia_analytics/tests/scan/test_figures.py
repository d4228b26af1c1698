"""The published figures and those of SaTScan 10.3.2, to the printed digit; p within the error of its replicates."""

from __future__ import annotations

import datetime as dt
import importlib.util
from math import sqrt
from pathlib import Path

import numpy as np
import pytest

from benchmarks import scan_jobs
from vicinia_analytics.scan import Cluster, Settings, expectation, permutation, poisson
from vicinia_analytics.scan.zones import orders


def within_chance(p: float | None, published: float, *, replicates: int = 999) -> bool:
    """Two Monte Carlo p-values of the same thing: four standard errors of their difference."""
    assert p is not None
    return abs(p - published) <= 4 * sqrt(2 * published * (1 - published) / replicates) + 1 / (replicates + 1)


def said(cluster: Cluster) -> tuple[str, int, float, float]:
    """Places, cases, expected and statistic as they are printed."""
    return (
        " ".join(cluster.locations),
        cluster.observed,
        round(cluster.expected, 2),
        round(cluster.statistic, 6),
    )


def days(cluster: Cluster) -> tuple[str, str]:
    return cluster.start.isoformat(), cluster.end.isoformat()


def test_fever_in_new_york(public_data: Path) -> None:
    found = permutation(scan_jobs.nyc_fever(public_data), Settings(max_length=7, max_radius=3.0)).clusters
    assert [said(cluster) for cluster in found[:4]] == [
        ("11418 11415 11419 11435 11416 11421 11451 11375 11417", 4, 0.67, 3.845418),
        ("11372", 2, 0.16, 3.164201),
        ("10472", 2, 0.29, 2.137259),
        ("10469 10475 10467 10466", 2, 0.45, 1.427139),
    ]
    assert [cluster.start.day for cluster in found[:4]] == [22, 24, 23, 24]
    assert {cluster.end for cluster in found} == {dt.date(2001, 11, 24)}
    for cluster, p, interval in zip(found, (0.216, 0.506, 0.948, 0.999), (5, 2, 1, 1), strict=False):
        assert within_chance(cluster.p_value, p)
        assert round(cluster.recurrence_interval_days or 0) == interval


def test_new_mexico_with_population_and_covariates(public_data: Path) -> None:
    study, expected = scan_jobs.new_mexico(public_data)
    found = poisson(study, expected, Settings(prospective=False, max_length=None)).clusters
    assert [said(cluster) for cluster in found[:3]] == [
        ("Torrance Bernalillo Valencia SantaFe Guadelupe Socorro Sandoval SanMiguel LosAlamos", 236, 176.22, 10.979758),
        ("Chaves", 16, 6.03, 5.684828),
        ("Curry Roosevelt", 13, 5.37, 3.884186),
    ]  # fmt: skip
    assert [(cluster.start.year, cluster.end.year) for cluster in found[:3]] == [(1985, 1989), (1988, 1989), (1982, 1983)]  # fmt: skip
    assert f"{found[0].relative_risk:.2f}" == "1.42"
    assert within_chance(found[0].p_value, 0.014) and within_chance(found[1].p_value, 0.692)
    assert found[0].recurrence_interval_days is None  # nothing recurs in a look back


def test_new_mexico_against_what_the_past_leads_to_expect(public_data: Path) -> None:
    study, baseline = scan_jobs.new_mexico_expected(public_data)
    nearest, _ = orders(study.places, slice(0, len(study.places)))
    zones = {frozenset(nearest[centre, : k + 1].tolist()) for centre in range(len(nearest)) for k in range(15)}  # fmt: skip
    assert len(zones) == 415
    best = expectation(study, baseline, Settings(max_share=1, max_places=15, max_length=4)).clusters[0]
    assert set(best.locations) == {"losalamos", "santafe"} and best.start.year == 1986
    assert f"{best.statistic:.6f}" == "9.180617" and f"{best.relative_risk:.6f}" == "2.081465"
    assert within_chance(best.p_value, 0.005)


@pytest.mark.parametrize(
    ("years", "clusters"),
    [
        (("74", "79"), [("Robeson Bladen Columbus Hoke Scotland", 139, 72.67, 25.380685),
                        ("Northampton Halifax Hertford", 59, 28.74, 12.484724), ("Anson", 19, 6.88, 7.225956)]),
        (("74",), [(39, 317, 246.55, 15.487584), ("Anson", 15, 3.17, 11.577076)]),
    ],
)  # fmt: skip
def test_infant_deaths_of_north_carolina(
    public_data: Path, years: tuple[str, ...], clusters: list[tuple[object, ...]]
) -> None:
    study, births = scan_jobs.sids(public_data, years)
    found = poisson(study, births, Settings(prospective=False, replications=0)).clusters
    for cluster, expected in zip(found, clusters, strict=False):
        places, *figures = said(cluster)
        assert [places if isinstance(expected[0], str) else len(cluster.locations), *figures] == list(expected)  # fmt: skip


@pytest.mark.parametrize(
    ("job", "places", "length", "observed", "expected", "statistic", "p"),
    [
        ("s", "L18 L4 L79 L55", 5, 9, 0.47, 17.986444, 0.001),
        ("b", "L268 L516", 8, 5, 0.29, 9.487251, 0.10),
        pytest.param("c", "L502", 14, 4, 0.19, 8.308733, 0.89, marks=pytest.mark.scale),
    ],
)
def test_synthetic_towns(
    job: str, places: str, length: int, observed: int, expected: float, statistic: float, p: float
) -> None:
    best = permutation(scan_jobs.town(job), Settings()).clusters[0]
    where, cases, mean, score = said(best)
    assert (where, cases, score) == (places, observed, statistic)
    assert mean == pytest.approx(expected, abs=0.011)  # 0.475 is printed either way
    assert (best.end - best.start).days + 1 == length
    assert within_chance(best.p_value, p)


@pytest.mark.parametrize("job", ["s", "b"])
def test_the_synthetic_towns_are_those_of_the_reference_tool(public_data: Path, job: str) -> None:
    path = public_data.parent / "tools/scan_jobs.py"
    if not path.is_file():
        pytest.skip("the reference tool is not beside the public data")
    spec = importlib.util.spec_from_file_location("reference_scan_jobs", path)
    assert spec and spec.loader
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    at, place, day, _ = tool.make(*tool.JOBS[job])
    counts = np.zeros((len(at), scan_jobs.DAYS), dtype=np.int64)
    np.add.at(counts, (place, day), 1)
    ours = scan_jobs.town(job)
    assert (ours.cases == counts).all()
    assert (ours.places.first == at[:, 0]).all() and (ours.places.second == at[:, 1]).all()


def test_waste_in_zurich(public_data: Path) -> None:
    study = scan_jobs.zurich(public_data)
    assert (len(study.places), study.total) == (1827, 4781)
    best = permutation(study, Settings(replications=199)).clusters[0]
    assert (best.centre, len(best.locations)) == ("26818 12474", 20)
    assert said(best)[1:] == (15, 2.63, 13.768943) and days(best) == ("2025-12-25", "2025-12-30")
    assert within_chance(best.p_value, 0.002, replicates=199)


def test_graffiti_in_boston(public_data: Path) -> None:
    study = scan_jobs.boston(public_data)
    assert (len(study.places), study.total) == (1886, 5688)
    best = permutation(study, Settings(replications=0)).clusters[0]
    assert (len(best.locations), best.observed, round(best.expected, 3)) == (1, 5, 0.032)
    assert f"{best.statistic:.6f}" == "20.291893" and days(best) == ("2015-12-30", "2015-12-31")
