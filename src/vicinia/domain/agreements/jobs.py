"""What the night does for behaviour agreements."""

from __future__ import annotations

from contextlib import suppress

from vicinia.domain.agreements import actions, queries
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused


def go_on() -> int:
    """Signed ones whose day has come are in force, invitations without an answer expire, old words go; returns how many."""
    by, today, done = Actor.job("agreements.go_on"), clock.today(), 0
    # What somebody did meanwhile is refused here: the others go on.
    for agreement in queries.to_start(today):
        with suppress(Refused):
            actions.start(by=by, agreement=agreement)
            done += 1
    for invitation in queries.unanswered(today):
        with suppress(Refused):
            actions.expire_invitation(by=by, invitation=invitation)
            done += 1
    for agreement in queries.to_forget(today):
        with suppress(Refused):
            actions.forget(by=by, agreement=agreement)
            done += 1
    return done


def remind() -> int:
    """Write about reviews that have fallen due; returns how many."""
    return actions.remind(by=Actor.job("agreements.remind"))
