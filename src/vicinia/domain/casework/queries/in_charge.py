"""What a user has in charge, for who opens and closes accesses."""

from __future__ import annotations

from dataclasses import dataclass

from vicinia.domain.casework.models import Case, Proposal, Task, WatchPoint
from vicinia.domain.casework.states import ProposalState
from vicinia.foundation.kernel import clock


@dataclass(frozen=True, slots=True)
class InCharge:
    """What would stay in the name of someone whose access is closed."""

    references: list[str]
    late: int
    tasks: int
    late_tasks: int
    proposals: int
    watch_points: int


def in_charge_of(user_id: int) -> InCharge:
    """Numbers of all that is in a user's name, never what the cases are about."""
    own = Case.objects.open().filter(owner_id=user_id)
    tasks = Task.objects.filter(assignee_id=user_id, done_at__isnull=True)
    proposals = Proposal.objects.filter(to_id=user_id, state=ProposalState.PROPOSED)
    watched = WatchPoint.objects.filter(
        case__in=Case.objects.closed().filter(owner_id=user_id),
        done_at__isnull=True,
        cancelled_at__isnull=True,
    )
    return InCharge(
        references=list(own.most_urgent_first().values_list("reference", flat=True)),
        late=own.filter(next_contact_on__lt=clock.today()).count(),
        tasks=tasks.count(),
        late_tasks=tasks.filter(due_on__lt=clock.today()).count(),
        proposals=proposals.count(),
        watch_points=watched.count(),
    )
