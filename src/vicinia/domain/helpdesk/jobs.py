"""What goes on by itself: who comes tomorrow is reminded, and what is no longer needed is forgotten."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from vicinia.domain.helpdesk import actions, queries
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# The day before, in the morning: a message at night wakes people.
REMINDED_BEFORE = dt.timedelta(days=1)
REMINDED_FROM, REMINDED_UNTIL = dt.time(8), dt.time(20)


def remind() -> int:
    """Remind who comes tomorrow; how many."""
    now = timezone.localtime(clock.now())
    if not REMINDED_FROM <= now.time() < REMINDED_UNTIL:
        return 0
    worker = Actor.job("remind-appointments")
    until = clock.start_of(clock.today() + REMINDED_BEFORE + dt.timedelta(days=1))
    rows = list(queries.to_remind(until)[:500])
    for row in rows:
        actions.remind(by=worker, appointment=row)
    return len(rows)


def forget() -> int:
    """Forget who came long ago, and the words of what was settled long ago."""
    worker = Actor.job("forget-help-desk")
    forgotten = actions.forget_appointments(by=worker)
    return forgotten + actions.forget_contacts(by=worker) + actions.forget_files(by=worker)
