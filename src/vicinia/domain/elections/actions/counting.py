"""A vote is closed, its paper box counted by two people, everything counted together; or it is annulled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.elections import events, queries, rules
from vicinia.domain.elections.actions.voting import drop_in
from vicinia.domain.elections.models import (
    FEWEST_SHOWN,
    Ballot,
    Option,
    PaperCount,
    Poll,
    question_of,
)
from vicinia.domain.elections.states import PollState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Verdict, no
from vicinia_analytics import lots, voting


@transaction.atomic
def close(*, by: Actor, poll: Poll) -> Poll:
    """Close the vote when its time is over; votes under way wait for the lock and are then refused."""
    row = queries.locked_poll(poll)
    rules.may_close(by, row, now=clock.now()).require()

    row.enter(PollState.CLOSED, by=by, state_since=clock.now())

    journal.record(events.CLOSED, by=by, about=row, count=queries.turnout(row).voted)
    return row


@transaction.atomic
def enter_paper(*, by: Actor, poll: Poll, lines: Mapping[str, int]) -> PaperCount:
    """Write what one person counted in the paper box; writing again replaces it."""
    row = queries.locked_poll(poll)
    others = PaperCount.objects.filter(poll=row).exclude(by_user_id=by.user_id).count()
    rules.may_enter_paper(by, row, others=others, paper_marks=queries.turnout(row).paper).require()
    box, is_readable = _paper_box(row, lines)
    is_readable.require()

    kept, _is_made = PaperCount.objects.update_or_create(
        poll=row,
        by_user_id=by.user_id,
        defaults={
            "by_name": by.name,
            "lines": box,
            "fingerprint": voting.seal(box),
            "ballots": sum(box.values()),
        },
    )

    journal.record(events.PAPER, by=by, about=row, count=kept.ballots)
    return kept


def _paper_box(poll: Poll, lines: Mapping[str, int]) -> tuple[dict[str, int], Verdict]:
    """The counted lines, each kind of ballot once, and whether they can be ballots of this vote."""
    question, box = question_of(poll, queries.letters_of(poll)), dict[str, int]()
    for written, number in lines.items():
        try:
            choice = written if written == voting.SPOILED else voting.clean_choice(question, written)
        except ValueError:
            return {}, no(_("Questa non è una scheda possibile: %(written)s") % {"written": written})
        box[choice] = box.get(choice, 0) + number
    return {choice: number for choice, number in box.items() if number}, YES


@transaction.atomic
def count(*, by: Actor, poll: Poll, seed: str = "", note: str = "", seen_version: int | None = None) -> Poll:
    """Open the box: paper and online ballots together, a tie by lot. Published at once, for everybody to count again."""
    row = queries.locked_poll(poll).require_version(seen_version)
    papers = queries.paper_counts(row)
    facts = rules.CountFacts(
        queries.turnout(row).paper,
        tuple(one.ballots for one in papers),
        tuple(one.fingerprint for one in papers),
        note,
    )
    rules.may_count(by, row, facts).require()
    _pour_paper(row, papers)
    box = queries.box_of(row)
    question = question_of(row, queries.letters_of(row))
    counted = voting.count(question, box, seed)
    rules.needs_no_lot(() if lots.clean_seed(seed) else counted.tied).require()

    Option.objects.filter(poll=row, letter__in=counted.elected).update(is_elected=True)
    seal = voting.seal(box)
    row.enter(
        PollState.COUNTED,
        by=by,
        state_since=clock.now(),
        seal=seal,
        lot_seed=lots.clean_seed(seed) if counted.tied else "",
        paper_note=note.strip(),
        outcome=_outcome(counted),
    )

    journal.record(events.COUNTED, by=by, about=row, seal=seal)
    return row


def _pour_paper(poll: Poll, papers: list[PaperCount]) -> None:
    """Put the paper ballots among the others and write the whole box again: where a ballot came from is gone."""
    box = papers[0].box if papers else {}
    ballots = [choice for choice, number in box.items() for _one in range(number)]
    drop_in(poll, ballots, shaken=Ballot.objects.filter(poll=poll).count())
    PaperCount.objects.filter(poll=poll).update(lines={})


def _outcome(counted: voting.Count) -> dict[str, object]:
    """The count as pages show it; of very few ballots only how many they are."""
    if counted.ballots < FEWEST_SHOWN:
        return {"ballots": counted.ballots}
    return {
        "ballots": counted.ballots,
        "valid": counted.valid,
        "blank": counted.blank,
        "spoiled": counted.spoiled,
        "tied": list(counted.tied),
        "rounds": [asdict(one) for one in counted.rounds],
    }


@transaction.atomic
def annul(*, by: Actor, poll: Poll, reason: str, seen_version: int | None = None) -> Poll:
    """Annul a vote with a reason that everybody reads; nobody is elected and the codes open nothing."""
    row = queries.locked_poll(poll).require_version(seen_version, yours=reason)
    rules.may_annul(by, row, reason).require()

    Option.objects.filter(poll=row).update(is_elected=False)
    row.enter(PollState.ANNULLED, by=by, end_reason=reason.strip(), outcome={}, state_since=clock.now())

    journal.record(events.ANNULLED, by=by, about=row)
    return row
