"""The roll is drawn up, corrected with a reason, and its codes are given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from vicinia.domain.elections import codes, events, queries, rules
from vicinia.domain.elections.models import Poll, Voter
from vicinia.domain.elections.states import Basis, PollState
from vicinia.domain.people import queries as people
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Given:
    """A code in clear, this once: to be printed or sent and then forgotten."""

    voter: Voter
    code: str
    language: str


@transaction.atomic
def list_voters(*, by: Actor, poll: Poll, names: Sequence[str] = ()) -> int:
    """Draw up the roll anew: who lives on the stairs now, or the names given. How many they are."""
    row = queries.locked_poll(poll)
    stairs = list(row.stairs.select_related("building").order_by("building__name", "name", "id"))
    rules.may_list(by, row, area_ids=queries.areas_of(stairs)).require()
    if row.basis == Basis.LIST:
        new = [queries.NewVoter(name.strip()) for name in names if name.strip()]
    else:
        new = queries.voters_of_houses(stairs, row.basis)
    rules.has_a_size(len(new)).require()

    Voter.objects.filter(poll=row).delete()
    Voter.objects.bulk_create(
        Voter(
            poll=row,
            number=number,
            stair=one.stair,
            household=one.household,
            person=one.person,
            label=one.label,
        )
        for number, one in enumerate(new, start=1)
    )

    journal.record(events.ROLL, by=by, about=row, count=len(new))
    return len(new)


@transaction.atomic
def admit(*, by: Actor, poll: Poll, label: str, reason: str) -> Voter:
    """Add somebody who was forgotten, with the reason."""
    row = queries.locked_poll(poll)
    rules.may_admit(by, row, label=label, reason=reason).require()

    last = Voter.objects.filter(poll=row).aggregate(last=Max("number"))["last"] or 0
    voter = Voter.objects.create(
        poll=row, number=last + 1, label=label.strip(), note=reason.strip(), is_added=True
    )
    _recount_entitled(row)

    journal.record(events.ADMITTED, by=by, about=row, number=voter.number)
    return voter


@transaction.atomic
def strike(*, by: Actor, voter: Voter, reason: str) -> Voter:
    """Take somebody off the roll who has not voted, with the reason; the code no longer opens anything."""
    poll = queries.locked_poll(voter.poll)
    row = queries.locked_voter(voter)
    has_voted = queries.vote_facts(row).has_voted
    rules.may_strike(by, poll, has_voted=has_voted, is_struck=row.is_struck, reason=reason).require()

    row.is_struck, row.note = True, reason.strip()
    row.save()
    _recount_entitled(poll)

    journal.record(events.STRUCK, by=by, about=poll, number=row.number)
    return row


def _recount_entitled(poll: Poll) -> None:
    if poll.state == PollState.CALLED:
        poll.entitled = Voter.objects.filter(poll=poll, is_struck=False).count()
        poll.save()


@transaction.atomic
def give_codes(*, by: Actor, poll: Poll, voters: Iterable[Voter]) -> list[Given]:
    """Give these a code to be printed; one who had another can't use it any more. Who voted gets none."""
    row = queries.locked_poll(poll)
    rules.may_give_codes(by, row).require()

    asked = Voter.objects.filter(poll=row, pk__in=[one.pk for one in voters], is_struck=False, mark=None)
    chosen = list(asked.select_related("stair__building", "household", "person").order_by("number"))
    given = [
        Given(one, codes.new_code(), language)
        for one, language in zip(chosen, _languages(chosen), strict=True)
    ]
    for one in given:
        one.voter.code_digest, one.voter.code_given_on = codes.code_digest(one.code), clock.today()
    Voter.objects.bulk_update(chosen, ["code_digest", "code_given_on"])

    journal.record(events.CODES, by=by, about=row, count=len(given))
    return given


def _languages(voters: list[Voter]) -> list[str]:
    """In which language each reads: their own, or the first of their household."""
    households = {one.household_id: one.household for one in voters if one.household and not one.person}
    drawn = people.portraits(households.values())
    found = []
    for one in voters:
        spoken = drawn[one.household_id].languages if one.household_id in drawn else ()
        found.append(one.person.language if one.person else next(iter(spoken), "it"))
    return found
