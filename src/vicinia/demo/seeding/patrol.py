"""The unit on foot: key contacts heard at their rhythm, rounds of the past weeks, one planned today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from vicinia.demo.pictures import photo
from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.stories.rounds import BEATS, NOTES, SIGHTS, TALKS, WATCHERS, Beat, Sight, Watcher
from vicinia.domain.casework import queries as cases
from vicinia.domain.casework.models import Case
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.presence import actions, queries
from vicinia.domain.presence.models import KeyContact, Observation, Round
from vicinia.domain.presence.queries.proposals import Proposal, proposals
from vicinia.domain.presence.states import ObservationBecame, StopWhy, TalkHow
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.queries import Location
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

WEEKS = 6
HEARD_FOR_DAYS = 150
STOPS_AT_MOST = 5
# Younger than this, what was seen may still wait for a decision.
UNDECIDED_DAYS = 5


@dataclass
class Walk:
    """A round that is being walked: its row, once there is one, and what was seen."""

    beat: Beat
    day: dt.date
    rng: Random
    row: Round | None = None
    seen: list[tuple[Observation, Sight]] = field(default_factory=list)

    @property
    def round(self) -> Round:
        assert self.row is not None
        return Round.objects.get(pk=self.row.pk)


class Patrol:
    """What the unit does on foot, as happenings."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.rng = Random(desk.town.seed + 7)  # noqa: S311  a town of fiction, not a secret

    def happenings(self) -> list[Happening]:
        """Everything until now, and what is planned for today and tomorrow."""
        found = [happening for watcher in WATCHERS for happening in self._watched(watcher)]
        today = self.desk.now.date()
        monday = today - dt.timedelta(days=today.weekday())
        for week in range(WEEKS, -1, -1):
            days = {beat: monday + dt.timedelta(days=beat.weekday - 7 * week) for beat in BEATS}
            for beat, day in days.items():
                if day < today:
                    found += self._walked(Walk(beat, day, self.rng))
        for ahead, beat in enumerate(BEATS[:2]):
            walk = Walk(beat, today + dt.timedelta(days=ahead), self.rng)
            found.append(self._at(today - dt.timedelta(days=1), "16:20", lambda walk=walk: self._plan(walk)))  # type: ignore[misc]
        return [one for one in found if one.at < self.desk.now]

    def _at(self, day: dt.date, hour: str, do: object, minutes: int = 0) -> Happening:
        hours, minute = map(int, hour.split(":"))
        moment = dt.datetime.combine(day, dt.time(hours, minute), self.desk.now.tzinfo)
        return Happening(moment + dt.timedelta(minutes=minutes), do=do)  # type: ignore[arg-type]

    # Key contacts ------------------------------------------------------------------------------------------------

    def _watched(self, watcher: Watcher) -> Iterator[Happening]:
        """Met once, then heard at the rhythm; some talks of the last weeks have not taken place."""
        kept: dict[str, KeyContact] = {}
        day = self.desk.now.date() - dt.timedelta(days=HEARD_FOR_DAYS + self.rng.randrange(20))
        day = clock.add_working_days(day, 0)

        def meet() -> None:
            kept["row"] = self._meet(watcher)

        yield self._at(day, "10:10", meet)
        days = []
        while (day := clock.add_working_days(day, watcher.rhythm)) < self.desk.now.date():
            days.append(day)
        for day in days[: len(days) - watcher.missed]:
            yield self._at(day, "11:05", lambda: self._hear(watcher, kept["row"]), self.rng.randrange(90))

    def _meet(self, watcher: Watcher) -> KeyContact:
        place = self.desk.town.place(watcher.place)
        lon, lat = place.lonlat
        person = PersonDetails(name=watcher.name, phone=watcher.phone) if watcher.name else None
        address = place.civic.label if place.civic else ""
        area_id = self.desk.places.areas[watcher.quarter]
        card = actions.ContactCard(
            kind=watcher.kind,
            body_name=watcher.place,
            person=person,
            reach_words=watcher.reach,
            location=Location(lat=lat, lon=lon, address=address, area_id=area_id),
        )
        return actions.add_contact(by=self.desk.actors[watcher.by], card=card, rhythm_days=watcher.rhythm)

    def _hear(self, watcher: Watcher, contact: KeyContact) -> None:
        how = self.rng.choice(list(TalkHow))
        new = actions.NewTalk(how=how, words=self.rng.choice(TALKS), reached=self.rng.random() < 0.9)
        actions.log_talk(by=self.desk.actors[watcher.by], contact=contact, new=new)

    # Rounds ------------------------------------------------------------------------------------------------------

    def _walked(self, walk: Walk) -> Iterator[Happening]:
        """A whole round, from the day before to the day after."""
        day, beat = walk.day, walk.beat
        yield self._at(day - dt.timedelta(days=1), "16:20", lambda: self._plan(walk))
        late = self.rng.randrange(12)
        yield self._at(
            day, beat.start, lambda: actions.start_round(by=self._leads(walk), round_=walk.round), late
        )
        for number in range(STOPS_AT_MOST):
            yield self._at(day, beat.start, lambda number=number: self._pass(walk, number), 20 + 18 * number)  # type: ignore[misc]
        yield self._at(day, beat.end, lambda: self._end(walk), -self.rng.randrange(1, 12))
        if (self.desk.now.date() - day).days > UNDECIDED_DAYS:
            yield self._at(day + dt.timedelta(days=1), "09:10", lambda: self._decide(walk))

    def _leads(self, walk: Walk) -> Actor:
        return self.desk.actors[walk.beat.who[0]]

    def _plan(self, walk: Walk) -> None:
        by, beat = self._leads(walk), walk.beat
        area_ids = [self.desk.places.areas[name] for name in beat.quarters]
        areas = {area.pk: area for area in territory.reference_areas()}
        planner = next(actor for name, actor in self.desk.actors.items() if name == "lucia.marchesi")
        plan = actions.RoundPlan(
            planned_on=walk.day,
            from_time=dt.time.fromisoformat(beat.start),
            to_time=dt.time.fromisoformat(beat.end),
            areas=[areas[pk] for pk in area_ids],
            people=[self.desk.staff[name] for name in beat.who],
        )
        walk.row = actions.plan_round(by=planner, plan=plan)
        offered = proposals(by, area_ids)
        chosen = [one for one in offered if one.why in (StopWhy.CASE, StopWhy.CONTACT)][:3]
        places = [one for one in offered if one.why in (StopWhy.PLACE, StopWhy.CLUSTER)]
        chosen += self.rng.sample(places, min(len(places), STOPS_AT_MOST - len(chosen)))
        add = [_stop(one) for one in chosen]
        actions.change_stops(by=by, round_=walk.round, keep=[], add=add, seen_version=None)

    def _pass(self, walk: Walk, number: int) -> None:
        """At a stop: seen, and now and then something to write down."""
        by, row = self._leads(walk), walk.round
        stops = queries.stops_of(by, row)
        if number >= len(stops) or (number == STOPS_AT_MOST - 1 and self.rng.random() < 0.4):
            return
        stop = stops[number]
        actions.tick_stop(by=by, stop=stop)
        if self.rng.random() < 0.45:
            sight = self.rng.choice(SIGHTS)
            has_photo = sight.kind in ("decay", "damage") and self.rng.random() < 0.5
            files = [photo("strada", self.rng)] if has_photo else ()
            new = actions.NewObservation(kind=sight.kind, words=sight.words, stop=stop, files=files)
            walk.seen.append((actions.observe(by=by, round_=row, new=new), sight))

    def _end(self, walk: Walk) -> None:
        actions.finish_round(by=self._leads(walk), round_=walk.round, notes=self.rng.choice(NOTES))

    def _decide(self, walk: Walk) -> None:
        for seen, sight in walk.seen:
            if sight.became:
                actions.settle_observation(
                    by=self._leads(walk), observation=seen, settlement=self._settlement(walk, seen, sight)
                )

    def _settlement(self, walk: Walk, seen: Observation, sight: Sight) -> actions.Settlement:
        """As the sight says; without a case to go into, there is nothing to do."""
        if sight.category:
            return actions.Settlement(ObservationBecame.REPORT, category=self.desk.kinds[sight.category])
        case = self._case_near(walk, seen) if sight.became in ("note", "linked") else None
        return actions.Settlement(sight.became if case else ObservationBecame.NOTHING, case=case)

    def _case_near(self, walk: Walk, seen: Observation) -> Case | None:
        """An open case of the same area that somebody has in charge."""
        rows = cases.cases(self._leads(walk)).open().filter(area_id=seen.area_id, owner__isnull=False)
        found: Case | None = rows.select_related("owner").order_by("-opened_at", "-id").first()
        return found


def _stop(one: Proposal) -> actions.NewStop:
    where = Location()
    if one.point and one.place is None:
        where = territory.locate(lat=one.point[0], lon=one.point[1])
    return actions.NewStop(one.why, one.look_at, one.case, one.contact, one.place, where)
