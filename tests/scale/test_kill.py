"""Kill -9 of the server in the middle of a thousand submissions: what was acknowledged is there, once and whole."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.scale.submissions import has_email

pytestmark = pytest.mark.scale
ROOT = Path(__file__).resolve().parents[2]
SUBMISSIONS = 1000
KILLED_AFTER = 350
CSRF = "a" * 32
PATIENCE = 300.0  # seconds, before a server that answers nobody fails the test instead of hanging it


@pytest.fixture
def own_database() -> Iterator[str]:
    """A database that only this test uses, on the server of VICINIA_DATABASE_URL; empty for a SQLite file."""
    url = os.environ.get("VICINIA_DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield ""
        return
    import psycopg

    name = f"kill_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        before, _slash, after = url.partition("?")[0].rpartition("/")
        query = url.partition("?")[2]
        assert after
        yield f"{before}/{name}" + (f"?{query}" if query else "")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


class Town:
    """A town on disk with a gunicorn that can be killed, and residents who do not give up."""

    def __init__(self, home: Path, database: str) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = int(one.getsockname()[1])
        own = {
            "VICINIA_HOME": str(home),
            "VICINIA_DATABASE_URL": database or f"sqlite:///{home}/town.sqlite3",
        }
        # Every resident comes through the proxy with an address of their own: one alone may send 30 an hour.
        own |= {"VICINIA_TRUSTED_PROXIES": "1", "DJANGO_SETTINGS_MODULE": "vicinia.config.settings"}
        self.environment = os.environ | own
        self.server: subprocess.Popen[bytes] | None = None
        self.acknowledged: set[str] = set()
        self.failures = 0
        self.refused: list[tuple[int, bytes]] = []
        self.until = time.monotonic() + PATIENCE

    def ask(self, *words: str) -> Any:
        """What a command of this town prints, as JSON."""
        done = subprocess.run(
            [sys.executable, *words], env=self.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE
        )
        return json.loads(done.stdout or b"null")

    def start(self) -> None:
        """Serve, in a process group of its own, as deploy/ does."""
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "vicinia.config.wsgi",
            "--bind",
            f"127.0.0.1:{self.port}",
        ]
        command += ["--workers", "2", "--threads", "4", "--log-level", "critical"]
        self.server = subprocess.Popen(command, env=self.environment, cwd=ROOT, start_new_session=True)

    def kill(self) -> None:
        """Kill -9 of the master and its workers at once."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def submit(self, number: int, token: str) -> None:
        """One resident: sends the draft again, the same one, until it is acknowledged."""
        while token not in self.acknowledged and time.monotonic() < self.until:
            try:
                status, answer = self._send(number, token)
            except (OSError, http.client.HTTPException):
                self.failures += 1
                time.sleep(0.3)
                continue
            if status in (302, 303):
                self.acknowledged.add(token)
            else:
                self.refused.append((status, answer[:300]))
                return

    def _send(self, number: int, token: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=40)
        headers = {
            "Cookie": f"bozza={token}; csrftoken={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}",
        }
        try:
            body = urlencode({"csrfmiddlewaretoken": CSRF})
            connection.request("POST", "/segnala/riepilogo", body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@pytest.fixture
def town(tmp_path: Path, own_database: str) -> Iterator[Town]:
    town = Town(tmp_path, own_database)
    town.ask("manage.py", "migrate", "--verbosity", "0")
    yield town
    town.kill()


def _submit_all(town: Town, tokens: list[str]) -> list[threading.Thread]:
    residents = [
        threading.Thread(target=town.submit, args=(number, token), daemon=True)
        for number, token in enumerate(tokens)
    ]
    for resident in residents:
        resident.start()
    return residents


def test_what_was_acknowledged_survives_a_kill_in_the_middle_of_a_thousand_submissions(town: Town) -> None:
    tokens = town.ask("-m", "tests.scale.submissions", "prepare", str(SUBMISSIONS))
    town.until = time.monotonic() + PATIENCE
    town.start()
    residents = _submit_all(town, tokens)
    while len(town.acknowledged) < KILLED_AFTER and time.monotonic() < town.until:
        time.sleep(0.01)
    town.kill()
    acknowledged_at_the_kill = len(town.acknowledged)
    town.start()
    for resident in residents:
        resident.join(timeout=max(0.0, town.until - time.monotonic()))

    assert town.refused == []
    assert KILLED_AFTER <= acknowledged_at_the_kill < SUBMISSIONS
    assert town.failures > 0, "the kill interrupted nobody"
    assert len(town.acknowledged) == SUBMISSIONS
    _assert_whole(town.ask("-m", "tests.scale.submissions", "verify"))


def _assert_whole(found: dict[str, Any]) -> None:
    """Each report once, with its line, its message for who left an e-mail, its link and its place in the index."""
    named = sum(map(has_email, range(SUBMISSIONS)))
    assert found["titles"] == sorted(f"Musica alta {number}" for number in range(SUBMISSIONS))
    assert found["received"] == [1] * SUBMISSIONS and found["received_match"]
    assert found["messages"] == [1] * named and found["messages_match"]
    assert found["people"] == named
    assert (found["links"], found["documents"]) == (SUBMISSIONS, SUBMISSIONS)
    timeline = next(chain for chain in found["chains"] if chain["name"] == "entry")
    assert timeline["sealed"] == SUBMISSIONS + named  # a line for each report, and one for each person met
    assert all(chain["is_whole"] and chain["waiting"] == 0 for chain in found["chains"])
