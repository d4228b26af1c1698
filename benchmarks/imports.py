"""How fast the three real sets come in: rows a second, seconds, peak memory. The named limit: 120 s and 1 GiB for the largest.

python benchmarks/imports.py [alessandria|zurich|boston ...]     # VICINIA_DATA says where the sets are
Each set goes into a new SQLite town of its own, in a process of its own.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(os.environ.get("VICINIA_DATA", ROOT.parent / "shared" / "data"))
SETS = {
    "alessandria": "alessandria/segnalazioni-municipium_segnalazioni-municipium.csv",
    "zurich": "zurich/reports_cleaned.csv",
    "boston": "boston311_2015.csv.gz",
}
MOST_SECONDS, MOST_MIB = 120, 1024


def run(home: Path, *words: str) -> str:
    """A command of the program in a town of its own; what it printed."""
    env = os.environ | {"VICINIA_HOME": str(home), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
    command = [sys.executable, str(ROOT / "manage.py"), *words]
    return subprocess.run(command, env=env, cwd=home, check=True, capture_output=True, text=True).stdout


def measure(name: str) -> None:
    """Import one set into an empty town and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        run(home, "migrate", "-v0")
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        told = run(
            home,
            "import_reports",
            str(ROOT / "examples" / "imports" / f"{name}.toml"),
            str(DATA / SETS[name]),
        )
        seconds = time.perf_counter() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    # The peak of the largest child so far; `migrate` stays far below an import, and the sets run smallest first.
    mib = after.ru_maxrss / 1024
    rows = int(told.split("lette ")[1].split(",")[0])
    print(
        f"{name:12} {rows:7} rows  {rows / seconds:6.0f} rows/s  {seconds:6.1f} s ({cpu:.1f} s of CPU)  {mib:5.0f} MiB"
        f"  = {seconds / MOST_SECONDS:.2f} of the time and {mib / MOST_MIB:.2f} of the memory allowed to the largest"
    )


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SETS:
        measure(chosen)
