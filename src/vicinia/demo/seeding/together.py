"""Le Corti decides together: a process, assemblies with minutes and decisions, proposals and their results, by the real actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.stories import together
from vicinia.demo.stories.together import ELENA, PIETRO, Decision, Gathered, Wish
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies import queries as assemblies_read
from vicinia.domain.assemblies.models import Assembly, Resolution
from vicinia.domain.assemblies.states import AssemblyKind, ResolutionState
from vicinia.domain.outreach import actions as outreach
from vicinia.domain.participation import actions, queries
from vicinia.domain.participation.models import Idea, Process
from vicinia.domain.participation.states import Channel, IdeaState, ProcessState, ResultState
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

VISITOR = Actor.visitor()
STARTS, ENDS = dt.time(18), dt.time(20)
AMENDED_DAYS = 7


class Together:
    """What is decided together, as happenings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.processes: list[Process] = []
        self.ideas: dict[int, Idea] = {}

    def happenings(self) -> list[Happening]:
        """Everything until now."""
        found = [self._at(66, 9, self._begin)]
        for gathered in together.GATHERED:
            found += self._gather(gathered)
        for place, wish in enumerate(together.WISHES):
            found += self._wish(place, wish)
        return [one for one in found if one.at < self.desk.now]

    def by(self, username: str) -> Actor:
        return self.desk.staff[username].as_actor()

    def day(self, days: int) -> dt.date:
        return self.desk.now.date() - dt.timedelta(days=days)

    def _at(self, days: int, hour: int, do: Callable[[], object]) -> Happening:
        return Happening(clock.start_of(self.day(days)) + dt.timedelta(hours=hour), do=do)

    def _begin(self) -> None:
        by = self.by(ELENA)
        row = actions.plan_process(by=by, new=actions.ProcessPlan(*together.PROCESS))
        for stage in together.STAGES:
            phase = actions.NewPhase(
                stage.title,
                self.day(stage.first),
                self.day(stage.last),
                stage.decides,
                stage.where,
                stage.takes_ideas,
            )
            actions.add_phase(by=by, process=row, new=phase)
        self.processes.append(actions.enter_process(by=by, process=row, state=ProcessState.OPEN))

    # Assemblies

    def _gather(self, gathered: Gathered) -> Iterator[Happening]:
        kept: list[Assembly] = []
        by = self.by(ELENA)

        def prepare() -> None:
            new = assemblies.AssemblyPlan(
                gathered.title, self.day(gathered.on), STARTS, ENDS, "Sala comune di Le Corti",
                invitation=gathered.invitation, entitled=gathered.entitled, entitled_words="un voto per ogni alloggio della corte B" if gathered.entitled else "",
                with_sign_up=gathered.with_sign_up, places=gathered.places,
            )  # fmt: skip
            kind = AssemblyKind(gathered.kind)
            kept.append(actions.plan_assembly(by=by, process=self.processes[0], kind=kind, new=new))
            for title, explained in gathered.points:
                assemblies.add_point(by=by, assembly=kept[0], new=assemblies.NewPoint(title, explained))

        def call() -> None:
            kept[0] = assemblies.call(by=by, assembly=kept[0])
            for number, people in enumerate(gathered.groups):
                name = together.WISHES[number].who or "Gino Pavesi"
                new = outreach.NewSignUp(
                    people, name, "email", f"{name.lower().replace(' ', '.')}@posta.example"
                )
                if kept[0].event is not None:
                    outreach.sign_up(by=VISITOR, event=kept[0].event, new=new)

        yield self._at(gathered.prepared, 10, prepare)
        yield self._at(gathered.called, 9, call)
        if gathered.present is not None:
            yield from self._held(gathered, kept)

    def _held(self, gathered: Gathered, kept: list[Assembly]) -> Iterator[Happening]:
        by, decided = self.by(ELENA), {}

        def hold() -> None:
            kept[0] = assemblies.open_assembly(
                by=by,
                assembly=kept[0],
                present=gathered.present or 0,
                chair="Pietro Fantini",
                secretary="Elena Ricco",
            )
            minutes = assemblies_read.minutes_of(kept[0])
            assemblies.write_minutes(by=by, minutes=minutes, text=gathered.minutes, seen_version=None)
            for decision in gathered.decisions:
                new = self._decision(decision)
                decided[decision] = assemblies.add_resolution(by=by, assembly=kept[0], new=new)

        def amend() -> None:
            minutes = assemblies.make_official(by=by, minutes=assemblies_read.minutes_of(kept[0]))
            until = clock.today() + dt.timedelta(days=AMENDED_DAYS)
            assemblies.open_amendments(by=by, minutes=minutes, until=until)

        def validate() -> None:
            assemblies.validate(by=self.by(PIETRO), minutes=assemblies_read.minutes_of(kept[0]))

        yield self._at(gathered.on, 20, hold)
        yield self._at(gathered.on - 2, 10, amend)
        if gathered.validated:
            yield self._at(gathered.on - 2 - AMENDED_DAYS - 1, 10, validate)
        for decision in gathered.decisions:
            if decision.follow_up is not None:
                yield self._followed(decision, decided)

    def _decision(self, decision: Decision) -> assemblies.NewResolution:
        user = self.desk.staff.get(decision.owner)
        votes = decision.votes or (None, None, None)
        return assemblies.NewResolution(
            decision.words, self.day(decision.due), owner_user=user, owner_words="" if user else decision.owner,
            votes_for=votes[0], votes_against=votes[1], votes_abstained=votes[2],
        )  # fmt: skip

    def _followed(self, decision: Decision, decided: dict[Decision, Resolution]) -> Happening:
        days, state, note = decision.follow_up or (0, "", "")

        def follow() -> None:
            by = self.by(decision.owner) if decision.owner in self.desk.staff else self.by(ELENA)
            assemblies.follow_up(by=by, resolution=decided[decision], state=ResolutionState(state), note=note)

        return self._at(days, 12, follow)

    # Proposals

    def _wish(self, place: int, wish: Wish) -> Iterator[Happening]:
        by, state = self.by(ELENA), IdeaState(wish.state)

        def propose() -> None:
            address = f"{wish.who.lower().replace(' ', '.')}@posta.example"
            new = actions.NewIdea(
                wish.title, wish.text, once=f"demo-{place}", place=wish.place, process=self.processes[0],
                details=PersonDetails(name=wish.who, email=address) if wish.who else None,
                shown=wish.who, language=wish.language,
            )  # fmt: skip
            self.ideas[place] = actions.propose(by=VISITOR, new=new).idea

        def publish() -> None:
            idea = actions.publish(by=by, idea=self.ideas[place])
            for number in range(wish.supports):
                channel = Channel.PAPER if number % 5 == 0 else Channel.PORTAL
                who = by if channel is Channel.PAPER else VISITOR
                actions.support(by=who, idea=idea, once=f"{place}-{number}", channel=channel)

        def end() -> None:
            idea = self.ideas[place]
            if state is IdeaState.MERGED:
                actions.merge(by=by, idea=idea, into=self.ideas[wish.merged_into or 0])
                return
            actions.take_up(by=by, idea=idea)
            if state is not IdeaState.EVALUATING:
                actions.answer(by=by, idea=idea, state=state, words=wish.answer)

        yield self._at(wish.days, 17, propose)
        if state is not IdeaState.DRAFT:
            yield self._at(wish.days - 3, 9, publish)
        if state not in (IdeaState.DRAFT, IdeaState.PUBLISHED):
            # What is said twice is joined as soon as it is read, before anybody answers.
            days = 4 if state is IdeaState.MERGED else 14
            yield self._at(wish.days - days, 11, end)
        yield from self._results(place, wish)

    def _results(self, place: int, wish: Wish) -> Iterator[Happening]:
        by = self.by(PIETRO)

        def plan() -> None:
            result = queries.result_of(self.ideas[place])
            for title, due, is_done in wish.milestones:
                row = actions.add_milestone(by=by, result=result, title=title, due_on=self.day(due))
                if is_done:
                    actions.finish_milestone(by=by, milestone=row)

        if wish.milestones:
            yield self._at(wish.days - 34, 9, plan)
        for days, state, percent, words in wish.progress:
            new = actions.Progress(
                ResultState(state), percent, words, "Ufficio verde del Comune", self.day(-12)
            )

            def follow(new: actions.Progress = new) -> None:
                actions.follow_result(by=by, result=queries.result_of(self.ideas[place]), new=new)

            yield self._at(days, 15, follow)
