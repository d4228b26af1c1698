"""A vote is given: a mark on the roll and a ballot in the box, in one transaction and joined by nothing."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.elections import codes, events, queries, rules
from vicinia.domain.elections.models import Ballot, Mark, Poll, Voter, question_of, random_id
from vicinia.domain.elections.states import Way
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.kernel.verdict import YES, Verdict, no
from vicinia_analytics import voting

# With so many others a ballot is written again when it falls into the box: what the database itself notes of a row (its
# transaction, its place on the disk) then fits them all.
SHAKEN = 100
_chance = random.SystemRandom()


@transaction.atomic
def cast(*, by: Actor, code: str, letters: Sequence[str], receipt: str) -> Poll:
    """Vote with a code, once. The same page sent twice, known by its receipt, is one vote.

    Whoever holds the code has the right: nothing is asked of `by`, and nothing of it is kept.
    """
    found = queries.voter_with_code(code)
    poll = queries.locked_poll(found.poll)
    voter = queries.locked_voter(found)
    mark = Mark.objects.filter(voter=voter).first()
    if mark is not None and mark.receipt_digest == codes.receipt_digest(receipt):
        return poll
    rules.may_vote(poll, queries.vote_facts(voter)).require()
    choice = _readable(poll, letters)
    _is_new(receipt).require()

    _mark(voter, Way.ONLINE, receipt)
    drop_in(poll, [choice])

    journal.record(events.VOTED, by=Actor.visitor(), about=poll, way=journal.kept(Way.ONLINE.label))
    return poll


@transaction.atomic
def mark_paper(*, by: Actor, voter: Voter) -> str:
    """Mark on the roll who is given a paper ballot, so that they vote once; their receipt."""
    poll = queries.locked_poll(voter.poll)
    row = queries.locked_voter(voter)
    rules.may_mark_paper(by, poll, queries.vote_facts(row)).require()

    receipt = codes.new_receipt()
    _mark(row, Way.PAPER, receipt)

    journal.record(events.VOTED, by=by, about=poll, way=journal.kept(Way.PAPER.label))
    return receipt


def _mark(voter: Voter, way: Way, receipt: str) -> None:
    Mark.objects.create(voter=voter, way=way, receipt_digest=codes.receipt_digest(receipt))


def _readable(poll: Poll, letters: Sequence[str]) -> str:
    """The ballot as it is kept; what can't be one is refused with a sentence."""
    try:
        return voting.clean_choice(question_of(poll, queries.letters_of(poll)), letters)
    except ValueError:
        sentence = _("Scegli al massimo %(most)s voci, ognuna una volta.")
        raise Refused(no(sentence % {"most": poll.most}))


def _is_new(receipt: str) -> Verdict:
    is_ours = codes.is_receipt(receipt)
    if is_ours and not Mark.objects.filter(receipt_digest=codes.receipt_digest(receipt)).exists():
        return YES
    return no(_("Questa pagina è rimasta aperta troppo a lungo: ricomincia dal codice."))


def drop_in(poll: Poll, choices: Iterable[str], *, shaken: int = SHAKEN) -> None:
    """Put ballots into the box and shake it: they are written together with others, all with new keys in random order."""
    there = list(Ballot.objects.filter(poll=poll).order_by().values_list("pk", "choice"))
    taken = _chance.sample(there, min(shaken, len(there)))
    Ballot.objects.filter(pk__in=[pk for pk, _choice in taken]).delete()
    written = [*choices, *(choice for _pk, choice in taken)]
    _chance.shuffle(written)
    Ballot.objects.bulk_create(
        [Ballot(pk=random_id(), poll=poll, choice=choice) for choice in written], batch_size=500
    )
