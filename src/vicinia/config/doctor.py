"""Whether this installation is well: one sentence for each thing looked at."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from vicinia.config import queries
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.journal.queries import verify_chains
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.fields import encrypted_fields
from vicinia.foundation.notifications import queries as notifications

SEAL_WITHIN = dt.timedelta(minutes=10)
DELIVER_WITHIN = dt.timedelta(hours=1)
SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `is_well` is false for what somebody has to see to."""

    is_well: bool
    sentence: str


def findings() -> Iterator[Finding]:
    """Look at everything. Without a database of the right version nothing further can be said."""
    database = _database()
    yield database
    if not database.is_well:
        return
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _journal,
        _field_keys,
        _attachments,
        _outbox,
        _schedule,
        _settings,
    )
    for check in checks:
        yield from check()


def _database() -> Finding:
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return Finding(False, f"The database can't be reached: {error}".strip())
    if waiting:
        return Finding(False, f"{len(waiting)} migrations wait: run `vicinia migrate`.")
    return Finding(True, f"The database ({connection.vendor}) is reachable and up to date.")


def _journal() -> Iterator[Finding]:
    for report in verify_chains():
        if report.is_whole:
            head = report.seal[:16] or "empty"
            yield Finding(True, f"The chain of {report.name} is whole: {report.sealed} lines, head {head}.")
        for problem in report.problems:
            yield Finding(
                False, f"The chain of {report.name} is damaged at {problem.position}: {problem.sentence}."
            )
        late = report.oldest_waiting and clock.now() - report.oldest_waiting > SEAL_WITHIN
        if report.waiting >= 1 and late:
            yield Finding(
                False, f"{report.waiting} lines of {report.name} are not sealed: is `vicinia worker` running?"
            )


def _field_keys() -> Iterator[Finding]:
    for model, names in encrypted_fields().items():
        try:
            for name in names:
                list(model._base_manager.exclude(**{name: ""}).values_list(name, flat=True)[:SAMPLE])
        except InvalidToken:
            yield Finding(
                False, f"The keys do not open {model._meta.label}: a key is missing in VICINIA_FIELD_KEYS."
            )
            return
    yield Finding(True, "The keys open a sample of every encrypted field.")


def _attachments() -> Iterator[Finding]:
    folder = settings.MEDIA_ROOT
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield Finding(False, f"Attachments can't be written: {error}")
        return
    missing = list(islice(attachments.missing_paths(), 6))
    if missing:
        some = ", ".join(missing[:5])
        yield Finding(False, f"Attached files are missing: {some}{', and more' if len(missing) > 5 else ''}.")
    else:
        yield Finding(True, "Attachments can be written, and every attached file is there.")


def _outbox() -> Iterator[Finding]:
    dead = notifications.dead_count()
    if dead:
        yield Finding(False, f"{dead} messages were given up: see to them on the page of deliveries.")
    oldest = notifications.oldest_due()
    if oldest and clock.now() - oldest > DELIVER_WITHIN:
        yield Finding(False, f"A message waits since {oldest:%Y-%m-%d %H:%M}: is `vicinia worker` running?")
    if not dead and not oldest:
        yield Finding(True, "No message waits or was given up.")


def _schedule() -> Iterator[Finding]:
    failing = queries.failing()
    for run in failing:
        yield Finding(False, f"The job {run.name} failed {run.failures} times in a row.")
    if not failing:
        yield Finding(True, "The scheduled jobs did not fail.")


def _settings() -> Iterator[Finding]:
    """What is unsafe with real people's data; the fictional town may have it."""
    if settings.DEMO:
        yield Finding(True, "This is the fictional town: its settings are not looked at.")
        return
    unsafe = {
        "VICINIA_DEBUG is on: error pages show data.": settings.DEBUG,
        "VICINIA_HTTPS is off: passwords travel in the clear.": not settings.HTTPS,
        "VICINIA_SECOND_FACTOR is off: a stolen password opens everything.": not settings.SECOND_FACTOR,
        "VICINIA_EMAIL_URL sends to the console: no message arrives.": "console" in settings.EMAIL_URL,
        "VICINIA_PUBLIC_URL is this machine: links in messages lead nowhere.": "127.0.0.1"
        in settings.PUBLIC_URL,
        "VICINIA_DPO_CONTACT is empty: the privacy notice must name it.": not settings.DPO_CONTACT,
    }
    found = [sentence for sentence, is_unsafe in unsafe.items() if is_unsafe]
    yield from (Finding(False, sentence) for sentence in found)
    if not found:
        yield Finding(True, "The settings are fit for real use.")
