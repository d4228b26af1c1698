"""Rounds, their stops and what was seen. A stop at a case that one may not see does not exist, nor what was seen there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import Case as CaseExpression
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.presence.models import (
    KeyContact,
    Observation,
    ObservationRows,
    Round,
    RoundRows,
    RoundStop,
)
from vicinia.domain.presence.queries.contacts import key_contacts
from vicinia.domain.presence.rules import Crew
from vicinia.domain.presence.states import RoundState
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

_SPOTS = ("case__area", "contact__area", "place", "area")
_UNREAD = ("case__area__boundary", "contact__area__boundary", "area__boundary", "contact__reach_words")


def rounds(by: Actor) -> RoundRows:
    """The rounds that `by` may see."""
    return Round.objects.visible_to(by)


def round_named(by: Actor, reference: str) -> Round:
    """The visible round of this reference (404 otherwise)."""
    row: Round = rounds(by).one(reference=reference)
    return row


def rounds_in_lines(by: Actor, rows: RoundRows) -> QuerySet[Round]:
    """With what a line of a list shows: areas, people, and how many of the stops that `by` may see were seen."""
    stops = _visible_stops(by).filter(round=OuterRef("pk")).order_by().values("round")
    seen = stops.filter(seen_at__isnull=False)
    noticed = observations(by).filter(round=OuterRef("pk")).order_by().values("round")
    return (
        rows.defer("notes")
        .annotate(
            stop_count=Coalesce(Subquery(stops.annotate(n=Count("pk")).values("n")), 0),
            seen_count=Coalesce(Subquery(seen.annotate(n=Count("pk")).values("n")), 0),
            observation_count=Coalesce(Subquery(noticed.annotate(n=Count("pk")).values("n")), 0),
        )
        .prefetch_related(_areas(), "people")
    )


def _areas() -> Prefetch[Any]:
    """Their names: the outline of an area alone may weigh more than the rows of a page."""
    return Prefetch("areas", Area.objects.defer("boundary"))


def rounds_due(by: Actor) -> RoundRows:
    """The rounds that one makes today, and earlier ones that nobody has ended."""
    rows = rounds(by).made_by(by).open().filter(planned_on__lte=clock.today())
    return rows.defer("notes").prefetch_related(_areas()).soonest_first()


def crew_of(by: Actor, row: Round) -> Crew:
    """Who makes a round, as the rules ask."""
    return Crew(has_me=row.people.filter(pk=by.user_id or 0).exists())


def crew_of_people(by: Actor, people: Collection[User]) -> Crew:
    """The same of people who are only proposed."""
    able = set(workers().filter(pk__in=[user.pk for user in people]).values_list("pk", flat=True))
    return Crew(
        has_me=any(user.pk == by.user_id for user in people),
        unable=tuple(user.name for user in people if user.pk not in able),
    )


def workers() -> QuerySet[User]:
    """Who may make rounds."""
    return accounts.users_who_can(Capability.KEEP_PRESENCE).order_by("name", "id")


# Stops ------------------------------------------------------------------------------------------------------------


def _visible_stops(by: Actor) -> QuerySet[RoundStop]:
    at_cases = Q(case__isnull=True) | Q(case__in=casework.cases(by).order_by())
    at_contacts = Q(contact__isnull=True) | Q(contact__in=key_contacts(by).order_by())
    rows: QuerySet[RoundStop] = RoundStop.objects.filter(at_cases, at_contacts)
    return rows


def stops_of(by: Actor, row: Round) -> list[RoundStop]:
    """The stops of a round that `by` may see, in order. One query."""
    rows = _visible_stops(by).filter(round=row).select_related(*_SPOTS).defer(*_UNREAD)
    return list(rows.order_by("position", "id"))


def stop_of(by: Actor, row: Round, pk: int) -> RoundStop:
    """A stop of a round (404 otherwise)."""
    found: RoundStop = _visible_stops(by).filter(round=row).select_related(*_SPOTS).one(pk=pk)  # type: ignore[attr-defined]
    found.round = row
    return found


def stop_to_tick(by: Actor, reference: str, contact: KeyContact) -> RoundStop | None:
    """The stop at a key contact, not seen yet, of a visible round that is under way."""
    under_way = rounds(by).filter(reference=reference, state=RoundState.UNDER_WAY)
    stops = _visible_stops(by).filter(round__in=under_way.order_by(), contact=contact, seen_at__isnull=True)
    return stops.select_related("round").order_by("position", "id").first()


# Observations -----------------------------------------------------------------------------------------------------


def observations(by: Actor) -> ObservationRows:
    """What was seen on the rounds that `by` may see, except at stops and in cases or reports that are not theirs to see."""
    rows: ObservationRows = Observation.objects.filter(round__in=rounds(by).order_by())
    rows = rows.filter(Q(stop__isnull=True) | Q(stop__in=_visible_stops(by).order_by()))
    if not by.can(Capability.SEE_POLICE_CASES):  # what has become police work is police work
        rows = rows.exclude(case__legal_basis=LegalBasis.POLICE).exclude(
            report__legal_basis=LegalBasis.POLICE
        )
    return rows


def _in_lines(by: Actor, rows: ObservationRows) -> ObservationRows:
    """With where it was, and what it became for who may see that."""
    spots = [f"stop__{name}" for name in _SPOTS]
    unread = [f"stop__{name}" for name in _UNREAD]
    case_seen = Q(case__in=casework.cases(by).order_by())
    report_seen = Q(report__in=listening.reports(by).order_by())
    return (
        rows.select_related("round", "area", *spots)
        .defer("area__boundary", "round__notes", *unread)
        .annotate(
            case_reference=CaseExpression(When(case_seen, then="case__reference"), default=None),
            report_reference=CaseExpression(When(report_seen, then="report__reference"), default=None),
        )
    )


def observations_of(by: Actor, row: Round) -> list[Observation]:
    """What was seen on a round, newest first, each with its `photos`. Two queries."""
    return with_photos(_in_lines(by, observations(by).filter(round=row)).order_by("-at", "-id"))


def observations_on(by: Actor, case: Case) -> list[Observation]:
    """What was seen that a case was told of, newest first."""
    return with_photos(_in_lines(by, observations(by).filter(case=case)).order_by("-at", "-id")[:50])


def with_photos(rows: Iterable[Observation]) -> list[Observation]:
    """The same rows, each with its `photos`. One query for all of them."""
    listed = list(rows)
    files = attachments.of_each(listed)
    for row in listed:
        row.photos = files[row.pk]  # type: ignore[attr-defined]  # for the page
    return listed


def to_settle(by: Actor) -> ObservationRows:
    """What was seen and nobody has decided about, oldest first."""
    return _in_lines(by, observations(by).to_settle()).order_by("at", "id")


def observation_of(by: Actor, uuid: UUID) -> Observation:
    """A visible observation (404 otherwise)."""
    row: Observation = _in_lines(by, observations(by)).one(uuid=uuid)
    return row


def observation_sent(uuid: UUID) -> Observation | None:
    """The observation that was kept under this key, whoever sent it."""
    found: Observation | None = Observation.objects.filter(uuid=uuid).first()
    return found


def case_line(by: Actor, reference: str) -> Any:
    """The visible case of this reference, or None."""
    return casework.cases(by).in_lines().filter(reference=reference).first()
