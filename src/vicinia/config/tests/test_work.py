"""Scheduled jobs: each in its turn, by one worker at a time; the worker stops when told."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from vicinia.config import queries, work
from vicinia.config.models import ScheduledRun
from vicinia.config.schedule import SCHEDULE, Scheduled

pytestmark = pytest.mark.django_db
START = dt.datetime(2026, 3, 16, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def job(runs: list[str], every: dt.timedelta = HOUR) -> Scheduled:
    return Scheduled("test.count", every, lambda: runs.append("run"))


def test_a_job_runs_at_its_rhythm() -> None:
    runs: list[str] = []
    with time_machine.travel(START, tick=False) as clocks:
        assert work.run_due([job(runs)]) == ["test.count"]
        clocks.shift(HOUR - dt.timedelta(seconds=1))
        assert work.run_due([job(runs)]) == []
        clocks.shift(dt.timedelta(seconds=1))
        assert work.run_due([job(runs)]) == ["test.count"]
    assert len(runs) == 2


def test_a_job_that_fails_stops_no_other_and_says_so_without_the_words_of_the_error() -> None:
    runs: list[str] = []

    def broken() -> None:
        raise ValueError("Giulia Rossi")

    work.run_due([Scheduled("test.broken", HOUR, broken), job(runs)])
    (failing,) = queries.failing()
    assert (failing.name, failing.last_error, failing.failures) == ("test.broken", "ValueError", 1)
    assert runs == ["run"]


def test_a_job_held_by_a_dead_worker_runs_again_after_its_lease() -> None:
    runs: list[str] = []
    with time_machine.travel(START, tick=False) as clocks:
        ScheduledRun.objects.create(name="test.count", started_at=START, locked_until=START + 3 * HOUR)
        clocks.shift(2 * HOUR)
        assert work.run_due([job(runs)]) == []
        clocks.shift(2 * HOUR)
        assert work.run_due([job(runs)]) == ["test.count"]


def test_two_workers_do_not_run_the_same_job_twice(shared_database: None) -> None:
    runs: list[str] = []
    ready = threading.Barrier(4)

    def worker() -> None:
        try:
            ready.wait()
            work.run_due([job(runs)])
        finally:
            connection.close()

    workers = [threading.Thread(target=worker) for _ in range(4)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    assert runs == ["run"]


def test_every_job_of_the_town_runs() -> None:
    call_command("tick")
    assert {run.name for run in ScheduledRun.objects.all()} == {job.name for job in SCHEDULE}
    assert queries.failing() == []
    assert not ScheduledRun.objects.filter(finished_at=None).exists()


def test_an_idle_worker_writes_nothing(django_assert_max_num_queries: object) -> None:
    call_command("tick")
    with django_assert_max_num_queries(4) as queries_made:  # type: ignore[operator]
        work.work_once(messages=20)
    assert all(query["sql"].startswith("SELECT") for query in queries_made)


@pytest.mark.sqlite_only
def test_the_worker_stops_cleanly_when_told(tmp_path: Path) -> None:
    environment = os.environ | {"VICINIA_HOME": str(tmp_path)}
    environment.pop("VICINIA_DATABASE_URL", None)
    command = [sys.executable, "-m", "django", "worker", "--pause", "0.1"]
    environment |= {"DJANGO_SETTINGS_MODULE": "vicinia.config.settings"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as worker:
        assert worker.stdout is not None
        assert "ready" in worker.stdout.readline()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=20) == 0
        assert "stopped" in worker.stdout.read()
