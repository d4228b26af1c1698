"""What goes on by itself: a convention at its term renews itself, or ends where notice was given."""

from __future__ import annotations

from vicinia.domain.commons.actions import bodies as actions
from vicinia.domain.commons.queries import bodies as queries
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def go_on() -> int:
    """How many conventions were renewed or ended."""
    worker = Actor.job("conventions")
    return sum(actions.go_on(by=worker, body_id=pk) for pk in queries.at_term(clock.today()))
