"""When and where reports happen: two years of a town, with what rises now and then (`rises.py`).

A Poisson process whose count is known is as many independent draws from its rate: each report draws its kind, then a
day (season x weekday x holidays), an hour (profile of the kind) and a place (repeat places x population).
"""

import datetime as dt
import itertools
import math
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

import holidays

from vicinia.demo.people import Resident, settle_residents
from vicinia.demo.rates import ANONYMOUS, AT_RISK, CHANNELS, FOUND, HOURS, RATES, SEASONS, SPOKEN, WEEKS
from vicinia.demo.rises import EMERGING, RISES
from vicinia.demo.seeded import stream
from vicinia.demo.town import Civic, Place, Town, to_wgs84
from vicinia.demo.words import KINDS, Telling, voice_for, write

DAYS = 730
REPEAT_SHARE = 0.42
REPEAT_PLACES = 7


@dataclass(frozen=True)
class PlannedReport:
    """A report that somebody will make: what, when, where, who, in which words."""

    key: str
    kind: str
    happened_at: dt.datetime  # in the zone of `now`
    received_at: dt.datetime
    channel: str
    quarter: str
    civic: Civic | None
    place: str  # name of a place, or ''
    place_words: str
    x: float
    y: float
    lon: float
    lat: float
    reporter: Resident | None  # None: anonymous
    voice: str
    wants_contact: bool
    on_behalf_of: str
    title: str
    description: str
    since_words: str
    frequency: str
    who_suffers: str
    language: str
    at_risk: bool
    has_photo: bool
    story: str  # same for the reports of one repeat place and kind, or ''
    rise: str  # code of what rises here, or ''


@dataclass(frozen=True)
class Spot:
    """Somewhere that reports point to."""

    civic: Civic | None
    place: str
    words: str
    quarter: str
    x: float
    y: float


# When, which kind, where, the story it belongs to, what it is a part of.
Seed = tuple[dt.datetime, str, Spot, str, str]


@lru_cache(maxsize=2)
def plan_reports(town: Town, *, seed: int, now: dt.datetime, count: int = 4000) -> tuple[PlannedReport, ...]:
    """Plan two years of reports up to now, in the order they are received."""
    residents = settle_residents(town, seed=seed)
    rng = stream(seed, "rhythm")
    calendar = _Calendar(now)
    spots = _Spots(town, seed)
    seeds: list[Seed] = []
    kinds, weights = zip(
        *((kind, rate[0] * calendar.mass(rate[1], rate[2])) for kind, rate in RATES.items()), strict=True
    )
    risen = _risen(town, now, stream(seed, "cluster"))[:count]
    while len(seeds) < count - len(risen):
        kind = rng.choices(kinds, weights)[0]
        happened = calendar.draw(RATES[kind], rng)
        if happened < now - dt.timedelta(minutes=30):
            spot, story = spots.draw(kind, rng)
            seeds.append((happened, kind, spot, story, ""))
    seeds += risen
    seeds.sort(key=lambda row: (row[0], row[1], row[2].words))
    return _tell(seeds, residents, now, stream(seed, "telling"))


