"""Reads about cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.conf import settings
from django.db.models import Case as CaseExpression
from django.db.models import Exists, OuterRef, Q, QuerySet, When

from vicinia.domain.casework.models import (
    Case,
    CasePerson,
    CaseReport,
    CaseRows,
    Commitment,
    Intervention,
    Matter,
    OutcomeReply,
    Proposal,
    Task,
    WatchPoint,
)
from vicinia.domain.casework.rules import Progress
from vicinia.domain.casework.states import (
    STAGE_MOVES,
    STAGE_ORDER,
    CommitmentState,
    InterventionState,
    OutcomeVerdict,
    PersonRole,
    ProposalState,
    Stage,
)
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.people import queries as people
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible


def cases(by: Actor) -> CaseRows:
    """The cases that `by` may see."""
    return Case.objects.visible_to(by)


def case_named(by: Actor, reference: str) -> Case:
    """The visible case of this reference, with what its page shows (404 otherwise)."""
    row: Case = cases(by).in_lines().one(reference=reference)
    return row


def case_to_change(by: Actor, reference: str) -> Case:
    """The visible case of this reference, locked until the transaction ends (404 otherwise)."""
    rows = cases(by).select_for_update(of=("self",)).select_related("category", "area", "owner")
    row: Case = rows.defer("area__boundary").one(reference=reference)
    return row


def case_of(report: Report) -> Case | None:
    """The case that a report belongs to."""
    link = CaseReport.objects.filter(report=report).select_related("case__owner", "case__area").first()
    return link.case if link else None


def visible_case_of(by: Actor, report: Report) -> Case | None:
    """The case of a report, if `by` may see it."""
    found: Case | None = cases(by).filter(report_links__report=report).first()
    return found


def reports_in(case: Case) -> QuerySet[Report]:
    """The reports of a case, oldest first."""
    return Report.objects.filter(case_link__case=case).in_lines().order_by("received_at", "id")


def reports_to_tell(case: Case) -> QuerySet[Report]:
    """The same, with who made them."""
    return reports_in(case).select_related("reporter")


def open_proposal(case: Case) -> Proposal | None:
    rows = Proposal.objects.filter(case=case, state=ProposalState.PROPOSED)
    return rows.select_related("to").first()


def proposals_to(by: Actor) -> QuerySet[Proposal]:
    """Cases that someone asks me to take, of those that my role sees."""
    rows = Proposal.objects.filter(to_id=by.user_id, state=ProposalState.PROPOSED, case__in=cases(by).open())
    return rows.select_related("case__area", "case__category").order_by("id")


def open_commitments(case: Case) -> QuerySet[Commitment]:
    return case.commitments.filter(state=CommitmentState.OPEN).joining(body=("name",), user=("name",))


def progress(case: Case) -> Progress:
    """What has been done in a case so far. Five queries, whatever its size."""
    return progress_with(
        case,
        reports=reports_in(case),
        commitments=commitments_of(case),
        interventions=interventions_of(case),
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
        matters=list(case.matters.all()),
    )


def _oldest_first(rows: Iterable[Intervention]) -> list[Intervention]:
    return sorted(rows, key=lambda row: (row.planned_on, row.pk))


def contacts_due(by: Actor) -> CaseRows:
    """My open cases whose next contact is due today or earlier."""
    rows = cases(by).open().owned_by(by).filter(next_contact_on__lte=clock.today())
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
    rows = Matter.objects.filter(mine, case__in=cases(by))
    return rows.select_related("case").order_by("due_on", "id")


def watch_points_due(by: Actor) -> QuerySet[WatchPoint]:
    """Closed cases of mine whose evolution is to be looked at; for who assigns, also of who has left."""
    whose = Q(owner_id=by.user_id)
    if by.can(Capability.ASSIGN):
        whose |= Q(owner__is_active=False)
    mine = cases(by).closed().filter(whose)
    rows = WatchPoint.objects.filter(
        case__in=mine, done_at__isnull=True, cancelled_at__isnull=True, due_on__lte=clock.today()
    )
    return rows.select_related("case").order_by("due_on", "id")


def contested(by: Actor) -> QuerySet[OutcomeReply]:
    """Outcomes that reporters contest and nobody has dealt with, on my cases (or all, for who assigns)."""
    rows = OutcomeReply.objects.filter(
        verdict=OutcomeVerdict.CONTESTED, handled_at__isnull=True, case__in=cases(by).closed()
    )
    if not by.everywhere:
        rows = rows.filter(case__owner_id=by.user_id)
    return rows.select_related("case", "report").order_by("created_at", "id")


def reply_to_closing(report: Report, case: Case) -> OutcomeReply | None:
    """What the reporter last said of this closing."""
    if case.closed_at is None:
        return None
    return OutcomeReply.objects.filter(report=report, case=case, closed_at=case.closed_at).last()


def forgotten(by: Actor) -> CaseRows:
    """Open cases that nothing will bring up again."""
    return cases(by).forgotten().in_lines().newest_first()


def new_reports_since_closing(case: Case) -> int:
    """How many reports of the same kind came from within 150 m (or the same area, without a point) after closing."""
    if case.closed_at is None:
        return 0
    rows = Report.objects.filter(category_id=case.category_id, received_at__gt=case.closed_at)
    rows = rows.exclude(case_link__case=case)
    if case.lat is not None and case.lon is not None:
        return listening.near(rows, case.lat, case.lon, 150.0).count()
    return rows.filter(area_id=case.area_id).count() if case.area_id else 0


def told_commitments(case: Case) -> QuerySet[Commitment]:
    """What was decided together, as the reporter sees it."""
    rows = case.commitments.filter(told_to_reporter=True).exclude(state=CommitmentState.DROPPED)
    return rows.joining(body=("name",), user=("name",))


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of persons in the cases that `by` may see, only those in `among` unless it is None."""
    rows = CasePerson.objects.filter(case__in=cases(by).order_by())
    return (rows if among is None else rows.filter(person_id__in=among)).order_by().values("person_id")


