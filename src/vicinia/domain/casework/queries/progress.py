"""What has been done in a case so far, for the rules of its stages."""

from __future__ import annotations

from collections.abc import Iterable

from vicinia.domain.casework.models import Case, Commitment, Intervention
from vicinia.domain.casework.queries.cases import commitments_of, interventions_of, reports_in
from vicinia.domain.casework.rules import Progress
from vicinia.domain.casework.states import STAGE_MOVES, STAGE_ORDER, CommitmentState, InterventionState, Stage
from vicinia.domain.listening.models import Report


def progress(case: Case) -> Progress:
    """What has been done in a case so far. Five queries, whatever its size."""
    return progress_with(
        case, reports=reports_in(case), commitments=commitments_of(case), interventions=interventions_of(case)
    )


def progress_with(
    case: Case,
    *,
    reports: Iterable[Report],
    commitments: Iterable[Commitment],
    interventions: Iterable[Intervention],
) -> Progress:
    """The same, for who has read the rows of the case already. Two queries."""
    reports, commitments, interventions = list(reports), list(commitments), list(interventions)
    return Progress(
        spoke_with_reporter=any(report.first_contact_at for report in reports),
        planned=_oldest_first(row for row in interventions if row.state == InterventionState.PLANNED),
        carried_out=sum(1 for row in interventions if row.state == InterventionState.DONE),
        open_commitments=[row for row in commitments if row.state == CommitmentState.OPEN],
        commitments=len(commitments),
        open_tasks=list(case.tasks.filter(done_at__isnull=True).select_related("assignee")),
        has_reporter=any(report.wants_contact for report in reports),
        matters=list(case.matters.standing()),
    )


def _oldest_first(rows: Iterable[Intervention]) -> list[Intervention]:
    return sorted(rows, key=lambda row: (row.planned_on, row.pk))


def following_stage(case: Case) -> str:
    """The stage that comes next in order; none after watching (closing is an act of its own)."""
    position = STAGE_ORDER.index(Stage(case.stage))
    following = STAGE_ORDER[position + 1] if position + 1 < len(STAGE_ORDER) else Stage.CLOSED
    return "" if following == Stage.CLOSED else following


def earlier_stages(case: Case) -> list[str]:
    """The stages to which an open case may go back, to look again."""
    if not case.is_open:
        return []
    position = STAGE_ORDER.index(Stage(case.stage))
    return [stage for stage in STAGE_ORDER[:position] if STAGE_MOVES.may(case.stage, stage)]
