"""Questions put to a filled database one after the other: how long the slowest of twenty takes."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

LIMIT_MS = 100.0


@contextmanager
def empty_town() -> Iterator[str]:
    """A migrated database of VICINIA_DATABASE_URL, or of SQLite in a folder thrown away; yields its kind."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["VICINIA_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vicinia.config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        yield connection.vendor


def analyse() -> None:
    """Let the database look at what was filled in, as it does by itself in time."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def coordinator() -> object:
    """Somebody who sees the whole town and has nothing in charge."""
    from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Role
    from vicinia.foundation.kernel.actor import Actor, ActorKind

    everything = ROLE_CAPABILITIES[Role.COORDINATOR]
    return Actor(ActorKind.STAFF, "user:999", "Carla", everything, everywhere=True, user_id=999)


def operator() -> object:
    """The user with id 1, of the area with id 1."""
    from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Role
    from vicinia.foundation.kernel.actor import Actor, ActorKind

    some = ROLE_CAPABILITIES[Role.OPERATOR]
    return Actor(ActorKind.STAFF, "user:1", "Anna", some, frozenset({1}), user_id=1)


def measure(who: str, ask: Callable[[str], int], questions: Sequence[str], rounds: int = 1) -> float:
    """Ask everything, print the times, and return the 95th percentile in ms on the clock.

    `ask` returns how much it found. The CPU of this process is printed too: on SQLite it is all the work, and it
    says what a busy machine adds.
    """
    for words in questions:
        ask(words)
    times, work = [], []
    for words in [*questions] * rounds:
        began, cpu = time.perf_counter(), time.process_time()
        found = ask(words)
        work.append((time.process_time() - cpu) * 1000)
        times.append(((time.perf_counter() - began) * 1000, words, found))
    times.sort()
    work.sort()
    at = int(len(times) * 0.95)
    slowest, words, found = times[-1]
    print(
        f"{who:<30} p50 {times[len(times) // 2][0]:6.1f} ms   p95 {times[at][0]:6.1f} ms (CPU here {work[at]:5.1f})   "
        f"slowest {slowest:.0f} ms «{words}» {found}"
    )
    return times[at][0]


def verdict(vendor: str, worst: float) -> int:
    """Print the ratio to the limit; the exit code."""
    print(f"{vendor}: p95 {worst:.1f} ms / {LIMIT_MS:.0f} ms promised = {worst / LIMIT_MS:.2f}")
    return 0 if worst <= LIMIT_MS else 1
