"""Two hundred votes at the same moment: none is lost, none counts twice, whoever presses twice votes once."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.cast import Cast
from tests.races.test_one_winner import EIGHT, WON, race
from vicinia.domain.elections import actions, queries
from vicinia.domain.elections.codes import new_receipt
from vicinia.domain.elections.models import Ballot, Mark, Poll, Voter
from vicinia.domain.elections.states import Basis
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia_analytics import voting

pytestmark = pytest.mark.django_db(transaction=True)
VOTERS, AT_ONCE = 200, 24
VISITOR = Actor.visitor()


def called(by: Actor, voters: int) -> tuple[Poll, list[str]]:
    """A vote of so many names, with the code of each."""
    now = clock.now()
    hours = (now - dt.timedelta(hours=1), now + dt.timedelta(hours=1))
    new = actions.PollPlan("Il cortile", "Che cosa facciamo?", *hours, "lotto", basis=Basis.LIST)
    poll = actions.plan_poll(by=by, new=new)
    for label in ("Orto", "Panchine", "Campo"):
        actions.add_option(by=by, poll=poll, new=actions.NewOption(label))
    actions.list_voters(by=by, poll=poll, names=[f"Nome {n}" for n in range(voters)])
    poll = actions.call(by=by, poll=poll)
    given = actions.give_codes(by=by, poll=poll, voters=Voter.objects.filter(poll=poll))
    return poll, [one.code for one in given]


def test_two_hundred_votes_lose_nothing_and_double_nothing(cast: Cast, shared_database: None) -> None:
    by = cast.actor(cast.lucia)
    poll, codes = called(by, VOTERS)

    def vote(turn: tuple[int, str]) -> str:
        number, code = turn
        receipt, refused = new_receipt(), 0
        try:
            for sent in (receipt, receipt, new_receipt()):  # a page sent twice, then a second try
                try:
                    actions.cast(by=VISITOR, code=code, letters=["ABC"[number % 3]], receipt=sent)
                except Refused as refusal:
                    refused += refusal.verdict.status == 409
        finally:
            connection.close()
        assert refused == 1
        return receipt

    with ThreadPoolExecutor(AT_ONCE) as pool:
        receipts = list(pool.map(vote, enumerate(codes)))
    assert (Mark.objects.count(), Ballot.objects.count()) == (VOTERS, VOTERS)
    with clock.at(poll.closes_at):
        poll = actions.count(by=by, poll=actions.close(by=by, poll=poll), seed="7")
    document = queries.published_poll(poll)
    assert document["ballots"] == {"A": 67, "B": 67, "C": 66}
    assert len(document["receipts"]) == len(set(receipts)) == VOTERS
    assert voting.recount(document).problems == []


def test_one_code_in_eight_windows_is_one_vote(cast: Cast, shared_database: None) -> None:
    poll, codes = called(cast.actor(cast.lucia), 3)
    runs = [
        lambda: actions.cast(by=VISITOR, code=codes[0], letters=["A"], receipt=new_receipt())
        for _turn in range(EIGHT)
    ]
    answers = race(runs)
    assert answers.count(WON) == 1
    assert (Mark.objects.count(), Ballot.objects.filter(poll=poll).count()) == (1, 1)


def test_paper_and_code_at_once_are_one_vote(cast: Cast, shared_database: None) -> None:
    by = cast.actor(cast.lucia)
    poll, codes = called(by, 3)
    voter = queries.voter_with_code(codes[0])
    runs = [lambda: actions.mark_paper(by=by, voter=voter)] * 4
    runs += [  # type: ignore[list-item]
        lambda: actions.cast(by=VISITOR, code=codes[0], letters=["A"], receipt=new_receipt())
        for _t in range(4)
    ]
    assert race(runs).count(WON) == 1
    assert Mark.objects.count() == 1
    assert Ballot.objects.filter(poll=poll).count() == queries.turnout(poll).online
