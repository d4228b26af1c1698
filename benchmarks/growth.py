"""The five requests of `signalen` in towns of 20,000, 100,000 and 1,000,000 reports: how their cost grows.

python -m benchmarks.growth [--sizes 20000,100000,1000000] [--seconds 4] [--keep FOLDER]

Prints the CPU of each against the first town's, and fails when one is above twice that.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.serving import gunicorn, load_name, town

LIMIT = 2.0


def measured(reports: int, seconds: float, kept_in: str) -> dict[str, float]:
    """CPU in ms by request, in a town of so many reports."""
    from benchmarks import signalen

    with town(reports, kept_in) as database, gunicorn() as (server, port):
        rows = signalen.run(signalen.over_rest(), (server, database), port, seconds)
    return {row.name: row.cost.ms for row in rows if row.cost}


def _apart(reports: int, seconds: float, kept_in: str) -> dict[str, float]:
    """The same in a process of its own: Django is set up once in each, for one database."""
    command = [sys.executable, "-m", "benchmarks.growth", "--one", str(reports), "--seconds", str(seconds)]
    if kept_in:
        command += ["--keep", kept_in]
    lines = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
    found = (line.removeprefix("MS ").rpartition(" ") for line in lines if line.startswith("MS "))
    return {name: float(ms) for name, _space, ms in found}


def print_table(by_size: dict[int, dict[str, float]]) -> bool:
    """A row for each request, a column for each town; whether none grew beyond the limit."""
    first = next(iter(by_size))
    print(f"{'':24}" + "".join(f"{size:>18,}" for size in by_size))
    is_met = True
    for name, least in by_size[first].items():
        cells = []
        for size in by_size:
            ratio = by_size[size][name] / least
            is_met = is_met and ratio <= LIMIT
            cells.append(f"{by_size[size][name]:9.1f} ms {ratio:4.2f}×")
        print(f"{name:24}" + "".join(f"{cell:>18}" for cell in cells))
    print(f"limit {LIMIT}×: {'met' if is_met else 'not met'}")
    return is_met


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="20000,100000,1000000")
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--keep", default="", metavar="FOLDER", help="keep the towns here for the next run")
    parser.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        for name, ms in measured(chosen.one, chosen.seconds, chosen.keep).items():
            print(f"MS {name} {ms}")
        return 0
    print(f"load: {load_name()}", flush=True)
    by_size = {}
    for size in (int(word) for word in chosen.sizes.split(",")):
        folder = str(Path(chosen.keep) / f"{size}") if chosen.keep else ""
        by_size[size] = _apart(size, chosen.seconds, folder)
        print(f"{size:,}: " + ", ".join(f"{name} {ms:.1f}" for name, ms in by_size[size].items()), flush=True)
    return 0 if print_table(by_size) else 1


if __name__ == "__main__":
    sys.exit(main())