def with_overdue_marks(rows: CaseRows) -> CaseRows:
    """Cases with `has_late_commitment`, for lists; one query."""
    late = Commitment.objects.filter(
        case=OuterRef("pk"), state=CommitmentState.OPEN, due_on__lt=clock.today()
    )
    return rows.annotate(has_late_commitment=Exists(late))


def watch_days() -> list[int]:
    return [int(day) for day in settings.WATCH_DAYS]


def points(
    by: Actor, south: float, west: float, north: float, east: float, *, kind: str = ""
) -> QuerySet[Any, Any]:
    """Open cases in a box as (reference, title, lat, lon, stage) tuples, newest first. One query."""
    rows = cases(by).open().filter(lat__range=(south, north), lon__range=(west, east))
    if kind:
        rows = rows.filter(category__code=kind)
    return rows.newest_first().values_list("reference", "title", "lat", "lon", "stage")


def person_to_call(case: Case) -> Person | None:
    """Whom the next contact of a case is with: its first reporter who wants to be contacted."""
    refusing = reports_in(case).filter(wants_contact=False, reporter__isnull=False).values("reporter_id")
    roles = case.case_people.filter(role=PersonRole.REPORTER).exclude(person_id__in=refusing.order_by())
    first = roles.select_related("person").order_by("id").first()
    return first.person if first else None


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


def commitments_of(case: Case) -> QuerySet[Commitment]:
    """Every commitment, those still open first."""
    is_open = CaseExpression(When(state=CommitmentState.OPEN, then=0), default=1)
    return case.commitments.joining(body=("name",), user=("name",)).order_by(is_open, "due_on", "id")


def interventions_of(case: Case) -> QuerySet[Intervention]:
    return case.interventions.joining(body=("name",)).order_by("-planned_on", "-id")


