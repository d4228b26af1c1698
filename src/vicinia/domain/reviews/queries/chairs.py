"""Who may preside over a review: who had no part in what it looks at."""

from __future__ import annotations

from dataclasses import dataclass

from vicinia.domain.casework import events as casework_events
from vicinia.domain.casework.models import Case, CaseMove, Proposal
from vicinia.domain.casework.states import ProposalState, Stage
from vicinia.domain.listening.models import Report, ReportMove
from vicinia.domain.listening.states import ENDED_STATES, ReportState
from vicinia.domain.reviews import rules
from vicinia.domain.reviews.models import Review
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.queries import users_who_can
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal import queries as journal
from vicinia.foundation.kernel.verdict import Verdict

_PARTS = (
    casework_events.OPENED,
    casework_events.TAKEN,
    casework_events.PROPOSED,
    casework_events.HANDED_OVER,
    casework_events.CLOSED,
    casework_events.REOPENED,
    casework_events.CLOSING_ASKED,
    casework_events.CLOSING_RETURNED,
    casework_events.KEPT_CLOSED,
)
_DECIDED = (ReportState.TAKEN, *sorted(ENDED_STATES))


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may chair reviews, and whether this one."""

    user: User
    verdict: Verdict


def involved_in(review: Review) -> frozenset[str]:
    """Everybody, as `Actor.ref`, who is or was in charge of what is looked at, proposed it, opened it or ended it.

    What is looked at: the report, the reports that counted with it, and their cases. Six queries.
    """
    reports = {review.report_id, *review.reports.order_by().values_list("pk", flat=True)}
    cases = list(Case.objects.filter(report_links__report__in=reports).order_by().distinct())
    owners = [case.owner_id for case in cases]
    owners += Report.objects.filter(pk__in=reports).order_by().values_list("owner_id", flat=True)
    refs = {f"user:{pk}" for pk in owners if pk is not None}
    refs |= set(
        ReportMove.objects.filter(row__in=reports, to_state__in=_DECIDED).values_list("by_ref", flat=True)
    )
    closings = CaseMove.objects.filter(row__in=cases, to_state=Stage.CLOSED)
    refs |= set(closings.values_list("by_ref", flat=True))
    for by_ref, to_id, state in Proposal.objects.filter(case__in=cases).values_list(
        "by_ref", "to_id", "state"
    ):
        refs.add(by_ref)
        if state == ProposalState.ACCEPTED:
            refs.add(f"user:{to_id}")
    refs |= journal.who_did([f"case:{case.reference}" for case in cases], _PARTS)
    return frozenset(refs)


def candidates(review: Review) -> list[Candidate]:
    """Everybody whose role may chair, with the reason of who may not; who may comes first."""
    involved = involved_in(review)
    users = users_who_can(Capability.CHAIR_REVIEWS).prefetch_related("teams").order_by("name", "id")
    rows = [Candidate(user, _verdict(user, review, involved)) for user in users]
    return sorted(rows, key=lambda one: not one.verdict.allowed)


def _verdict(user: User, review: Review, involved: frozenset[str]) -> Verdict:
    who = user.as_actor()
    regime = max(review.legal_basis, review.report.legal_basis)  # "police" comes after "administrative"
    return rules.may_chair(who, review.report, regime, is_involved=who.ref in involved)


def may_chair(user: User, review: Review) -> Verdict:
    """Whether this colleague may preside."""
    return _verdict(user, review, involved_in(review))
