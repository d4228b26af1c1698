"""Votes and draws: what everybody reads, what is only prepared, who is on a roll or in a pool."""

from __future__ import annotations

import datetime as dt

from tests.permissions.leaks.town import Town
from vicinia.domain.elections import actions
from vicinia.domain.elections.models import Draw, Poll, Voter
from vicinia.domain.elections.states import Basis
from vicinia.foundation.kernel import clock


def plant_votes(town: Town) -> None:
    """By Lucia; Carla counts the paper ballots with her."""
    _counted(town)
    actions.annul(by=town.by("lucia"), poll=_poll(town, "town published"), reason=town.word("town published"))
    _poll(town, "town kept", is_called=False)
    _draw(town, "town kept", is_published=False)
    drawn = _draw(town, "town published")
    with clock.at(clock.now() + dt.timedelta(days=1)):
        actions.draw(by=town.by("lucia"), draw=drawn, seed="12 45 7")
    off = _draw(town, "town published")
    actions.cancel_draw(by=town.by("lucia"), draw=off, reason=town.word("town published"))


def _poll(town: Town, part: str, *, is_called: bool = True) -> Poll:
    by, w, now = town.by("lucia"), town.word, clock.now()
    hours = (now - dt.timedelta(hours=1), now + dt.timedelta(hours=1))
    new = actions.PollPlan(w(part), w(part), *hours, w(part), basis=Basis.LIST, place=w(part))
    row = actions.plan_poll(by=by, new=new)
    for _option in range(3):
        actions.add_option(by=by, poll=row, new=actions.NewOption(w(part), w(part)))
    actions.list_voters(by=by, poll=row, names=[w("town roll") for _voter in range(7)])
    return actions.call(by=by, poll=row) if is_called else row


def _counted(town: Town) -> None:
    """Six vote on paper, one of them keeps the ballot; one is added and one is struck off."""
    by, w = town.by("lucia"), town.word
    poll = _poll(town, "town published")
    added = actions.admit(by=by, poll=poll, label=w("town roll"), reason=w("town roll"))
    actions.strike(by=by, voter=added, reason=w("town roll"))
    for voter in Voter.objects.filter(poll=poll, number__lte=6):
        actions.mark_paper(by=by, voter=voter)
    with clock.at(poll.closes_at):
        poll = actions.close(by=by, poll=poll)
        for who in ("lucia", "carla"):
            actions.enter_paper(by=town.by(who), poll=poll, lines={"A": 3, "B": 2})
        actions.count(by=by, poll=poll, note=w("town published"))


def _draw(town: Town, part: str, *, is_published: bool = True) -> Draw:
    by, w = town.by("lucia"), town.word
    tomorrow = clock.today() + dt.timedelta(days=1)
    new = actions.DrawPlan(w(part), w(part), 1, w(part), tomorrow, reserves=1)
    row = actions.plan_draw(by=by, new=new)
    actions.fill_pool(by=by, draw=row, names=[w("town roll") for _ticket in range(3)])
    return actions.publish_draw(by=by, draw=row) if is_published else row
