"""Complaints with their answers, the people behind them, and the survey."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet

from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people import queries as people
from vicinia.domain.people.models import Person
from vicinia.domain.worksites.models import Complaint, ComplaintRows, Lot, Reply, SurveyAnswer, Worksite
from vicinia.domain.worksites.states import ComplaintState, Escalation
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible

# Fewer answers than this are no picture, and could point at somebody.
FEWEST_ANSWERS = 5


def complaints(by: Actor) -> ComplaintRows:
    """The complaints that `by` may see."""
    return Complaint.objects.visible_to(by)


def in_complaint_lines(rows: ComplaintRows) -> QuerySet[Complaint]:
    """With what a line of a list shows: lot, worksite, stair. One query."""
    found: QuerySet[Complaint] = rows.select_related("lot__worksite", "stair__building", "case")
    return found


def complaint_named(by: Actor, reference: str) -> Complaint:
    """The visible complaint of this reference (404 otherwise)."""
    rows = in_complaint_lines(complaints(by)).select_related("lot__contractor", "lot__manager", "person")
    row: Complaint = rows.one(reference=reference)  # type: ignore[attr-defined]
    return row


def complaint_of_link(token: str) -> Complaint:
    """The complaint whose writer holds this private link (404 otherwise)."""
    reference = accounts.link_is_about(token, LinkPurpose.COMPLAINT)
    rows = in_complaint_lines(Complaint.objects.all()).select_related("lot__contractor")
    row = rows.filter(reference=reference).first() if reference else None
    if row is None:
        raise NotVisible
    return row


def complaint_sent(once: str) -> Complaint | None:
    """The complaint that was sent with this token of a page, if it was."""
    return Complaint.objects.filter(once=once).first()


def replies_of(complaint: Complaint) -> list[Reply]:
    """All that was written on it, in order."""
    return list(complaint.replies.order_by("id"))


def locked_complaint(complaint: Complaint) -> Complaint:
    rows = Complaint.objects.select_for_update(of=("self",))
    row: Complaint = rows.select_related(
        "lot__worksite", "lot__contractor", "lot__manager", "person", "stair__building"
    ).get(pk=complaint.pk)
    return row


def both_of(lot: Lot) -> list[PartnerBody]:
    """The contractor and the site manager, each once."""
    return list({body.pk: body for body in (lot.contractor, lot.manager) if body}.values())


def late_complaints() -> list[Complaint]:
    """Those whose answer is late and can go up another step."""
    rows = Complaint.objects.late().filter(escalation__lt=Escalation.COORDINATOR)
    return list(rows.order_by("id"))


def complaints_due(by: Actor, until: dt.date) -> QuerySet[Complaint]:
    """Late answers, promises that were not kept and what is done and not confirmed; for who keeps worksites."""
    if not by.can(Capability.KEEP_WORKSITES):
        return Complaint.objects.none()
    late = Q(state=ComplaintState.RECEIVED, reply_due_on__lt=until) | Q(
        state=ComplaintState.RECEIVED, is_urgent=True
    )
    promised = Q(state=ComplaintState.ANSWERED, promised_on__lt=until)
    rows = complaints(by).filter(late | promised)
    return in_complaint_lines(rows).order_by("reply_due_on", "id")


# Numbers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Numbers:
    """How complaints of a worksite go."""

    all: int
    open: int
    late: int
    escalated: int


def numbers_of(worksite: Worksite) -> Numbers:
    """How many complaints there were of a worksite, and how they go. One query."""
    rows = Complaint.objects.filter(lot__worksite=worksite).order_by()
    waiting = Q(state=ComplaintState.RECEIVED)
    found = rows.aggregate(
        all=Count("pk"),
        open=Count("pk", filter=~Q(state=ComplaintState.CLOSED)),
        late=Count("pk", filter=waiting & Q(reply_due_on__lt=clock.today())),
        escalated=Count("pk", filter=Q(escalation__gte=Escalation.MANAGER)),
    )
    return Numbers(**found)


@dataclass(frozen=True)
class Survey:
    """What those nearby think of a worksite: how many answered, and from 1 to 5 each question; none if they are few."""

    answers: int
    informed: float | None
    bearable: float | None
    heard: float | None

    @property
    def is_enough(self) -> bool:
        return self.answers >= FEWEST_ANSWERS


def survey_of(worksite: Worksite) -> Survey:
    """The averages of the survey. One query."""
    rows = SurveyAnswer.objects.filter(worksite=worksite).order_by()
    names = ("informed", "bearable", "heard")
    found = rows.aggregate(answers=Count("pk"), **{f"mean_{name}": Avg(name) for name in names})
    is_enough = found["answers"] >= FEWEST_ANSWERS
    return Survey(found["answers"], *(found[f"mean_{name}"] if is_enough else None for name in names))


def survey_words(worksite: Worksite) -> list[str]:
    """What they would do better, in an order that says nothing of when; none while they are few."""
    if not survey_of(worksite).is_enough:
        return []
    rows = SurveyAnswer.objects.filter(worksite=worksite)
    return sorted(row.words for row in rows if row.words)


def has_answered(worksite: Worksite, once: str) -> bool:
    return SurveyAnswer.objects.filter(worksite=worksite, once=once).exists()


# People -----------------------------------------------------------------------------------------------------------


def of_person(by: Actor, person: Person) -> list[Complaint]:
    """What a person complained of, for who may see it, newest first."""
    return list(in_complaint_lines(complaints(by).filter(person_id__in=people.ids_of(person)).newest_first()))


def visible_people(by: Actor, among: Any = None) -> QuerySet[Any, Any]:
    """Subquery of the ids of who complained, for who keeps worksites; a body never knows them."""
    rows = Complaint.objects.filter(person_id__isnull=False)
    if not by.can(Capability.KEEP_WORKSITES):
        rows = rows.none()
    if among is not None:
        rows = rows.filter(person_id__in=among)
    return rows.order_by().values("person_id")


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What a person wrote of worksites, and the answers they got, for their copy."""
    rows = Complaint.objects.filter(person_id=person_id).select_related("lot").prefetch_related("replies")
    return [
        {
            "segnalazione di cantiere": row.reference,
            "lotto": row.lot.name,
            "giorno": row.created_at.date().isoformat(),
            "testo": row.words,
            "dove": row.place,
            "risposte": [one.words for one in sorted(row.replies.all(), key=lambda reply: reply.pk)],
        }
        for row in rows.order_by("id")
    ]
