"""Who may do what of the mobility plan, and when."""

from vicinia.domain.mobility.rules.plans import (
    MOST_SECONDS,
    LockFacts,
    PlanFacts,
    is_askable,
    is_stale,
    may_ask_again,
    may_ask_plan,
    may_ask_why,
    may_discard,
    may_lift,
    may_lock,
    may_publish,
    may_run,
    may_stop,
)

__all__ = [
    "MOST_SECONDS",
    "LockFacts",
    "PlanFacts",
    "is_askable",
    "is_stale",
    "may_ask_again",
    "may_ask_plan",
    "may_ask_why",
    "may_discard",
    "may_lift",
    "may_lock",
    "may_publish",
    "may_run",
    "may_stop",
]