def people_of(case: Case) -> QuerySet[CasePerson]:
    """The people of a case, without their names: those are revealed one by one."""
    return case.case_people.select_related("person").defer("person__name", "person__address", "person__needs")


def open_contests(case: Case) -> QuerySet[OutcomeReply]:
    """Contests of this closing that wait for an answer."""
    rows = case.outcome_replies.filter(verdict=OutcomeVerdict.CONTESTED, handled_at__isnull=True)
    return rows.select_related("report")


def watch_points_of(case: Case) -> QuerySet[WatchPoint]:
    return case.watch_points.filter(cancelled_at__isnull=True)


def proposal_to_me(by: Actor, reference: str) -> Proposal:
    """The open proposal of a case to me (404 otherwise)."""
    found = proposals_to(by).filter(case__reference=reference).first()
    if found is None:
        raise NotVisible
    return found


def _row_of(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def commitment_of(case: Case, pk: int) -> Commitment:
    row: Commitment = _row_of(case.commitments.select_related("case", "body", "user"), pk)
    return row


def intervention_of(case: Case, pk: int) -> Intervention:
    row: Intervention = _row_of(case.interventions.select_related("case"), pk)
    return row


def task_of(case: Case, pk: int) -> Task:
    row: Task = _row_of(case.tasks.select_related("case"), pk)
    return row


def watch_point_of(case: Case, pk: int) -> WatchPoint:
    row: WatchPoint = _row_of(watch_points_of(case).select_related("case"), pk)
    return row


def person_in(case: Case, pk: int) -> CasePerson:
    row: CasePerson = _row_of(case.case_people.select_related("case"), pk)
    return row


def report_in(case: Case, reference: str) -> Report:
    """The report of this number in a case (404 otherwise)."""
    found = reports_in(case).filter(reference=reference).first()
    if found is None:
        raise NotVisible
    return found


def contest_of(case: Case, pk: int) -> OutcomeReply:
    row: OutcomeReply = _row_of(open_contests(case).select_related("case"), pk)
    return row


def open_cases_near(by: Actor, report: Report) -> list[Case]:
    """Open cases within 200 m of a report that it might belong to, nearest kind first."""
    if report.lat is None or report.lon is None:
        return []
    dlat, dlon = 200 / 111_195.0, 300 / 111_195.0
    box = {
        "lat__range": (report.lat - dlat, report.lat + dlat),
        "lon__range": (report.lon - dlon, report.lon + dlon),
    }
    rows = cases(by).open().filter(legal_basis=report.legal_basis, **box).in_lines()
    return sorted(rows[:10], key=lambda case: (case.category_id != report.category_id, -case.pk))[:4]


def cases_of_person_named(by: Actor, reference: str) -> CaseRows:
    """The cases of a person, over every row merged into them."""
    return _cases_of(by, people.ids_of(reference))


def _cases_of(by: Actor, ids: list[int]) -> CaseRows:
    in_case = Q(case_people__person_id__in=ids)
    in_report = Q(report_links__report__reporter_id__in=ids)
    return cases(by).filter(in_case | in_report).distinct().newest_first()


def all_ids() -> QuerySet[Any, Any]:
    return Case.objects.order_by("pk").values_list("pk", flat=True)


def rows_by_id(ids: Collection[int]) -> QuerySet[Case]:
    """Rows for the search index, whatever who may see them."""
    return Case.objects.filter(pk__in=ids).select_related("category")


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What cases hold of a person, for the copy that they may ask for: contacts with them, what was agreed."""
    links = CasePerson.objects.filter(person_id=person_id).select_related("case").order_by("id")
    return [
        {
            "caso": link.case.reference,
            "parte": str(link.get_role_display()),
            "contatti": [
                {"quando": contact.at.isoformat(), "deciso": contact.agreed}
                for contact in link.case.contacts.filter(
                    Q(person_id=person_id) | Q(report__reporter_id=person_id)
                )
            ],
        }
        for link in links
    ]
