"""Le Corti votes: a stair has chosen who speaks for it, a question is open, households were drawn; by the real actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from random import Random

from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.stories import voting
from vicinia.demo.stories.together import ELENA, PIETRO
from vicinia.demo.stories.voting import Asked
from vicinia.domain.elections import actions, codes, jobs
from vicinia.domain.elections.models import Draw, Poll, Voter
from vicinia.domain.elections.states import Method, PollKind
from vicinia.domain.outreach import queries as outreach
from vicinia.domain.territory.models import Stair
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

VISITOR = Actor.visitor()
COUNTERS = (ELENA, PIETRO)


class Voting:
    """Votes and a draw, as happenings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.rng = Random("votes")  # noqa: S311  a believable town, nothing secret
        self.draws: list[Draw] = []

    def happenings(self) -> list[Happening]:
        """Everything until now."""
        found = [self._at(21, 10, self._publish), self._at(19, 19, self._draw)]
        for asked in voting.ASKED:
            found += self._ask(asked)
        return [one for one in found if one.at < self.desk.now]

    def by(self, username: str) -> Actor:
        return self.desk.staff[username].as_actor()

    def day(self, days: int) -> dt.date:
        return self.desk.now.date() - dt.timedelta(days=days)

    def moment(self, days: int, hour: int) -> dt.datetime:
        return clock.start_of(self.day(days)) + dt.timedelta(hours=hour)

    def _at(self, days: int, hour: int, do: Callable[[], object]) -> Happening:
        return Happening(self.moment(days, hour), do=do)

    def stairs(self, number: int) -> list[Stair]:
        """The first stairs in which somebody lives."""
        found = outreach.stairs_to_choose(self.by(ELENA)).filter(dwellings__household__isnull=False)
        return list(found.distinct().order_by("building__name", "name", "id")[:number])

    def _ask(self, asked: Asked) -> Iterator[Happening]:
        kept: list[Poll] = []
        by = self.by(ELENA)

        def call() -> None:
            new = actions.PollPlan(
                asked.title, asked.question, self.moment(asked.opens, 9), self.moment(asked.closes, 19),
                voting.LOT, kind=PollKind(asked.kind), method=Method(asked.method), most=asked.most,
                seats=asked.seats, place=voting.PLACE, stairs=self.stairs(asked.stairs),
            )  # fmt: skip
            row = actions.plan_poll(by=by, new=new)
            for label, about in asked.options:
                actions.add_option(by=by, poll=row, new=actions.NewOption(label, about))
            actions.list_voters(by=by, poll=row)
            kept.append(actions.call(by=by, poll=row))

        yield self._at(asked.opens + 4, 10, call)
        yield self._at(asked.opens, 18, lambda: self._vote(kept[0], asked))
        if asked.closes > 0:
            yield self._at(asked.closes, 19, jobs.close)
            yield self._at(asked.closes - 1, 10, lambda: self._count(kept[0], asked))

    def _vote(self, poll: Poll, asked: Asked) -> None:
        voters = Voter.objects.filter(poll=poll)
        given = actions.give_codes(by=self.by(ELENA), poll=poll, voters=voters)
        on_paper, others = given[: len(asked.paper)], given[len(asked.paper) :]
        for one in on_paper:
            actions.mark_paper(by=self.by(PIETRO), voter=one.voter)
        for one in others:
            if self.rng.randrange(100) < asked.turnout:
                actions.cast(
                    by=VISITOR, code=one.code, letters=self._choice(asked), receipt=codes.new_receipt()
                )

    def _choice(self, asked: Asked) -> list[str]:
        letters = "ABCDEFGH"[: len(asked.options)]
        return sorted(set(self.rng.choices(letters, asked.likes, k=min(asked.most, 2))))

    def _count(self, poll: Poll, asked: Asked) -> None:
        lines = {letter: asked.paper.count(letter) for letter in set(asked.paper)}
        for username in COUNTERS if asked.paper else ():
            actions.enter_paper(by=self.by(username), poll=poll, lines=lines)
        actions.count(by=self.by(ELENA), poll=poll, seed=voting.SEED)

    def _publish(self) -> None:
        by = self.by(ELENA)
        title, why = voting.DRAWN
        new = actions.DrawPlan(title, why, 3, voting.LOT, self.day(19), reserves=2)
        row = actions.plan_draw(by=by, new=new)
        actions.fill_pool(by=by, draw=row, stairs=self.stairs(3))
        self.draws.append(actions.publish_draw(by=by, draw=row))

    def _draw(self) -> None:
        actions.draw(by=self.by(ELENA), draw=self.draws[0], seed=voting.SEED)
