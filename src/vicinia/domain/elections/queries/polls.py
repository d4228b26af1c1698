"""Votes: lists, turnout, the box once it may be opened, and what is published of a count."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from vicinia.domain.elections.models import (
    Ballot,
    Mark,
    Option,
    PaperCount,
    Poll,
    PollRows,
    Voter,
)
from vicinia.domain.elections.states import PollState, Way
from vicinia.domain.territory.models import Stair
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.foundation.kernel.registries import CountedRow
from vicinia_analytics import voting

_OPENED = (PollState.CLOSED, PollState.COUNTED)


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many could vote and how many did."""

    entitled: int
    online: int = 0
    paper: int = 0

    @property
    def voted(self) -> int:
        return self.online + self.paper

    @property
    def percent(self) -> int:
        return round(100 * self.voted / self.entitled) if self.entitled else 0


def polls(by: Actor) -> PollRows:
    """The votes that `by` may see."""
    return Poll.objects.visible_to(by)


def poll_named(by: Actor, reference: str) -> Poll:
    """The visible vote of this reference (404 otherwise)."""
    row: Poll = polls(by).select_related("process").one(reference=reference)  # type: ignore[attr-defined]
    return row


def shown_polls() -> PollRows:
    """The votes that everybody may read of."""
    return Poll.objects.shown()


def shown_poll(reference: str) -> Poll:
    """A published vote (404 otherwise)."""
    row: Poll = shown_polls().one(reference=reference)
    return row


def in_lines(rows: PollRows) -> QuerySet[Poll]:
    """With how many voted, for a line of a list. One query."""
    marks = Mark.objects.filter(voter__poll=OuterRef("pk")).order_by().values("voter__poll")
    found: QuerySet[Poll] = rows.annotate(
        voted=Coalesce(Subquery(marks.annotate(n=Count("pk")).values("n")), 0)
    )
    return found


def options_of(poll: Poll) -> list[Option]:
    """The options by their letter."""
    return list(poll.options.order_by("letter"))


def option_of(poll: Poll, letter: str) -> Option:
    """The option with this letter (404 otherwise)."""
    row: Option = poll.options.one(letter=letter)  # type: ignore[attr-defined]
    row.poll = poll
    return row


def letters_of(poll: Poll) -> tuple[str, ...]:
    return tuple(poll.options.order_by("letter").values_list("letter", flat=True))


def turnout(poll: Poll) -> Turnout:
    """How many voted so far, and how. One query."""
    rows = Mark.objects.filter(voter__poll=poll).order_by().values_list("way").annotate(n=Count("pk"))
    ways = dict(rows)
    return Turnout(poll.entitled, ways.get(Way.ONLINE, 0), ways.get(Way.PAPER, 0))


def turnout_by_stair(poll: Poll) -> list[tuple[Stair, Turnout]]:
    """The same by stair, for who runs it: never published, on a small stair it would name who voted. Two queries."""
    rows = Voter.objects.filter(poll=poll, is_struck=False, stair__isnull=False).order_by()
    numbers = rows.values_list("stair").annotate(entitled=Count("pk"), voted=Count("mark"))
    found = {stair: Turnout(entitled, voted) for stair, entitled, voted in numbers}
    stairs = (
        Stair.objects.filter(pk__in=found).select_related("building").order_by("building__name", "name", "id")
    )
    return [(stair, found[stair.pk]) for stair in stairs]


def box_of(poll: Poll) -> dict[str, int]:
    """The ballots, each kind with how many there are: once the vote is closed, and not before (404)."""
    if poll.state not in _OPENED:
        raise NotVisible
    return dict(Counter(Ballot.objects.filter(poll=poll).order_by().values_list("choice", flat=True)))


def receipts_of(poll: Poll) -> list[str]:
    """The digests of all receipts, in an order that says nothing."""
    rows = Mark.objects.filter(voter__poll=poll).order_by("receipt_digest")
    return list(rows.values_list("receipt_digest", flat=True))


def paper_counts(poll: Poll) -> list[PaperCount]:
    """Who counted the paper box."""
    return list(PaperCount.objects.filter(poll=poll).order_by("id"))


def published_poll(poll: Poll) -> dict[str, Any]:
    """The whole count, so that anybody can count again; with very few ballots there is none (404)."""
    if poll.state != PollState.COUNTED or poll.is_small:
        raise NotVisible
    options, found = options_of(poll), turnout(poll)
    return {
        "format": voting.FORMAT,
        "vote": poll.reference,
        "question": poll.question,
        "method": poll.method,
        "seats": poll.seats,
        "most": poll.most,
        "options": {row.letter: row.label for row in options},
        "entitled": found.entitled,
        "voted": found.voted,
        "ballots": dict(sorted(box_of(poll).items())),
        "seal": poll.seal,
        "lot": {"source": poll.lot_source, "seed": poll.lot_seed},
        "elected": [row.letter for row in options if row.is_elected],
        "receipts": receipts_of(poll),
    }


def polls_due(by: Actor) -> QuerySet[Poll]:
    """Votes that wait for the count, for who runs them."""
    if not by.can(Capability.RUN_PARTICIPATION):
        return Poll.objects.none()
    rows: QuerySet[Poll] = polls(by).filter(state=PollState.CLOSED).order_by("closes_at", "id")
    return rows


def over_and_called() -> list[Poll]:
    """Votes whose time is over and that nobody closed yet."""
    rows = Poll.objects.filter(state=PollState.CALLED, closes_at__lte=clock.now())
    return list(rows.order_by("closes_at", "id"))


def locked_poll(poll: Poll) -> Poll:
    """The vote, read again and locked until the transaction ends."""
    row: Poll = Poll.objects.select_for_update(of=("self",)).get(pk=poll.pk)
    return row


# What a programme counts ------------------------------------------------------------------------------------------


def held_rows(since: dt.date, until: dt.date) -> Iterable[CountedRow]:
    """Votes that were counted, each with how many voted."""
    rows = Poll.objects.filter(state=PollState.COUNTED).order_by("id")
    for row in in_lines(rows):  # type: ignore[arg-type]
        day = timezone.localdate(row.closes_at)
        if since <= day <= until:
            yield CountedRow(row.pk, day, row.kind, row.voted)  # type: ignore[attr-defined]
