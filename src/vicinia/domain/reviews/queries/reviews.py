"""Reviews and what belongs to them, as who asks may see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import MeToo, Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.people import queries as people
from vicinia.domain.people.models import Person
from vicinia.domain.reviews import rules
from vicinia.domain.reviews.models import Recommendation, Review, ReviewRows
from vicinia.domain.reviews.queries.right import is_right_shown
from vicinia.domain.reviews.states import OPEN_STATES, LetterKind, RecommendationState, ReviewState
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible

_IS_OPEN = Q(state__in=OPEN_STATES)


def reviews(by: Actor) -> ReviewRows:
    """The reviews that `by` may see."""
    return Review.objects.visible_to(by)


def review_named(by: Actor, reference: str) -> Review:
    """The visible review of this reference (404 otherwise)."""
    related = ("report__reporter", "report__area", "case__owner", "case__area", "chair", "person")
    rows = reviews(by).select_related(*related)
    row: Review = rows.defer("report__area__boundary", "case__area__boundary").one(reference=reference)
    return row


def recommendation_of(by: Actor, reference: str, pk: int) -> Recommendation:
    """One recommendation of a visible review (404 otherwise)."""
    review = review_named(by, reference)
    found = review.recommendations.select_related("user", "body", "review__case__owner").filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def recommendations_of(review: Review) -> list[Recommendation]:
    return list(review.recommendations.joining(user=("name",), body=("name",)))


def are_answered(review: Review) -> bool:
    """Whether every recommendation has its yes or no."""
    return not review.recommendations.filter(state=RecommendationState.PROPOSED).exists()


def reports_behind(by: Actor, review: Review) -> tuple[list[Report], int]:
    """The reports that counted and that `by` may see, with how many more there are."""
    ids = list(review.reports.order_by().values_list("pk", flat=True))
    rows = listening.reports(by).filter(pk__in=ids).in_lines().order_by("received_at", "id")
    shown = list(rows)
    return shown, len(ids) - len(shown)


def case_of(review: Review) -> Case | None:
    """The case of a review: that of its report now, also if it was opened after the asking."""
    return casework.case_of(review.report) or review.case


def visible_case_of(by: Actor, review: Review) -> Case | None:
    """The same, if `by` may see it."""
    case = case_of(review)
    return case if case is not None and casework.cases(by).filter(pk=case.pk).exists() else None


def others_open(by: Actor, review: Review) -> list[Review]:
    """Other open reviews of the same person, or on the same case, that `by` may see."""
    case = case_of(review)
    same = Q(person_id__in=people.ids_of(people.root_of(review.person))) if review.person else Q(pk__in=[])
    if case is not None:
        same |= Q(report__case_link__case=case) | Q(case=case)
    rows = reviews(by).open().filter(same).exclude(pk=review.pk).in_lines()
    return list(rows.distinct()[:10])


def of_case(by: Actor, case: Case) -> QuerySet[Review]:
    """The reviews of a case, and of its reports, that `by` may see."""
    rows = reviews(by).filter(Q(case=case) | Q(report__case_link__case=case)).in_lines()
    return rows.distinct().order_by("-id")


def of_report(by: Actor, report: Report) -> QuerySet[Review]:
    return reviews(by).filter(report=report).in_lines().order_by("-id")


def listed(by: Actor, view: str, state: str) -> ReviewRows:
    """The list: open ones with the late first, or ended ones with the newest first; of one state if asked."""
    rows = reviews(by).in_lines()
    rows = (
        rows.open().most_urgent_first() if view == "aperti" else rows.exclude(pk__in=rows.open().values("pk"))
    )
    rows = rows if view == "aperti" else rows.order_by("-ended_on", "-id")
    return rows.filter(state=state) if state else rows


def due(by: Actor, until: dt.date) -> ReviewRows:
    """Reviews in no case that fall due to `by` by a day; a case brings up its own (see `Matter`).

    For who assigns, also new ones from the first day, those of a chair from outside, and decided ones with a
    recommendation unanswered.
    """
    if not by.can(Capability.CHAIR_REVIEWS):
        return Review.objects.none()
    wanted = _IS_OPEN & Q(chair_id=by.user_id, due_on__lte=until)
    if by.can(Capability.ASSIGN):
        wanted |= Q(state=ReviewState.ASKED) | (_IS_OPEN & Q(chair__isnull=True, due_on__lte=until))
        unanswered = Recommendation.objects.filter(review=OuterRef("pk"), state=RecommendationState.PROPOSED)
        wanted |= Q(state=ReviewState.DECIDED) & Q(Exists(unanswered))
    rows: ReviewRows = reviews(by).filter(wanted, case__isnull=True).in_lines()
    return rows.most_urgent_first()


# Behind a private link ---------------------------------------------------------------------------------------------------


def followed(report: Report) -> list[Review]:
    """The reviews that the reporter asked for from this report, newest first: of nobody else, from no other report."""
    rows = Review.objects.filter(report=report).select_related("report__reporter")
    found = list(rows.defer("report__description").order_by("-id"))
    if not found or report.reporter is None:
        return [review for review in found if review.person_id is None]
    ids = {None, *people.ids_of(people.root_of(report.reporter))}
    return [review for review in found if review.person_id in ids]


def followed_open(report: Report) -> Review | None:
    """The one that is open."""
    return next((review for review in followed(report) if review.is_open), None)


def followed_named(report: Report, reference: str) -> Review:
    """One of them (404 otherwise)."""
    found = next((review for review in followed(report) if review.reference == reference), None)
    if found is None:
        raise NotVisible
    return found


@dataclass(frozen=True, slots=True)
class ShownReview:
    """A review as who asked for it reads it."""

    review: Review
    recommendations: Sequence[Recommendation]
    letters: Sequence[LetterKind]


@dataclass(frozen=True, slots=True)
class Offer:
    """What a private page says of reviews: those asked for from it, newest first, and whether there is a right to one."""

    reviews: Sequence[ShownReview]
    has_right: bool

    @property
    def is_open(self) -> bool:
        return any(one.review.is_open for one in self.reviews)


def offer(report: Report, case: Case | None) -> Offer:
    """Gather it, of a report that is in `case`. The right is not looked for while a review is open, nor said where it would tell of somebody else."""
    rows = followed(report)
    shown = [ShownReview(row, shown_recommendations(row), _letters(row)) for row in rows]
    if any(row.is_open for row in rows):
        return Offer(shown, has_right=False)
    return Offer(shown, has_right=is_right_shown(report, case))


def _letters(review: Review) -> list[LetterKind]:
    return [kind for kind in LetterKind if rules.may_print(review, kind)]


def shown_recommendations(review: Review) -> list[Recommendation]:
    """What a decided review recommends, as who asked reads it. Before, it is the chair's own work; of police, an act."""
    is_police = LegalBasis.POLICE in (review.legal_basis, review.report.legal_basis)
    return recommendations_of(review) if review.state == ReviewState.DECIDED and not is_police else []


