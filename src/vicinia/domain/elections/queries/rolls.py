"""The roll of a vote: who is on it, who holds a code, who voted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from vicinia.domain.elections.codes import code_digest, receipt_digest
from vicinia.domain.elections.models import Mark, Poll, Voter
from vicinia.domain.elections.rules import VoteFacts
from vicinia.domain.elections.states import Basis
from vicinia.domain.people import queries as people
from vicinia.domain.people.models import Household, HouseholdMember, Person
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Stair
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible


@dataclass(frozen=True, slots=True)
class NewVoter:
    """Somebody for a roll."""

    label: str
    stair: Stair | None = None
    household: Household | None = None
    person: Person | None = None


def areas_of(stairs: Iterable[Stair]) -> set[int | None]:
    """In which areas these stairs are."""
    ids = [stair.pk for stair in stairs]
    return set(Stair.objects.filter(pk__in=ids).order_by().values_list("building__area_id", flat=True))


def voters_of_houses(stairs: Sequence[Stair], basis: str) -> list[NewVoter]:
    """Who lives on these stairs, stair by stair and door by door: each household, or each of its members.

    Of a household whose members nobody knows there is one line, for whoever comes.
    """
    rows = Household.objects.filter(dwelling__stair__in=[stair.pk for stair in stairs])
    housed = list(rows.select_related("dwelling__stair", "dwelling__building"))
    place = {stair.pk: number for number, stair in enumerate(stairs)}
    named = {stair.pk: stair for stair in stairs}

    def order(row: Household) -> tuple[int, object, int]:
        assert row.dwelling is not None  # they were asked for by their stair
        return place[row.dwelling.stair_id], territory.door_order(row.dwelling), row.number

    housed.sort(key=order)
    members = _members_of(housed) if basis == Basis.MEMBERS else {}
    found: list[NewVoter] = []
    seen: set[int] = set()
    for row in housed:
        assert row.dwelling is not None
        stair = named[row.dwelling.stair_id]
        persons = [one for one in members.get(row.pk, ()) if one.pk not in seen]
        seen |= {one.pk for one in persons}
        if not members.get(row.pk):
            found.append(NewVoter(row.dwelling.where, stair, row))
        found += [NewVoter(row.dwelling.where, stair, row, one) for one in persons]
    return found


def _members_of(households: list[Household]) -> dict[int, list[Person]]:
    """The members of each, doubles that were merged counted once. Two queries."""
    rows = HouseholdMember.objects.filter(household__in=[row.pk for row in households])
    pairs = list(rows.order_by("household_id", "id").values_list("household_id", "person_id"))
    roots = people.roots_of({person for _household, person in pairs})
    persons = Person.objects.filter(erased_at__isnull=True).in_bulk(set(roots.values()))
    found: dict[int, list[Person]] = {}
    for household, person in pairs:
        one = persons.get(roots[person])
        if one is not None and one not in found.setdefault(household, []):
            found[household].append(one)
    return found


def roll(by: Actor, poll: Poll) -> QuerySet[Voter]:
    """The lines of the roll that `by` may see, by number, with the mark of who voted. One query."""
    rows = Voter.objects.visible_to(by).filter(poll=poll)
    return rows.select_related("mark", "stair__building", "household", "person").order_by("number")


def voter_numbered(by: Actor, poll: Poll, number: int) -> Voter:
    """A line of the roll (404 otherwise)."""
    row: Voter = roll(by, poll).one(number=number)  # type: ignore[attr-defined]
    row.poll = poll
    return row


def without_code(by: Actor, poll: Poll) -> QuerySet[Voter]:
    """Who may still vote and was given no code."""
    rows = roll(by, poll).filter(is_struck=False, mark__isnull=True)
    return rows.filter(code_digest__isnull=True)


def voter_with_code(code: str) -> Voter:
    """Who holds this code (404 otherwise)."""
    rows = Voter.objects.filter(code_digest=code_digest(code)).select_related("poll", "mark")
    row = rows.first()
    if row is None:
        raise NotVisible
    return row


def is_counted(poll: Poll, receipt: str) -> bool:
    """Whether the vote of this receipt is among those counted."""
    return Mark.objects.filter(voter__poll=poll, receipt_digest=receipt_digest(receipt)).exists()


def locked_voter(voter: Voter) -> Voter:
    """The line of the roll, read again and locked until the transaction ends."""
    row: Voter = Voter.objects.select_for_update(of=("self",)).get(pk=voter.pk)
    return row


def vote_facts(voter: Voter) -> VoteFacts:
    """What decides whether this right to vote can be used now."""
    has_voted = Mark.objects.filter(voter=voter).exists()
    return VoteFacts(voter.is_struck, has_voted, clock.now())
