"""Early warning at work: the nights on which the town is looked at, and what is decided about what they find."""

from __future__ import annotations

import datetime as dt

from vicinia.demo.rises import DARK, RISES, SACKS, SPRING, Rise
from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.words import GROUPS, KINDS
from vicinia.domain.casework.models import Case
from vicinia.domain.foresight import actions, jobs, queries
from vicinia.domain.foresight.models import Alert
from vicinia.domain.foresight.states import AlertState, Dismissal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia_analytics.geometry import metres_between

COORDINATOR = "lucia.marchesi"
GROUP_NAMES = {group.code: group.name for group in GROUPS}
AT = dt.time(2, 30)
# A town is looked at every night; here only on those that tell something, and once in six weeks: making it stays quick.
EVERY_NIGHT_FOR, SINCE_DAYS, APART_DAYS = 7, 252, 42
AFTER_A_RISE = 2
# An alert younger than this may still wait for a decision.
UNDECIDED_DAYS = 4
NEAR_M = 400


class Watch:
    """The looks at the town, as happenings; each makes somebody decide in the morning."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def _by(self) -> Actor:
        return self.desk.actors[COORDINATOR]

    def happenings(self) -> list[Happening]:
        """A look at half past two of every night that counts."""
        today = self.desk.now.date()
        moments = [
            dt.datetime.combine(today - dt.timedelta(days=days), AT, self.desk.now.tzinfo)
            for days in nights()
        ]
        return [Happening(moment, do=self._look) for moment in moments if moment < self.desk.now]

    def _look(self) -> None:
        jobs.watch()
        for alert in queries.alerts(self._by).new().filter(found_on=clock.today()):
            self._think_about(alert)

    def _think_about(self, alert: Alert) -> None:
        rise = next((rise for rise in RISES if self._is_of(alert, rise)), None)
        is_fresh = (self.desk.now.date() - alert.found_on).days < UNDECIDED_DAYS
        if rise is None and not is_fresh:
            words = "Rilette una per una: fatti diversi, lontani tra loro."
            self._later(lambda: self._dismiss(alert, Dismissal.CHANCE, words))
        elif rise is DARK:
            words = "Un guasto solo, alla cabina: l'ha segnalato tutta la via. Riparato il giorno dopo."
            self._later(lambda: self._dismiss(alert, Dismissal.ONE_FACT, words))
        elif rise is SACKS:
            self._later(lambda: self._keep_an_eye(alert))
        elif rise is SPRING and not alert.has_zone:
            words = "Sono le serate in piazza: le segue già il caso di Anna."
            self._later(lambda: self._dismiss(alert, Dismissal.KNOWN, words))

    def _is_of(self, alert: Alert, rise: Rise) -> bool:
        """Whether an alert is of a rise: its kinds, its days, and its place or, if a whole quarter rises, its quarter."""
        today = self.desk.now.date()
        days = (today - alert.last_day).days, (today - alert.first_day).days
        if days[0] > rise.from_days or days[1] < rise.to_days - AFTER_A_RISE:
            return False
        if alert.group.name not in {GROUP_NAMES[KINDS[kind].group] for kind in rise.kinds}:
            return False
        place = self.desk.town.place(rise.place)
        lon, lat = place.lonlat
        if alert.lat is None or alert.lon is None:
            return alert.area_id == self.desk.places.areas[place.quarter]
        return metres_between(alert.lat, alert.lon, lat, lon) <= NEAR_M

    def _later(self, do: object) -> None:
        self.desk.later(dt.timedelta(hours=6), do, at_hour=9)  # type: ignore[arg-type]

    def _dismiss(self, alert: Alert, reason: Dismissal, words: str) -> None:
        actions.dismiss(by=self._by, alert=alert, reason=reason, words=words)

    def _keep_an_eye(self, alert: Alert) -> None:
        until = self.desk.now.date() + dt.timedelta(days=10)
        words = "Da quando hanno spostato i cassonetti. Si riguarda dopo il giro dell'azienda dei rifiuti."
        actions.watch(by=self._by, alert=alert, until=until, words=words)


def nights() -> list[int]:
    """How many days ago the town was looked at, the latest last."""
    days = set(range(EVERY_NIGHT_FOR)) | set(range(0, SINCE_DAYS + 1, APART_DAYS))
    for rise in RISES:
        days |= set(range(max(rise.to_days - AFTER_A_RISE, 0), rise.to_days + 2))
    return sorted(days, reverse=True)


def follow(*, by: Actor, case: Case, words: str) -> Alert | None:
    """Let a case follow the alert that rose where it is; None where nothing was found."""
    near = [
        alert
        for alert in queries.alerts(by).filter(state=AlertState.NEW)
        if None not in (alert.lat, alert.lon, case.lat, case.lon)
        and metres_between(alert.lat, alert.lon, case.lat, case.lon) <= NEAR_M  # type: ignore[arg-type]
    ]
    return actions.link_case(by=by, alert=near[0], case=case, words=words) if near else None
