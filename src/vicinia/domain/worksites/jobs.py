"""What goes on by itself: late answers go up."""

from __future__ import annotations

from vicinia.domain.worksites import actions, queries
from vicinia.foundation.kernel.actor import Actor


def chase() -> int:
    """Remind contractors, tell site managers and coordinators of answers that do not come; how many went up a step."""
    worker = Actor.job("chase-complaints")
    return sum(actions.chase(by=worker, complaint=row) for row in queries.late_complaints())