class _Calendar:
    """The days of the two years, weighed by season, weekday and holidays."""

    def __init__(self, now: dt.datetime) -> None:
        self.zone = now.tzinfo
        self.days = [now.date() - dt.timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
        self.festive = holidays.country_holidays("IT", years={day.year for day in self.days})
        self._cumulated: dict[tuple[str, str], list[float]] = {}

    def weigh(self, day: dt.date, season: str, week: str) -> float:
        """Rate of a day: a holiday counts as the busiest or quietest day of its week's profile."""
        profile = WEEKS[week]
        weekday = profile[5 if week == "weekend" else 6] if day in self.festive else profile[day.weekday()]
        return SEASONS[season][day.month - 1] * weekday

    def cumulated(self, season: str, week: str) -> list[float]:
        """Running sums of the days' rates."""
        key = (season, week)
        if key not in self._cumulated:
            self._cumulated[key] = list(
                itertools.accumulate(self.weigh(day, season, week) for day in self.days)
            )
        return self._cumulated[key]

    def mass(self, season: str, week: str) -> float:
        """Mean rate of a profile over the two years."""
        return self.cumulated(season, week)[-1] / DAYS

    def draw(self, rate: tuple[float, str, str, str, str], rng: Random) -> dt.datetime:
        """Draw a moment; the small hours belong to the night that began the evening before."""
        _, season, week, hours, _ = rate
        day = rng.choices(self.days, cum_weights=self.cumulated(season, week))[0]
        hour = rng.choices(list(HOURS[hours]), list(HOURS[hours].values()))[0]
        if hours == "night" and hour < 12:
            day += dt.timedelta(days=1)
        return dt.datetime.combine(day, dt.time(hour, rng.randrange(60)), self.zone)


class _Spots:
    """Where each kind happens: a few repeat places, and the rest of the town by population."""

    def __init__(self, town: Town, seed: int) -> None:
        self.town = town
        counts: dict[str, int] = defaultdict(int)
        for civic in town.civics:
            counts[civic.quarter] += 1
        people = {quarter.name: quarter.population for quarter in town.quarters}
        self.doors = town.civics
        self.weights = list(
            itertools.accumulate(people[civic.quarter] / counts[civic.quarter] for civic in town.civics)
        )
        self.courts = [_at_door(building.civic) for building in town.buildings for _ in building.stairs]
        self.bars = [
            _at_place(place) for place in town.places if place.kind in {"bar", "circolo", "associazione"}
        ]
        outside = {
            "piazza",
            "parco",
            "fermata",
            "parcheggio",
            "stazione",
            "autostazione",
            "scuola",
            "supermercato",
        }
        self.open = [_at_place(place) for place in town.places if place.kind in outside]
        self.repeat = {kind: self._repeat_places(kind, stream(seed, "repeat", kind)) for kind in RATES}
        # The square has always been one of the noisy places, by far not the worst: that is what is expected of it.
        self.repeat["schiamazzi"][1] = self.repeat["musica-locali"][2] = _at_place(town.place(EMERGING.place))

    def draw(self, kind: str, rng: Random) -> tuple[Spot, str]:
        """Draw a place, with the story it belongs to when it is a repeat place."""
        if rng.random() < REPEAT_SHARE:
            rank = rng.choices(range(REPEAT_PLACES), [1 / (place + 1.5) for place in range(REPEAT_PLACES)])[0]
            spot = self.repeat[kind][rank]
            return spot, f"{kind}@{spot.words}"
        return self._anywhere(kind, rng), ""

    def _repeat_places(self, kind: str, rng: Random) -> list[Spot]:
        found: list[Spot] = []
        while len(found) < REPEAT_PLACES:
            spot = self._anywhere(kind, rng)
            if spot not in found:
                found.append(spot)
        return found

    def _anywhere(self, kind: str, rng: Random) -> Spot:
        where = RATES[kind][4]
        if where == "bar":
            return rng.choice(self.bars)
        if where == "open" and rng.random() < 0.5:
            return rng.choice(self.open)
        if rng.random() < {"estate": 0.9, "home": 0.12}.get(where, 0):
            return rng.choice(self.courts)
        return _at_door(rng.choices(self.doors, cum_weights=self.weights)[0])


def _at_door(civic: Civic) -> Spot:
    return Spot(
        civic,
        "",
        f"in {civic.dug.lower()} {civic.name} {civic.shown_number}",
        civic.quarter,
        civic.x,
        civic.y,
    )


def _at_place(place: Place) -> Spot:
    return Spot(None, place.name, locative(place.name, place.kind), place.quarter, place.x, place.y)


def locative(name: str, kind: str) -> str:
    """Say where a named place is: "al Parco del Canale", "in piazza Liberazione", "davanti alla Gelateria Polo Sud"."""
    first = name.split()[0]
    if kind == "piazza":
        return f"in {name[0].lower()}{name[1:]}"
    article = {
        "Parco": "al", "Giardino": "al", "Giardini": "ai", "Campo": "al", "Area": "all'", "Orti": "agli",
        "Fermata": "alla", "Stazione": "alla", "Autostazione": "all'", "Centro": "al", "Circolo": "al", "Parcheggio": "al", "Supermercato": "al",
    }  # fmt: skip
    if first in article:
        shown = (
            name if kind in {"circolo", "centro anziani", "associazione"} else f"{name[0].lower()}{name[1:]}"
        )
        return f"{article[first]}{'' if article[first].endswith(chr(39)) else ' '}{shown}"
    feminine = {
        "Gelateria",
        "Scuola",
        "Palestra",
        "Piscina",
        "Biblioteca",
        "Casa",
        "Chiesa",
        "Farmacia",
        "Parrocchia",
        "Mensa",
        "Sala",
        "Edicola",
    }
    if first in feminine:
        return f"davanti alla {name}"
    return f"davanti {'all' + chr(39) if first[0] in 'AEIOU' else 'al '}{name}"


def _risen(town: Town, now: dt.datetime, rng: Random) -> list[Seed]:
    """The reports of every rise, around its place."""
    found: list[Seed] = []
    for rise in RISES:
        middle = town.place(rise.place)
        doors = [door for door in town.civics_near(middle.x, middle.y, rise.metres) if not door.exponent]
        spots = [_at_place(middle), *[_at_door(door) for door in rng.sample(doors, min(9, len(doors)))]]
        for kind in rise.kinds:
            found.append((rise.moment(now, rng), kind, rng.choice(spots), rise.code, rise.code))
    return found


def _tell(
    seeds: list[Seed],
    residents: tuple[Resident, ...],
    now: dt.datetime,
    rng: Random,
) -> tuple[PlannedReport, ...]:
    nearby = _Neighbours(residents)
    stories: dict[str, list[PlannedReport]] = defaultdict(list)
    said: set[str] = set()
    told: list[PlannedReport] = []
    for number, (happened, kind, spot, story, rise) in enumerate(seeds):
        report = _report(f"P{number:05}", happened, kind, spot, story, stories[story], nearby, said, now, rng)
        report = replace(report, rise=rise)
        said.add(report.description)
        if story:
            stories[story].append(report)
        told.append(report)
    return tuple(sorted(told, key=lambda report: (report.received_at, report.key)))


class _Neighbours:
    """Who would report something here: mostly those who live near, and some of them often."""

    def __init__(self, residents: tuple[Resident, ...]) -> None:
        self.by_quarter: dict[str, list[Resident]] = defaultdict(list)
        for resident in residents:
            self.by_quarter[resident.civic.quarter].append(resident)

    def near(self, spot: Spot, rng: Random) -> Resident:
        """Draw a reporter, the nearer the likelier."""
        own = self.by_quarter[spot.quarter]
        weights = [1 / (25 + math.dist((one.civic.x, one.civic.y), (spot.x, spot.y))) ** 2 for one in own]
        return rng.choices(own, weights)[0]


def _report(
    key: str, happened: dt.datetime, kind: str, spot: Spot, story: str, before: list[PlannedReport],
    nearby: _Neighbours, said: set[str], now: dt.datetime, rng: Random,
) -> PlannedReport:  # fmt: skip
    recent = [earlier for earlier in before if (happened - earlier.happened_at).days < 75]
    channel = _channel(kind, rng)
    reporter = (
        recent[-1].reporter
        if recent and recent[-1].reporter and rng.random() < 0.4
        else nearby.near(spot, rng)
    )
    received = _received(happened, channel, now, rng)
    if received >= now:
        channel, received = "web", min(happened + dt.timedelta(minutes=20), now - dt.timedelta(minutes=5))
    anonymous = rng.random() < ANONYMOUS[channel]
    known = [earlier.received_at.date() for earlier in recent if earlier.received_at.date() < received.date()]
    refers = (
        tuple(sorted(set(known)))
        if not anonymous and channel not in {"street", "partner"} and rng.random() < 0.6
        else ()
    )
    language = reporter.language if channel in {"web", "email"} and reporter.language != "sq" else "it"
    caller = "unknown" if anonymous else _caller(reporter, now)
    telling = Telling(kind, happened, received, spot.words, channel, language, refers, caller)
    voice = voice_for(channel, rng, reporter.voice if not anonymous else "")
    text = write(telling, voice, rng)
    while text.description in said:
        text = write(replace(telling, language="it"), voice, rng)
    lon, lat = to_wgs84(spot.x, spot.y)
    thing = KINDS[kind].public
    return PlannedReport(
        key=key, kind=kind, happened_at=happened, received_at=received, channel=channel, quarter=spot.quarter,
        civic=spot.civic, place=spot.place, place_words=spot.words, x=spot.x, y=spot.y, lon=lon, lat=lat,
        reporter=None if anonymous else reporter, voice=text.voice,
        wants_contact=not anonymous and rng.random() < 0.9,
        on_behalf_of="la madre" if channel == "phone" and rng.random() < 0.06 else "",
        title=_title(text.title), description=text.description, since_words=text.since_words,
        frequency=text.frequency, who_suffers=text.who_suffers, language=text.language,
        at_risk=rng.random() < AT_RISK.get(kind, 0.01),
        has_photo=channel in {"web", "email", "street"} and rng.random() < (0.5 if thing else 0.05),
        story=story, rise="",
    )  # fmt: skip


def _caller(reporter: Resident, now: dt.datetime) -> str:
    if reporter.language != "it":
        return "newcomer"
    years = now.year - reporter.born
    if years >= 78 or years < 27:
        return "old" if years >= 78 else "young"
    return "woman" if reporter.woman else "man"


def _title(title: str) -> str:
    return title if len(title) <= 140 else f"{title[:139]}…"


def _channel(kind: str, rng: Random) -> str:
    shares = dict(CHANNELS)
    if kind in SPOKEN:
        shares |= {"phone": 42, "desk": 24, "web": 18, "partner": 14, "street": 3}
    if kind in FOUND:
        shares |= {"street": 26}
    return rng.choices(list(shares), list(shares.values()))[0]


def _received(happened: dt.datetime, channel: str, now: dt.datetime, rng: Random) -> dt.datetime:
    """People write within a day or two; phone and desk wait for opening hours, a round is there at once."""
    if channel == "street":
        return _opened(happened, 7, 23, rng, days=7)
    if channel in {"web", "email"}:
        return happened + dt.timedelta(
            minutes=rng.choice((5, 20, 60, 300, 600, 900, 1500, 2900)) + rng.randrange(50)
        )
    later = happened + dt.timedelta(minutes=rng.choice((30, 120, 600, 1440)) + rng.randrange(60))
    return _opened(later, 8, 19, rng, days=6) if channel == "phone" else _opened(later, 9, 13, rng, days=6)


def _opened(at: dt.datetime, first: int, last: int, rng: Random, *, days: int) -> dt.datetime:
    """The moment itself if the office is open, otherwise some time after it next opens."""
    while not (first <= at.hour < last and at.weekday() < days):
        day = at.date() if at.hour < first and at.weekday() < days else at.date() + dt.timedelta(days=1)
        at = dt.datetime.combine(day, dt.time(first, rng.randrange(60)), at.tzinfo)
    return at
