"""The laboratory tells Le Corti what happens, and people come: notices, events, readers and the plan, by the real actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from random import Random

from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.stories import telling
from vicinia.demo.stories.telling import ELENA, PIETRO, Gathering, Line, Told, Words
from vicinia.domain.outreach import actions, queries
from vicinia.domain.outreach.models import Event, Notice, PlanLine
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Building
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

DOMAIN = "posta.example"
VISITOR = Actor.visitor()


class Telling:
    """What the laboratory tells, as happenings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.rng = Random(desk.town.seed + 11)  # noqa: S311  a town of fiction, not a secret

    def happenings(self) -> list[Happening]:
        """Everything until now."""
        found = list(self._readers())
        for told in telling.NOTICES:
            found += self._notice(told)
        for gathering in telling.EVENTS:
            found += self._event(gathering)
        for line in telling.PLAN:
            found += self._line(line)
        return [one for one in found if one.at < self.desk.now]

    def by(self, username: str) -> Actor:
        return self.user(username).as_actor()

    def user(self, username: str) -> User:
        return self.desk.staff[username]

    def day(self, days: int) -> dt.date:
        return self.desk.now.date() - dt.timedelta(days=days)

    def _at(self, days: int, hour: int, do: Callable[[], object]) -> Happening:
        return Happening(clock.start_of(self.day(days)) + dt.timedelta(hours=hour), do=do)

    # Readers

    def _readers(self) -> Iterator[Happening]:
        for place, (name, language, notices, newsletter) in enumerate(telling.READERS):
            new = actions.NewSubscription(
                f"{name}@{DOMAIN}", "email", language, (), wants_notices=notices, wants_newsletter=newsletter
            )
            paper = f"raccoglitore consensi, n. {place + 1}"

            def sign(new: actions.NewSubscription = new, paper: str = paper) -> object:
                return actions.subscribe_at_desk(by=self.by(ELENA), new=new, paper_at=paper)

            yield self._at(70 - 3 * place, 10, sign)

    # Notices

    def _notice(self, told: Told) -> list[Happening]:
        kept: list[Notice] = []

        def prepare() -> None:
            texts = [self._text(words) for words in told.texts]
            audience = actions.Audience(buildings=self._buildings(told.buildings))
            until = self.day(told.until) if told.until is not None else None
            new = actions.NewNotice(texts, audience, told.kind, until)
            kept.append(actions.prepare_notice(by=self.by(ELENA), new=new))
            for language in told.read_again:
                actions.mark_read_again(
                    by=self.by(ELENA), notice=kept[0], language=language, reader="Joan, mediatrice"
                )
            if told.approved:
                kept[0] = actions.approve_notice(by=self.by(PIETRO), notice=kept[0])

        def publish() -> None:
            kept[0] = actions.publish_notice(by=self.by(ELENA), notice=kept[0], ways=told.ways)
            if told.carried:
                self._carry(kept[0])

        found = [self._at(told.days, 11, prepare)]
        return found if told.out is None else [*found, self._at(told.out, 9, publish)]

    def _text(self, words: Words) -> actions.NewText:
        return actions.NewText(words.subject, words.body, words.language, words.easy)

    def _buildings(self, codes: tuple[str, ...]) -> list[Building]:
        found = {building.code: building for building in territory.buildings(self.by(ELENA))}
        return [found[code] for code in codes if code in found]

    def _carry(self, notice: Notice) -> None:
        """Leaflets to each stair, a poster on the board."""
        stairs = queries.stairs_of(notice)[:2]
        carried = actions.NewDelivery("leaflet", clock.today(), "Pietro e due volontari", stairs)
        if stairs:
            actions.record_delivery(by=self.by(PIETRO), notice=notice, new=carried)
        board = actions.NewDelivery("poster", clock.today(), "Pietro", place="bacheca dell'ingresso")
        actions.record_delivery(by=self.by(PIETRO), notice=notice, new=board)

    # Events

    def _event(self, gathering: Gathering) -> list[Happening]:
        kept: list[Event] = []

        def write() -> None:
            kept.append(actions.request_event(by=self.by(PIETRO), new=self._plan(gathering)))
            if gathering.announced:
                kept[0] = actions.announce_event(by=self.by(PIETRO), event=kept[0])

        def sign_up() -> None:
            for people in gathering.groups:
                actions.sign_up(by=VISITOR, event=kept[0], new=self._signing(people))

        def end() -> None:
            people, children, first_time = gathering.came or (0, 0, 0)
            event = actions.hold_event(by=self.by(PIETRO), event=kept[0])
            counts = actions.Counts(people, children, first_time)
            event = actions.count_event(by=self.by(PIETRO), event=event, counts=counts)
            cost = Decimal(gathering.cost) if gathering.cost else None
            actions.report_event(by=self.by(PIETRO), event=event, report=gathering.report, cost=cost)

        def cancel() -> None:
            actions.cancel_event(by=self.by(PIETRO), event=kept[0], reason=gathering.cancelled)

        found = [self._at(gathering.days, 12, write)]
        if gathering.groups:
            found.append(self._at(gathering.days - 2, 19, sign_up))
        if gathering.came:
            found.append(self._at(gathering.on, gathering.hours[1] + 1, end))
        if gathering.cancelled:
            found.append(self._at(1, 15, cancel))
        return found

    def _plan(self, gathering: Gathering) -> actions.EventPlan:
        first, last = gathering.hours
        return actions.EventPlan(
            gathering.title,
            self.day(gathering.on),
            dt.time(first),
            dt.time(last),
            gathering.place,
            description=gathering.description,
            access=gathering.access,
            languages=gathering.languages,
            asked_by="il gruppo della sala comune",
            places=gathering.places,
        )

    def _signing(self, people: int) -> actions.NewSignUp:
        name, language, _notices, _newsletter = self.rng.choice(telling.READERS)
        spoken = name.replace(".", " ").title()
        if self.rng.random() < 0.5:
            return actions.NewSignUp(people, spoken, "email", f"{name}@{DOMAIN}", language=language)
        return actions.NewSignUp(people, spoken, "phone", f"+39333{self.rng.randrange(10**6, 10**7)}")

    # Plan

    def _line(self, line: Line) -> list[Happening]:
        kept: list[PlanLine] = []
        new = actions.NewLine(
            line.audience,
            line.channel,
            line.message,
            self.day(line.on),
            owner=self.user(line.owner),
            cost=Decimal(line.cost) if line.cost else None,
        )

        def end() -> None:
            if line.dropped:
                actions.drop_line(by=self.by(line.owner), line=kept[0], reason=line.dropped)
            else:
                actions.finish_line(by=self.by(line.owner), line=kept[0], done_on=new.day, reach=line.reach)

        add = self._at(
            max(line.on, 0) + 14, 9, lambda: kept.append(actions.add_line(by=self.by(ELENA), new=new))
        )
        is_over = line.on > 1
        return [add, self._at(line.on, 18, end)] if is_over else [add]
