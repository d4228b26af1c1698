"""What falls due to someone: their day, and what nothing else would bring up."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from vicinia.domain.casework.models import CaseRows, Commitment, Intervention, Matter, Proposal, Task
from vicinia.domain.casework.queries.cases import cases
from vicinia.domain.casework.states import CommitmentState, InterventionState, ProposalState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible


def proposals_to(by: Actor) -> QuerySet[Proposal]:
    """Cases that someone asks me to take, of those that my role sees."""
    rows = Proposal.objects.filter(to_id=by.user_id, state=ProposalState.PROPOSED, case__in=cases(by).open())
    return rows.select_related("case__area", "case__category").order_by("id")


def contacts_due(by: Actor, soon: dt.date) -> CaseRows:
    """My open cases whose next contact is due today or earlier, and up to `soon` those where somebody waits for a first call."""
    is_due = Q(next_contact_on__lte=clock.today())
    is_first_call = Q(next_contact_on__lte=soon) & ~Q(next_contact_words="")
    rows = cases(by).open().owned_by(by).filter(is_due | is_first_call)
    return rows.in_lines().most_urgent_first()


def commitments_due(by: Actor, until: dt.date) -> QuerySet[Commitment]:
    """Open commitments of my cases that are due by a day."""
    mine = cases(by).open().owned_by(by)
    rows = Commitment.objects.filter(case__in=mine, state=CommitmentState.OPEN, due_on__lte=until)
    return rows.select_related("case", "body", "user").order_by("due_on", "id")


def interventions_due(by: Actor, until: dt.date) -> QuerySet[Intervention]:
    """Planned interventions of my cases up to a day."""
    mine = cases(by).open().owned_by(by)
    rows = Intervention.objects.filter(case__in=mine, state=InterventionState.PLANNED, planned_on__lte=until)
    return rows.select_related("case", "body").order_by("planned_on", "id")


def tasks_due(by: Actor, until: dt.date) -> QuerySet[Task]:
    """My tasks, and in my cases those of who has no access any more."""
    left = Q(case__owner_id=by.user_id, assignee__is_active=False)
    rows = Task.objects.filter(Q(assignee_id=by.user_id) | left, done_at__isnull=True, due_on__lte=until)
    return rows.filter(case__in=cases(by)).select_related("case").order_by("due_on", "id")


def matters_due(by: Actor, until: dt.date) -> QuerySet[Matter]:
    """What stands open on cases and falls due to me by a day; for who assigns, also what nobody has dealt with in time."""
    whose = Q(user_id=by.user_id) | Q(user__isnull=True, case__owner_id=by.user_id)
    mine = whose & Q(due_on__lte=until)
    if by.can(Capability.ASSIGN):
        mine |= Q(raised_on__lte=clock.today())
    rows = Matter.objects.standing().filter(mine, case__in=cases(by))
    return rows.select_related("case").order_by("due_on", "id")


def forgotten(by: Actor) -> CaseRows:
    """Open cases that nothing will bring up again."""
    return cases(by).forgotten().in_lines().newest_first()


def left_by_area(by: Actor) -> list[tuple[int | None, str, int, list[str]]]:
    """Open cases that nobody is in charge of: (area id, name, how many, the most urgent titles). One query."""
    found: dict[tuple[int | None, str], list[str]] = {}
    rows = cases(by).without_owner().most_urgent_first().values_list("area_id", "area__name", "title")
    for area_id, name, title in rows:
        found.setdefault((area_id, name or ""), []).append(title)
    counted = [(area_id, name, len(titles), titles[:3]) for (area_id, name), titles in found.items()]
    return sorted(counted, key=lambda row: (-row[2], row[1]))


def with_overdue_marks(rows: CaseRows) -> CaseRows:
    """Cases with `has_late_commitment`, for lists; one query."""
    late = Commitment.objects.filter(
        case=OuterRef("pk"), state=CommitmentState.OPEN, due_on__lt=clock.today()
    )
    return rows.annotate(has_late_commitment=Exists(late))


def proposal_to_me(by: Actor, reference: str) -> Proposal:
    """The open proposal of a case to me (404 otherwise)."""
    found = proposals_to(by).filter(case__reference=reference).first()
    if found is None:
        raise NotVisible
    return found
