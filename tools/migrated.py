"""A database with every migration applied, made once and copied for each process that tests: to migrate takes a minute.

It is kept under a name that changes with the migrations and with the packages. Django still migrates each copy, which then
costs a second: only what follows the migrations is left to do (permissions, triggers, the search index).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"


def migrate(url: str) -> None:
    """Apply every migration to the database at this address, in a process of its own."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"VICINIA_DATABASE_URL": url}, check=True)


def on_sqlite() -> Path:
    """A SQLite file with every migration applied. It is copied, never opened for writing."""

    def make(path: Path) -> None:
        migrate(f"sqlite:///{path}")
        with closing(sqlite3.connect(path)) as database:
            database.execute("PRAGMA journal_mode=DELETE")  # a copy in memory cannot have a write-ahead log

    return kept("sqlite", make)


def kept(engine: str, make: Callable[[Path], None]) -> Path:
    """The file that these migrations lead to, made if nobody has made it yet; who asks meanwhile waits."""
    path = KEPT / f"{engine}-{_state_of_migrations()}"
    with _one_at_a_time(engine):
        if not path.exists():
            for outdated in KEPT.glob(f"{engine}-*"):
                outdated.unlink()
            unfinished = path.with_name(f"{path.name}.new")
            make(unfinished)
            unfinished.rename(path)
    return path


def _state_of_migrations() -> str:
    state = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for migration in sorted(ROOT.glob("src/**/migrations/*.py")):
        state.update(str(migration.relative_to(ROOT)).encode() + b"\0" + migration.read_bytes() + b"\0")
    return state.hexdigest()[:16]


@contextmanager
def _one_at_a_time(what: str) -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    on_sqlite()
