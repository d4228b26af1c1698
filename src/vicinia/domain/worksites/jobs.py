"""What goes on by itself: late answers go up."""

from __future__ import annotations

from vicinia.domain.worksites import actions
from vicinia.foundation.kernel.actor import Actor


def chase() -> int:
    """Remind contractors, tell site managers and coordinators of answers that do not come; how many went up a step."""
    return actions.chase(by=Actor.job("chase-complaints"))