def open_of(report: Report, person: Person | None) -> Review | None:
    """The open review that this person asked for from this report."""
    ids = people.ids_of(people.root_of(person)) if person is not None else []
    whose = Q(person_id__in=ids) if person is not None else Q(person__isnull=True)
    found: Review | None = Review.objects.open().filter(whose, report=report).first()
    return found


# People ------------------------------------------------------------------------------------------------------------------


def joined_people(report: Report) -> list[MeToo]:
    """Who joined a report and left a name, the first first."""
    rows = report.me_toos.filter(person__isnull=False).select_related("person")
    return list(rows.defer("person__name", "person__address", "person__needs").order_by("created_at", "id"))


def person_named(report: Report, choice: str) -> Person | None:
    """Whom a request is written down for: the reporter, or somebody who joined (404 otherwise)."""
    if not choice:
        return report.reporter
    found = next((row.person for row in joined_people(report) if str(row.pk) == choice), None)
    if found is None:
        raise NotVisible
    return found


def is_by_reporter(review: Review) -> bool:
    """Whether who asked is who made the report, whose private page tells how the review goes."""
    if review.person is None or review.report.reporter is None:
        return review.person_id == review.report.reporter_id
    return people.root_of(review.person) == people.root_of(review.report.reporter)


def colleagues(by: Actor, review: Review) -> QuerySet[User]:
    """Whom a recommendation may be for: active colleagues who see the case."""
    case = case_of(review)
    users = User.objects.filter(is_active=True).prefetch_related("teams")
    seeing = [user.pk for user in users if _sees(user, review, case)]
    return User.objects.filter(pk__in=seeing).order_by("name", "id")


def _sees(user: User, review: Review, case: Case | None) -> bool:
    who = user.as_actor()
    if not who.can(Capability.WORK_CASES):
        return False
    is_police = LegalBasis.POLICE in (review.report.legal_basis, case.legal_basis if case else "")
    is_near = who.covers(review.report.area_id) or (case is not None and case.owner_id == user.pk)
    return is_near and (not is_police or who.can(Capability.SEE_POLICE_CASES))


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """What reviews hold of a person, for the copy that they may ask for."""
    rows = Review.objects.filter(person_id=person_id).prefetch_related("recommendations").order_by("id")
    return [
        {
            "riesame": row.reference,
            "chiesto": row.asked_on.isoformat(),
            "parole": row.words,
            "stato": str(row.get_state_display()),
            "conteggio": row.facts,
            "requisiti": row.threshold_reasons,
            "decisione": row.reasons,
            "ritiro": row.end_words,
            "raccomandazioni": [one.what for one in row.recommendations.all()]
            if row.state == ReviewState.DECIDED
            else [],
        }
        for row in rows
    ]


def of_person(person_id: int) -> list[Review]:
    return list(Review.objects.filter(person_id=person_id).order_by("id"))
