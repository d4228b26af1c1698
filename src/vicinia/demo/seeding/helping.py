"""The help desk of Le Corti over half a year: contacts, appointments, a queue, help files, by the real actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.stories import helping
from vicinia.demo.stories.together import ELENA, PIETRO
from vicinia.domain.helpdesk import actions, queries
from vicinia.domain.helpdesk.models import HelpFile, HelpPoint
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

VISITOR = Actor.visitor()
FEWEST, MOST = 1, 5  # contacts of one day


class Helping:
    """What happens at the help desk, as happenings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.rng = Random("help desk")  # noqa: S311  a believable town, nothing secret
        self.points: list[HelpPoint] = []

    def happenings(self) -> list[Happening]:
        """Everything until now."""
        found = [self._at(helping.OPENED, 8, self._open)]
        for days in range(helping.OPENED - 1, -1, -1):
            if clock.is_working_day(self.day(days)):
                found.append(self._at(days, 17, lambda days=days: self._day(days)))  # type: ignore[misc]
        for number in range(len(helping.FILES)):
            found += self._file(number)
        found.append(Happening(self.desk.now - helping.LONGEST, do=self._wait))
        found.append(Happening(self.desk.now - dt.timedelta(hours=3), do=self._book))
        return [one for one in found if one.at < self.desk.now]

    def by(self, username: str) -> Actor:
        return self.desk.staff[username].as_actor()

    def day(self, days: int) -> dt.date:
        return self.desk.now.date() - dt.timedelta(days=days)

    def _at(self, days: int, hour: int, do: Callable[[], object]) -> Happening:
        return Happening(clock.start_of(self.day(days)) + dt.timedelta(hours=hour), do=do)

    def _open(self) -> None:
        by = self.by(ELENA)
        name, address, directions = helping.POINT
        details = actions.PointDetails(
            name, address, directions, "Senza gradini, citofono basso.", "0131 555 010", ["it", "ar", "es"]
        )
        point = actions.add_point(by=by, code="le-corti", details=details)
        for weekday, start, end, takes in helping.WEEK:
            hours = actions.Hours(weekday, dt.time(start), dt.time(end), takes)
            actions.add_hours(by=by, point=point, hours=hours)
        self.points.append(point)

    def _picked(self, weighed: tuple[tuple[str, int], ...]) -> str:
        values, weights = zip(*weighed, strict=True)
        return str(self.rng.choices(values, weights)[0])

    def _day(self, days: int) -> None:
        """One day of contacts, noted before going home."""
        weights = [weight for _kind, _topic, weight, _lines in helping.ASKED]
        for number in range(self.rng.randint(FEWEST, MOST)):
            kind, topic, _weight, lines = self.rng.choices(helping.ASKED, weights)[0]
            new = actions.NewContact(
                kind,
                f"demo-{days}-{number}",
                topic,
                self._picked(helping.CHANNELS),
                self.rng.choice((5, 5, 10, 10, 20, 30)) + (15 if kind == "accompaniment" else 0),
                self._picked(helping.LANGUAGES),
                self.rng.choice(lines) if self.rng.random() < 0.5 else "",
                point=self.points[0],
            )
            actions.note_contact(by=self.by(self.rng.choice((ELENA, ELENA, PIETRO))), new=new)

    def _file(self, number: int) -> list[Happening]:
        days, title, words, topic, language, steps = helping.FILES[number]
        kept: list[HelpFile] = []
        who = ELENA if number % 2 == 0 else PIETRO

        def begin() -> None:
            new = actions.NewFile(
                title, words, topic=topic, language=language, next_words="Sentire chi aspetta"
            )
            kept.append(actions.open_file(by=self.by(who), new=new, owner=self.desk.staff[who]))

        found = [self._at(days, 11, begin)]
        for state, ago, said in steps:

            def go(state: str = state, said: str = said) -> None:
                step = actions.Step(state, said, clock.add_working_days(clock.today(), 12))
                actions.write_note(by=self.by(who), file=kept[0], words=said)
                actions.enter_file(by=self.by(who), file=kept[0], step=step)

            found.append(self._at(ago, 12, go))
        return found

    def _wait(self) -> None:
        """Four people take a number; the first is at the table."""
        by, point = self.by(ELENA), self.points[0]
        for language in ("it", "ar", "it", "ro"):
            actions.take_number(by=by, point=point, language=language)
        actions.call_next(by=by, point=point, table="1")

    def _book(self) -> None:
        """Some book for the days to come."""
        point = self.points[0]
        slots = [slot for day in queries.slots_for_residents(point) for slot in day.slots if slot.free]
        for number, (name, contact, topic) in enumerate(helping.BOOKED):
            address = f"{name.lower().replace(' ', '.')}@posta.example" if contact == "email" else ""
            new = actions.NewAppointment(
                slots[number * 2].starts_at, "accompaniment", topic, name, "", contact,
                address or ("+390131555010" if contact == "phone" else ""),
            )  # fmt: skip
            actions.book(by=VISITOR, point=point, new=new, once=f"demo-{number}")
