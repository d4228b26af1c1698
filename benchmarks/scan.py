"""Speed and memory of the scan statistics, beside SaTScan 10.3.2 on the same work: python -m benchmarks.scan [job …]

999 replicates each, two threads unless --threads says otherwise. Every job runs in a process of its own, so that its memory is
its own; the loops are compiled before the clock starts (numba keeps them for the next time). SaTScan's seconds are those measured
on a machine of two cores (see docs/analytics/scan.md); where its program is on PATH, it is timed here too.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import scan_jobs
from vicinia_analytics.scan import Settings, Study, permutation


@dataclass(frozen=True)
class Job:
    """A job: its study, how it is scanned, SaTScan's seconds on two threads, and the seconds we promise."""

    study: Callable[[Path], Study]
    settings: Settings
    satscan: float
    aim: float | None = None


def _town(name: str) -> Callable[[Path], Study]:
    return lambda _: scan_jobs.town(name)


JOBS = {
    "b": Job(_town("b"), Settings(), 10.66, 0.35),
    "b, 1.5 km": Job(_town("b"), Settings(max_radius=1.5), 3.07),
    "b, any window": Job(_town("b"), Settings(prospective=False), 42 * 60, 60.0),
    "c": Job(_town("c"), Settings(), 305.9, 8.0),
    "c, 1.5 km": Job(_town("c"), Settings(max_radius=1.5), 17.28),
    "Zürich waste": Job(scan_jobs.zurich, Settings(), 28.6, 0.7),
    "Boston graffiti": Job(scan_jobs.boston, Settings(), 35.7, 0.7),
}
MOST_MEMORY = 200


def run(name: str, threads: int | None) -> None:
    """One job in this process: prints wall seconds of the scan, CPU seconds, MB at most, MB before, statistic and threads."""
    job = JOBS[name]
    small = scan_jobs.town("s")
    permutation(small, Settings(replications=64, prospective=job.settings.prospective))
    study = job.study(Path(os.environ.get("VICINIA_DATA", "../shared/data")))
    how = Settings(**{**job.settings.__dict__, "threads": threads})
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    wall, cpu = time.perf_counter(), time.process_time()
    found = permutation(study, how)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(wall, cpu, most, before, f"{found.clusters[0].statistic:.6f}", sep="\t")


def measured(name: str, threads: int | None, times: int) -> list[str] | None:
    """The fastest of some runs of a job; None if its data are not there."""
    runs = []
    for _ in range(times):
        given = [sys.executable, "-m", "benchmarks.scan", "--inside", name, *(["--threads", str(threads)] if threads else [])]  # fmt: skip
        done = subprocess.run(given, capture_output=True, text=True, check=False)
        if done.returncode:
            print(f"{name}: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
            return None
        runs.append(done.stdout.strip().split("\t"))
    return min(runs, key=lambda row: float(row[0]))


def satscan(name: str, program: str) -> float | None:
    """Seconds of SaTScan itself on a seeded town, or None where the work is not the same."""
    job, town = JOBS[name], name[0]
    if town not in scan_jobs.TOWNS or not job.settings.prospective:
        return None
    study = scan_jobs.town(town)
    with tempfile.TemporaryDirectory() as folder:
        cas, geo, prm = (Path(folder) / f"town.{kind}" for kind in ("cas", "geo", "prm"))
        rows = [
            f"{study.places.names[place]} {count} {study.calendar.first_day(day):%Y/%m/%d}"
            for (place, day), count in zip(zip(*study.cases.nonzero(), strict=True), study.cases[study.cases.nonzero()], strict=True)
        ]  # fmt: skip
        cas.write_text("\n".join(rows))
        geo.write_text("\n".join(f"{n} {x} {y}" for n, x, y in zip(study.places.names, study.places.first, study.places.second, strict=True)))  # fmt: skip
        radius = job.settings.max_radius
        prm.write_text(
            f"[Input]\nCaseFile={cas}\nCoordinatesFile={geo}\nPrecisionCaseTimes=3\nCoordinatesType=0\n"
            f"StartDate={study.calendar.start:%Y/%m/%d}\nEndDate={study.calendar.end:%Y/%m/%d}\n"
            "[Analysis]\nAnalysisType=4\nModelType=2\nScanAreas=1\nTimeAggregationUnits=3\nTimeAggregationLength=1\nMonteCarloReps=999\n"
            f"[Output]\nResultsFile={folder}/town.txt\n"
            "[Spatial Window]\nMaxSpatialSizeInPopulationAtRisk=50\n"
            f"UseDistanceFromCenterOption={'y' if radius else 'n'}\nMaxSpatialSizeInDistanceFromCenter={radius or 1}\n"
            "[Temporal Window]\nMinimumTemporalClusterSize=1\nMaxTemporalSizeInterpretation=1\nMaxTemporalSize=14\n"
            "[Run Options]\nNumberParallelProcesses=2\n"
        )
        start = time.perf_counter()
        subprocess.run([program, str(prm)], check=True, capture_output=True)
        return time.perf_counter() - start


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("jobs", nargs="*", metavar="job", help=", ".join(JOBS))
    asked.add_argument("--threads", type=int, default=2)
    asked.add_argument("--times", type=int, default=3)
    asked.add_argument("--inside", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.inside:
        run(given.inside, given.threads)
        return
    program = shutil.which("satscan") or shutil.which("SaTScanBatch64")
    print(f"{'job':<17}{'seconds':>8}{'aim':>7}{'CPU s':>8}{'MB':>6}{'own MB':>8}{'SaTScan s':>11}{'ratio':>7}   statistic")  # fmt: skip
    for name in given.jobs or JOBS:
        row = measured(name, given.threads, 1 if "any" in name else given.times)
        if row is None:
            continue
        wall, cpu, most, before = (float(value) for value in row[:4])
        job = JOBS[name]
        aim = f"{job.aim:g}" if job.aim else ""
        print(f"{name:<17}{wall:8.2f}{aim:>7}{cpu:8.2f}{most:6.0f}{most - before:8.0f}{job.satscan:11.1f}{job.satscan / wall:6.0f}x   {row[4]}", flush=True)  # fmt: skip
        here = satscan(name, program) if program else None
        if here:
            print(f"{'':17}SaTScan on this machine: {here:.2f} s, {here / wall:.0f}x")
    print(
        f"{given.threads} threads; memory: the whole process (limit {MOST_MEMORY} on c), of which what the scan added."
    )


if __name__ == "__main__":
    main()
