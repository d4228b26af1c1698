"""When works on each lot may begin: calendars that keep precedence and crews.

Lots that must wait for others, and crews that work on one lot at a time, are the resource-constrained project scheduling problem (P. Brucker et al.,
European Journal of Operational Research 112 (1999)); there are few lots, so calendars are simply listed, or changed one lot at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vicinia_analytics.rehousing.inputs import Instance

Calendar = tuple[int, ...]
"""The period in which each lot begins, in the order of the lots."""


@dataclass(frozen=True, slots=True)
class MovableLot:
    """A lot whose works may begin in any period from `earliest` to `latest` and go through all its dwellings for `duration` periods.

    after: lots that must be ready before. crew: who works on it, on one lot at a time; None for nobody in particular.
    """

    lot: str
    duration: int
    earliest: int
    latest: int
    after: tuple[str, ...] = ()
    crew: str | None = None


def lot_faults(instance: Instance, lots: Sequence[MovableLot]) -> Iterator[str]:
    """What is wrong with lots, each with its path."""
    known = {dwelling.lot for dwelling in instance.dwellings}
    names = [one.lot for one in lots]
    for at, one in enumerate(lots):
        path = f"lots[{at}]"
        if one.lot not in known:
            yield f"{path}.lot: no dwelling is of lot {one.lot}"
        if one.lot in names[:at]:
            yield f"{path}.lot: {one.lot} is there twice"
        if one.duration < 1:
            yield f"{path}.duration: {one.duration} is below 1"
        if one.earliest < 1:
            yield f"{path}.earliest: works can't begin before period 1; period 0 is today"
        if one.latest < one.earliest:
            yield f"{path}.latest: {one.latest} is before {one.earliest}"
        for name in one.after:
            if name not in names or name == one.lot:
                yield f"{path}.after: {name} is none of the other lots"


def calendars(lots: Sequence[MovableLot], periods: int) -> Iterator[Calendar]:
    """Every calendar, the early ones first."""

    def further(begun: Calendar) -> Iterator[Calendar]:
        if len(begun) == len(lots):
            yield begun
            return
        one = lots[len(begun)]
        for start in range(one.earliest, min(one.latest, periods - one.duration) + 1):
            if fits(lots, (*begun, start)):
                yield from further((*begun, start))

    return further(())


def fits(lots: Sequence[MovableLot], begun: Calendar) -> bool:
    """Whether the first lots may begin so: each after those it waits for, and no crew on two at once."""
    end = {one.lot: start + one.duration for one, start in zip(lots, begun, strict=False)}
    for at, start in enumerate(begun):
        one = lots[at]
        if any(end.get(name, 0) > start for name in one.after):
            return False
        for other, begin in zip(lots[:at], begun, strict=False):
            meet = begin < start + one.duration and start < begin + other.duration
            if meet and one.crew is not None and one.crew == other.crew:
                return False
    return True


def neighbours(lots: Sequence[MovableLot], calendar: Calendar, periods: int) -> Iterator[Calendar]:
    """Calendars in which one lot begins at another time, or two take each other's."""
    changed = []
    for at, one in enumerate(lots):
        for start in range(one.earliest, min(one.latest, periods - one.duration) + 1):
            changed.append((*calendar[:at], start, *calendar[at + 1 :]))
        for other in range(at):
            swapped = list(calendar)
            swapped[at], swapped[other] = calendar[other], calendar[at]
            changed.append(tuple(swapped))
    for one_calendar in changed:
        within = all(
            lot.earliest <= start <= min(lot.latest, periods - lot.duration)
            for lot, start in zip(lots, one_calendar, strict=True)
        )
        if one_calendar != calendar and within and fits(lots, one_calendar):
            yield one_calendar


def with_calendar(instance: Instance, lots: Sequence[MovableLot], calendar: Calendar) -> Instance:
    """The instance with works on these lots in those periods, and at no other time."""
    works: Mapping[str, range] = {
        one.lot: range(start, start + one.duration) for one, start in zip(lots, calendar, strict=True)
    }
    return replace(
        instance,
        dwellings=tuple(
            replace(
                one,
                available=tuple(at not in works[one.lot] for at in range(len(instance.periods))),
            )
            if one.lot in works
            else one
            for one in instance.dwellings
        ),
    )
