"""Pacts of collaboration with who signs, what is promised and what came of it."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, QuerySet

from vicinia.domain.commons.models import Pact, PactParty, PactPromise, PactReport, PactRows
from vicinia.domain.commons.rules.pacts import PactFacts
from vicinia.domain.commons.states import PACTS_AT_WORK, PactState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor


def pacts(by: Actor) -> PactRows:
    """The pacts that `by` may see."""
    return Pact.objects.visible_to(by)


def in_lines(rows: PactRows) -> QuerySet[Pact]:
    """With what a line of a list shows: area, space, how many promises. One query."""
    joined = rows.joining(area=("name", "code"), space=("name", "code"))
    found: QuerySet[Pact] = joined.annotate(promise_count=Count("promises", distinct=True))
    return found


def pact_named(by: Actor, reference: str) -> Pact:
    """The visible pact of this reference (404 otherwise)."""
    row: Pact = in_lines(pacts(by)).one(reference=reference)  # type: ignore[attr-defined]
    return row


def shown_pacts() -> PactRows:
    """The pacts that everybody may read."""
    return Pact.objects.shown()


def shown_pact(reference: str) -> Pact:
    """A published pact (404 otherwise)."""
    row: Pact = in_lines(shown_pacts()).one(reference=reference)  # type: ignore[attr-defined]
    return row


def promises_of(pact: Pact) -> list[PactPromise]:
    return list(pact.promises.order_by("side", "id"))


def promise_of(pact: Pact, pk: int) -> PactPromise:
    """One promise (404 otherwise)."""
    row: PactPromise = pact.promises.one(pk=pk)  # type: ignore[attr-defined]
    row.pact = pact
    return row


def parties_of(pact: Pact) -> list[PactParty]:
    return list(pact.parties.select_related("person").order_by("id"))


def party_of(pact: Pact, pk: int) -> PactParty:
    """One who proposes or signs (404 otherwise)."""
    row: PactParty = pact.parties.select_related("person").one(pk=pk)  # type: ignore[attr-defined]
    row.pact = pact
    return row


def credits_of(pact: Pact) -> tuple[list[str], int]:
    """Who is in it as they want to be named, and how many want no name. One query."""
    names = [row.shown for row in pact.parties.order_by("id")]
    return list(dict.fromkeys(name for name in names if name)), sum(1 for name in names if not name)


def reports_of(pact: Pact) -> list[PactReport]:
    return list(pact.reports.order_by("-year"))


def has_report(pact: Pact, year: int) -> bool:
    return PactReport.objects.filter(pact=pact, year=year).exists()


def facts_of(pact: Pact) -> PactFacts:
    """Which sides promise something, and how many sign. Two queries."""
    sides = pact.promises.order_by().values_list("side", flat=True)
    return PactFacts(frozenset(sides), pact.parties.count())


def pact_sent(once: str) -> Pact | None:
    """The pact that was sent with this token of a page, if it was."""
    return Pact.objects.filter(once=once).first()


def pacts_to_read(by: Actor) -> PactRows:
    """Proposals that nobody has read, for who runs participation."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return Pact.objects.none()
    rows: PactRows = pacts(by).filter(state=PactState.PROPOSED).order_by("id")
    return rows


def pacts_due(by: Actor, until: dt.date) -> PactRows:
    """Pacts at work whose term comes, for who runs participation."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return Pact.objects.none()
    rows: PactRows = pacts(by).filter(state__in=PACTS_AT_WORK, ends_on__lte=until)
    return rows.order_by("ends_on", "id")


def locked(pact: Pact) -> Pact:
    """The pact, read again and locked until the transaction ends."""
    row: Pact = Pact.objects.select_for_update(of=("self",)).get(pk=pact.pk)
    return row
