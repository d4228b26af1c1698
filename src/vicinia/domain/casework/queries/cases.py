"""Cases and what belongs to them, as who asks may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Case as CaseExpression
from django.db.models import Q, QuerySet, When

from vicinia.domain.casework.models import (
    Case,
    CasePerson,
    CaseReport,
    CaseRows,
    Commitment,
    Intervention,
    Plan,
    Proposal,
    Task,
)
from vicinia.domain.casework.states import CommitmentState, ProposalState
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.people import queries as people
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


def open_commitments(case: Case) -> QuerySet[Commitment]:
    return case.commitments.filter(state=CommitmentState.OPEN).joining(body=("name",), user=("name",))


def told_commitments(case: Case) -> QuerySet[Commitment]:
    """What was decided together, as the reporter sees it."""
    rows = case.commitments.filter(told_to_reporter=True).exclude(state=CommitmentState.DROPPED)
    return rows.joining(body=("name",), user=("name",))


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of persons in the cases that `by` may see, only those in `among` unless it is None."""
    rows = CasePerson.objects.filter(case__in=cases(by).order_by())
    return (rows if among is None else rows.filter(person_id__in=among)).order_by().values("person_id")


def points(
    by: Actor, south: float, west: float, north: float, east: float, *, kind: str = ""
) -> QuerySet[Any, Any]:
    """Open cases in a box as (reference, title, lat, lon, stage) tuples, newest first. One query."""
    rows = cases(by).open().filter(lat__range=(south, north), lon__range=(west, east))
    if kind:
        rows = rows.filter(category__code=kind)
    return rows.newest_first().values_list("reference", "title", "lat", "lon", "stage")


def reporters_to_call(case: Case) -> list[Report]:
    """One report of each person who wants to be contacted: first those to whom nobody has spoken yet, by their deadline.

    The reports of an anonymous person, or of one who asked not to be contacted, are not among them. One query.
    """
    rows = reports_to_tell(case).filter(reporter__isnull=False)
    refusing = {row.reporter_id for row in rows if not row.wants_contact}
    heard = {row.reporter_id for row in rows if row.first_contact_at is not None}
    by_person: dict[int | None, Report] = {}
    for row in rows:
        if row.reporter_id not in refusing:
            by_person.setdefault(row.reporter_id, row)
    return sorted(
        by_person.values(), key=lambda row: (row.reporter_id in heard, row.due_on or row.received_at.date())
    )


def reports_of_same_person(case: Case, report: Report) -> list[Report]:
    """The reports of a case by who made this one: who is spoken to has been heard about all of them."""
    if report.reporter_id is None:
        return [report]
    return list(reports_to_tell(case).filter(reporter_id=report.reporter_id))


def next_contact(
    case: Case, agreed: dt.date | None, tried: Report | None = None
) -> tuple[dt.date | None, bool]:
    """The day of the next contact, and whether it is a first call: a day agreed with one reporter delays nobody else's.

    `agreed` is the day that would do for whom we have spoken to, or have just `tried` to. One query.
    """
    heard = reports_in(case).filter(first_contact_at__isnull=False, reporter__isnull=False)
    waiting = reports_in(case).filter(wants_contact=True, reporter__isnull=False, due_on__isnull=False)
    waiting = waiting.exclude(reporter_id__in=heard.order_by().values("reporter_id"))
    if tried is not None:
        waiting = waiting.exclude(reporter_id=tried.reporter_id)
    first: dt.date | None = waiting.order_by("due_on").values_list("due_on", flat=True).first()
    if first is None:
        return agreed, False
    return min(first, agreed or first), True


def next_contact_with(report: Report, case: Case) -> dt.date | None:
    """The day of the next contact with who made a report of the case.

    While somebody else is still to be called for the first time, the case waits for them: with the others stands what was
    agreed when we last spoke. One query, and only then.
    """
    if report.first_contact_at is None or not case.next_contact_words:
        return case.next_contact_on
    mine = Q(report=report)
    if report.reporter_id is not None:
        mine |= Q(report__reporter_id=report.reporter_id)
    agreed: dt.date | None = (
        case.contacts.filter(mine, next_contact_on__isnull=False)
        .order_by("-at", "-id")
        .values_list("next_contact_on", flat=True)
        .first()
    )
    return agreed or case.next_contact_on


def commitments_of(case: Case) -> QuerySet[Commitment]:
    """Every commitment, those still open first."""
    is_open = CaseExpression(When(state=CommitmentState.OPEN, then=0), default=1)
    return case.commitments.joining(body=("name",), user=("name",)).order_by(is_open, "due_on", "id")


def interventions_of(case: Case) -> QuerySet[Intervention]:
    return case.interventions.joining(body=("name",)).order_by("-planned_on", "-id")


def people_of(case: Case) -> QuerySet[CasePerson]:
    """The people of a case, without their names: those are revealed one by one."""
    return case.case_people.select_related("person").defer("person__name", "person__address", "person__needs")


def facts_to_share(case: Case) -> dict[str, str]:
    """What may be said of a case to a body without any person's data: the problem, where, what happens, what was decided."""
    decided = [row.agreed for row in case.contacts.exclude(agreed="")]
    promised = [row.what for row in open_commitments(case)]
    return {
        "kind": case.category.name,
        "place": str(case.where),
        "summary": case.summary or case.title,
        "work": "\n".join([*decided, *promised]),
    }


def plan_of(case: Case) -> Plan:
    """What is wanted in a case; not saved, and of version 0, while nobody has written it."""
    return Plan.objects.filter(case=case).first() or Plan(case=case, version=0)


def row_of(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def commitment_of(case: Case, pk: int) -> Commitment:
    row: Commitment = row_of(case.commitments.select_related("case", "body", "user"), pk)
    return row


def intervention_of(case: Case, pk: int) -> Intervention:
    row: Intervention = row_of(case.interventions.select_related("case"), pk)
    return row


def task_of(case: Case, pk: int) -> Task:
    row: Task = row_of(case.tasks.select_related("case"), pk)
    return row


def person_in(case: Case, pk: int) -> CasePerson:
    row: CasePerson = row_of(case.case_people.select_related("case"), pk)
    return row


def report_in(case: Case, reference: str) -> Report:
    """The report of this number in a case (404 otherwise)."""
    found = reports_in(case).filter(reference=reference).first()
    if found is None:
        raise NotVisible
    return found


# How near a report of the same kind is to a case to be taken for the same problem, in metres.
NEAR_METRES = 150.0


def reports_near(by: Actor, case: Case, most: int) -> list[Report]:
    """Reports still to be decided that are probably of this case: same kind, same regime, same place, oldest first."""
    if case.lat is None or case.lon is None:
        return []
    rows = listening.reports(by).in_triage()
    rows = rows.filter(category_id=case.category_id, legal_basis=case.legal_basis)
    found = listening.near(rows, case.lat, case.lon, NEAR_METRES).in_lines().order_by("received_at", "id")
    return list(found[:most])


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
