"""Half a year of the contract of Le Corti, until its first report is frozen and sent, by the real actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random

from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.seeding.watching import COORDINATOR
from vicinia.demo.stories import programme as story
from vicinia.demo.stories.programme import Sheet, Stage
from vicinia.demo.stories.together import ELENA
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies import queries as assemblies_read
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.programme import actions, queries
from vicinia.domain.programme.models import ActionSheet, BudgetLine, FunderReport, Milestone, Programme
from vicinia.domain.programme.states import AxisKind, MemberKind, ProgrammeState, SheetState
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

LATEST_WORK = 3


class Contracting:
    """What happens under the contract, as happenings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.rng = Random("contract")  # noqa: S311  a believable town, nothing secret
        self.programmes: list[Programme] = []
        self.sheets: dict[str, ActionSheet] = {}
        self.lines: dict[str, list[BudgetLine]] = {}
        self.milestones: dict[str, Milestone] = {}
        self.assemblies: list[Assembly] = []
        self.reports: list[FunderReport] = []

    def happenings(self) -> list[Happening]:
        """Everything until now."""
        found = [self._at(story.BEGUN, 9, self._sign)]
        for sheet in story.SHEETS:
            found += self._sheet(sheet)
        found += [
            self._at(story.COMMITTEE_CALLED, 11, self._convene),
            self._at(story.COMMITTEE_HELD, 19, self._hold),
            self._at(story.COMMITTEE_HELD - 1, 10, self._amend),
            self._at(story.COMMITTEE_VALIDATED, 10, self._validate),
            self._at(story.FROZEN, 11, self._freeze),
            self._at(story.SENT, 9, self._send),
        ]
        return [one for one in found if one.at < self.desk.now]

    def by(self, username: str) -> Actor:
        return self.desk.staff[username].as_actor()

    def day(self, days: int) -> dt.date:
        return self.desk.now.date() - dt.timedelta(days=days)

    def _at(self, days: int, hour: int, do: Callable[[], object]) -> Happening:
        return Happening(clock.start_of(self.day(days)) + dt.timedelta(hours=hour), do=do)

    # The contract

    def _sign(self) -> None:
        by = self.by(ELENA)
        plan = actions.ProgrammePlan(
            story.TITLE, story.FUNDER, self.day(story.BEGUN), self.day(story.ENDS), story.AIM, story.ACT,
            manager=self.desk.staff[COORDINATOR],
        )  # fmt: skip
        row = actions.plan_programme(by=by, new=plan)
        for kind, title in story.AXES:
            actions.add_axis(by=by, programme=row, kind=AxisKind(kind), title=title)
        for title, others, protocol, is_contract, days in story.SIGNED:
            signed = actions.NewConvention(
                title, self.day(days), others=others, protocol=protocol, is_contract=is_contract
            )
            actions.sign_convention(by=by, programme=row, new=signed)
        for kind, words, role in story.SEATS:
            member = actions.NewMember(MemberKind(kind), self.day(story.BEGUN), words=words, role=role)
            actions.seat_member(by=by, programme=row, new=member)
        axes = list(row.axes.order_by("position"))
        for sheet in story.SHEETS:
            new = actions.SheetPlan(
                sheet.title,
                self.day(sheet.first),
                self.day(sheet.last),
                self.desk.staff[ELENA],
                sheet.headings,
            )
            self.sheets[sheet.title] = actions.add_sheet(by=by, programme=row, axis=axes[sheet.axis], new=new)
            self._promise(sheet)
        self.programmes.append(
            actions.enter_programme(by=self.by(COORDINATOR), programme=row, state=ProgrammeState.ACTIVE)
        )

    def _promise(self, sheet: Sheet) -> None:
        by, row = self.by(ELENA), self.sheets[sheet.title]
        for stage in sheet.stages:
            self.milestones[stage.title] = actions.add_milestone(
                by=by, sheet=row, title=stage.title, planned_on=self.day(stage.planned)
            )
        for aim in sheet.aims:
            new = actions.IndicatorPlan(aim.title, aim.source, aim.kinds, aim.measure, aim.scope, aim.goal)
            actions.add_indicator(by=by, sheet=row, new=new)
        self.lines[sheet.title] = [
            actions.add_budget_line(by=by, sheet=row, title=title, source=source, amount=Decimal(amount))
            for title, source, amount in sheet.lines
        ]

    # What is done

    def _sheet(self, sheet: Sheet) -> Iterator[Happening]:
        by = self.by(ELENA)

        def begin() -> None:
            actions.enter_sheet(by=by, sheet=self.sheets[sheet.title], state=SheetState.UNDER_WAY)

        yield self._at(sheet.first, 10, begin)
        for number, days in enumerate(range(sheet.first - 2, LATEST_WORK, -sheet.every)):
            yield self._at(days, 18, self._work(sheet, number, days))
        for on, line, amount, what, supplier, document in sheet.costs:

            def pay(on=on, line=line, amount=amount, what=what, supplier=supplier, document=document) -> None:  # type: ignore[no-untyped-def]
                of = self.lines[sheet.title][line]
                cost = actions.NewCost(of, self.day(on), Decimal(amount), what, supplier, document)
                actions.record_cost(by=by, sheet=self.sheets[sheet.title], new=cost)

            yield self._at(on, 12, pay)
        for stage in sheet.stages:
            yield from self._stage(stage)

    def _work(self, sheet: Sheet, number: int, days: int) -> Callable[[], object]:
        people, cases = self.rng.randint(*sheet.people), self.rng.randint(0, 3)

        def work() -> None:
            done = actions.Done(
                self.sheets[sheet.title],
                self.day(days),
                sheet.kind,
                sheet.done[number % len(sheet.done)],
                Decimal(sheet.hours),
                people,
                cases if sheet.kind == "desk" else 0,
            )
            actions.log_activity(by=self.by(ELENA), new=done, once=f"demo-{sheet.title}-{number}")

        return work

    def _stage(self, stage: Stage) -> Iterator[Happening]:
        by = self.by(ELENA)
        for on, to, why in stage.slips:

            def slip(to: int = to, why: str = why) -> None:
                row = self.milestones[stage.title]
                actions.move_milestone(by=by, milestone=row, to_day=self.day(to), reason=why)

            yield self._at(on, 15, slip)
        if stage.reached is not None:

            def reach() -> None:
                actions.reach_milestone(by=by, milestone=self.milestones[stage.title], on=clock.today())

            yield self._at(stage.reached, 16, reach)

    # The committee

    def _convene(self) -> None:
        by = self.by(ELENA)
        plan = assemblies.AssemblyPlan(
            "Comitato di attuazione, prima riunione", self.day(story.COMMITTEE_HELD), dt.time(17), dt.time(19),
            "Sala comune di Le Corti", is_public=False,
        )  # fmt: skip
        row = actions.convene(by=by, programme=self.programmes[0], new=plan)
        assemblies.add_point(by=by, assembly=row, new=assemblies.NewPoint("A che punto siamo"))
        self.assemblies.append(assemblies.call(by=by, assembly=row))

    def _hold(self) -> None:
        by = self.by(ELENA)
        row = assemblies.open_assembly(
            by=by,
            assembly=self.assemblies[0],
            present=len(story.SEATS) - 1,
            chair="Ufficio politiche abitative",
            secretary="Elena Ricco",
        )
        minutes = assemblies_read.minutes_of(row)
        assemblies.write_minutes(by=by, minutes=minutes, text=story.MINUTES, seen_version=None)
        for words, owner, due in story.DECISIONS:
            new = assemblies.NewResolution(words, self.day(due), owner_user=self.desk.staff[owner])
            assemblies.add_resolution(by=by, assembly=row, new=new)

    def _amend(self) -> None:
        by = self.by(ELENA)
        minutes = assemblies.make_official(by=by, minutes=assemblies_read.minutes_of(self.assemblies[0]))
        until = clock.today() + dt.timedelta(days=7)
        assemblies.open_amendments(by=by, minutes=minutes, until=until)

    def _validate(self) -> None:
        minutes = assemblies_read.minutes_of(self.assemblies[0])
        assemblies.validate(by=self.by(COORDINATOR), minutes=minutes)

    # The report

    def _freeze(self) -> None:
        by, programme = self.by(ELENA), self.programmes[0]
        text = queries.texts_to_choose(programme)[0][1]
        period = actions.Period(self.day(story.FIRST_DAY), self.day(story.LAST_DAY), text, self.day(-10))
        row = actions.begin_report(by=by, programme=programme, new=period)
        actions.write_report(by=by, report=row, words=story.WORDS, due_on=period.due_on, seen_version=None)
        for sheet in story.SHEETS:
            actions.write_note(
                by=by, report=row, sheet=self.sheets[sheet.title], words=sheet.told, seen_version=None
            )
        actions.check(by=self.by(COORDINATOR), report=row, note=story.CHECKED)
        actions.freeze(by=self.by(COORDINATOR), report=row)
        self.reports.append(row)

    def _send(self) -> None:
        actions.send(
            by=self.by(COORDINATOR), report=self.reports[0], protocol=story.PROTOCOL, on=clock.today()
        )
