"""Several sealers at once, while lines are being written."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

import pytest
from django.db import connection

from vicinia.foundation.journal import actions, jobs, queries
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.journal.tests.test_chain import ANNA, HAPPENED


def in_a_thread(work: Callable[[], object], failures: list[Exception]) -> Thread:
    def run() -> None:
        try:
            work()
        except Exception as failure:  # told by the test, which would not see it in a thread
            failures.append(failure)
        finally:
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def write_some() -> None:
    for n in range(20):
        actions.record(HAPPENED, by=ANNA, about=f"case:{n}", who="Anna")


@pytest.mark.django_db(transaction=True)
def test_sealers_and_writers_at_once_leave_one_whole_chain(shared_database, monkeypatch):
    monkeypatch.setattr(actions, "SEAL_BATCH", 7)
    failures: list[Exception] = []
    works = [write_some, write_some, jobs.seal, jobs.seal, jobs.seal]
    for thread in [in_a_thread(work, failures) for work in works]:
        thread.join()
    jobs.seal()
    assert failures == []
    assert queries.verify_chains()[0].problems == ()
    assert list(Entry.objects.sealed().values_list("position", flat=True)) == list(range(1, 41))
