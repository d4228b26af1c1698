"""How the unit's work is shared out: numbers by operator, each with the cases that it counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.events import TO_APPROVE
from vicinia.domain.casework.models import (
    Case,
    CaseMove,
    CaseRows,
    Commitment,
    Contact,
    Intervention,
    Matter,
    Proposal,
    Task,
)
from vicinia.domain.casework.queries.cases import cases
from vicinia.domain.casework.states import CommitmentState, InterventionState, ProposalState, Stage
from vicinia.domain.listening import queries as listening
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.verdict import Sentence

# Days within which a case that was opened again still says something of how it was closed.
REOPENED_WITHIN_DAYS = 180


def _with_late_contact(rows: CaseRows) -> CaseRows:
    return rows.filter(next_contact_on__lt=clock.today())


def _with_late_commitment(rows: CaseRows) -> CaseRows:
    late = Commitment.objects.filter(
        case=OuterRef("pk"), state=CommitmentState.OPEN, due_on__lt=clock.today()
    )
    return rows.filter(Exists(late))


def _with_late_intervention(rows: CaseRows) -> CaseRows:
    late = Intervention.objects.filter(
        case=OuterRef("pk"), state=InterventionState.PLANNED, planned_on__lt=clock.today()
    )
    return rows.filter(Exists(late))


def _with_late_task(rows: CaseRows) -> CaseRows:
    return rows.filter(
        Exists(Task.objects.filter(case=OuterRef("pk"), done_at__isnull=True, due_on__lt=clock.today()))
    )


def _stalled(rows: CaseRows) -> CaseRows:
    """No contact, no step and no work done for STALLED_DAYS days."""
    since = clock.now() - dt.timedelta(days=settings.STALLED_DAYS)
    moved = Contact.objects.filter(case=OuterRef("pk"), at__gte=since)
    done = Intervention.objects.filter(case=OuterRef("pk"), done_on__gte=since.date())
    return rows.filter(stage_since__lt=since, taken_at__lt=since).exclude(Exists(moved)).exclude(Exists(done))


def _raised(rows: CaseRows) -> CaseRows:
    raised = Matter.objects.filter(case=OuterRef("pk"), raised_on__lte=clock.today()).exclude(kind=TO_APPROVE)
    return rows.filter(Exists(raised))


def _reopened(rows: CaseRows) -> CaseRows:
    since = clock.now() - dt.timedelta(days=REOPENED_WITHIN_DAYS)
    return rows.filter(
        Exists(CaseMove.objects.filter(row=OuterRef("pk"), from_state=Stage.CLOSED, at__gte=since))
    )


# What asks for the coordinator's eye: the sentence, and the open cases it is true of.
ATTENTION: dict[str, tuple[Sentence, Callable[[CaseRows], CaseRows]]] = {
    "contatto": (_("contatto in ritardo"), _with_late_contact),
    "impegno": (_("impegno scaduto"), _with_late_commitment),
    "intervento": (_("intervento in ritardo"), _with_late_intervention),
    "da-fare": (_("cosa da fare in ritardo"), _with_late_task),
    "fermo": (_("fermo da tempo"), _stalled),
    "bloccato": (_("aspetta altri da troppo"), _raised),
    "riaperto": (_("riaperto da poco"), _reopened),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """How many cases of someone ask for attention, and why."""

    name: str
    label: Sentence
    count: int


@dataclass(frozen=True, slots=True)
class TeamLine:
    """What one operator has in hand. `attention` gives the number of their open cases by key of ATTENTION."""

    user: User
    open: int
    reports: int
    proposals: int
    attention: dict[str, int] = field(default_factory=dict)

    @property
    def cells(self) -> list[Cell]:
        """One cell a key of ATTENTION, in its order."""
        return [Cell(name, label, self.attention.get(name, 0)) for name, (label, _f) in ATTENTION.items()]


def team(by: Actor) -> list[TeamLine]:
    """Everybody who takes cases in charge, and who has left with some, most cases first. A fixed number of queries."""
    visible = cases(by).open().order_by()
    counts = {name: _by_owner(narrow(visible)) for name, (_label, narrow) in ATTENTION.items()}
    has_open = _by_owner(visible)
    late_reports = _counted(listening.reports(by).late().order_by().values("owner_id"), "owner_id")
    waiting = Proposal.objects.filter(state=ProposalState.PROPOSED, case__in=visible).order_by()
    proposals = _counted(waiting.values("to_id"), "to_id")
    able = {user.pk: user for user in accounts.users_who_can(Capability.TAKE_CHARGE)}
    left = set(has_open) - set(able) - {None}
    users = [*able.values(), *(accounts.users_by_id(left) if left else ())]
    lines = [
        TeamLine(
            user=user,
            open=has_open[user.pk],
            reports=late_reports[user.pk],
            proposals=proposals[user.pk],
            attention={name: count[user.pk] for name, count in counts.items()},
        )
        for user in users
    ]
    return sorted(lines, key=lambda line: (-line.open, line.user.name))


def _by_owner(rows: CaseRows) -> Counter[Any]:
    return _counted(rows.values("owner_id"), "owner_id")


def _counted(rows: QuerySet[Any, Any], name: str) -> Counter[Any]:
    return Counter({row[name]: row["n"] for row in rows.annotate(n=Count("pk"))})


def needing(rows: CaseRows, name: str) -> CaseRows:
    """Of some open cases, those that a key of ATTENTION is true of."""
    return ATTENTION[name][1](rows)


def open_cases_of(by: Actor, user: User) -> CaseRows:
    """The open cases that someone has in charge, of those that `by` may see, most urgent first."""
    return cases(by).open().filter(owner=user).in_lines().most_urgent_first()


def in_the_team(pk: int) -> User:
    """Someone who has or may have cases in charge (404 otherwise)."""
    found = accounts.users_who_can(Capability.TAKE_CHARGE).filter(pk=pk).first()
    if found is None and Case.objects.open().filter(owner_id=pk).exists():
        found = next(iter(accounts.users_by_id([pk])), None)
    if found is None:
        raise NotVisible
    return found
