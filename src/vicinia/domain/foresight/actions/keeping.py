"""What a run keeps of its signals: new alerts, and those known already, seen again. Runs inside the act that ends the run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.conf import settings as installation
from django.urls import reverse
from django.utils import translation

from vicinia.domain.foresight import events, queries, rules, sentences
from vicinia.domain.foresight.counts import CURVE_DAYS, Counts
from vicinia.domain.foresight.engine import Looked, Signal
from vicinia.domain.foresight.models import Alert, AlertSighting, Run, RunInput
from vicinia.domain.foresight.states import AlertState, Method
from vicinia.domain.territory import queries as territory
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.notifications import actions as notifications
from vicinia_analytics.geometry import metres_between


class Keeping:
    """What one run keeps of its signals."""

    def __init__(self, by: Actor, run: Run, passes: Callable[[Signal], bool]) -> None:
        self.by, self.run, self.passes = by, run, passes
        self.new: list[Alert] = []
        self.seen_again = 0
        self._intensities: _Intensities | None = None

    def keep(self, row: RunInput, looked: Looked) -> None:
        """The signals of one group, the strongest first."""
        if not looked.signals:
            return
        counts = queries.counts_of(row.counts)
        known = queries.recent_alerts_of(row.group)
        seen: set[int] = set()
        explained: dict[int | None, float] = defaultdict(float)
        # Circles first: an area does not rise by itself if a circle in it does.
        for signal in sorted(looked.signals, key=lambda signal: signal.method == Method.TREND):
            zone = rules.Zone(frozenset(signal.cells), signal.area_id, signal.first_day, signal.last_day)
            same = next((one for one in known if rules.is_same(one.zone, zone)), None)
            more = _more(counts, zone, same) if same else signal.observed
            excess = signal.observed - signal.expected
            if same is None or (
                same.alert.state == AlertState.DISMISSED and rules.comes_back(same.observed, more)
            ):
                if not self.passes(signal) or (
                    signal.method == Method.TREND and rules.is_explained(excess, explained[signal.area_id])
                ):
                    continue
                alert = self._alert(row, signal, counts, same.alert if same else None)
                self.new.append(alert)
                explained[alert.area_id] += excess
                continue
            explained[same.alert.area_id] += excess
            if same.alert.state != AlertState.DISMISSED and signal.p_value <= rules.STILL_THERE:
                if same.alert.pk not in seen and same.alert.run_id != self.run.pk:
                    self._sighting(same.alert, signal, more)
                seen.add(same.alert.pk)

    def _alert(self, row: RunInput, signal: Signal, counts: Counts, follows: Alert | None) -> Alert:
        lat, lon = signal.centre or (None, None)
        area = territory.reference_area_at(*signal.centre) if signal.centre else None
        metres = signal.radius_m + counts.grid.metres / 2
        alert = Alert.objects.create(
            reference=next_reference("alert"),
            group=row.group,
            method=signal.method,
            run=self.run,
            follows=follows,
            found_on=clock.today(),
            lat=lat,
            lon=lon,
            radius_m=signal.radius_m,
            cells=sorted(signal.cells),
            area_id=area.pk if area else signal.area_id,
            place_name=territory.name_near(*signal.centre) if signal.centre else "",
            first_day=signal.first_day,
            last_day=signal.last_day,
            observed=signal.observed,
            expected=signal.expected,
            statistic=signal.statistic,
            p_value=signal.p_value,
            recurrence_days=signal.recurrence_days,
            curve=_curve(signal, counts),
            intensity=self._intensity(*signal.centre, metres) if signal.centre else None,
        )
        facts = {"group": row.group.name, "place": alert.place_name or (area.name if area else "")}
        journal.record(events.FOUND, by=self.by, about=alert, **facts)
        return alert

    def _intensity(self, lat: float, lon: float, metres: float) -> float | None:
        if self._intensities is None:
            self._intensities = _Intensities(self.run)
        return self._intensities.at(lat, lon, metres)

    def tell(self) -> None:
        """One e-mail of each new alert to each who follows its area."""
        for alert in self.new:
            _tell(self.by, alert)

    def _sighting(self, alert: Alert, signal: Signal, more: int) -> None:
        AlertSighting.objects.create(
            alert=alert,
            run=self.run,
            seen_on=clock.today(),
            first_day=signal.first_day,
            last_day=signal.last_day,
            observed=signal.observed,
            expected=signal.expected,
            recurrence_days=signal.recurrence_days,
            cells=sorted(signal.cells),
            new_reports=more,
        )
        self.seen_again += 1
        journal.record(events.SEEN_AGAIN, by=self.by, about=alert, observed=signal.observed, new=more)


def _curve(signal: Signal, counts: Counts) -> list[list[Any]]:
    """The last days of the zone; a whole area is compared with its own past, as it was found."""
    curve = counts.curve(signal.cells, days=CURVE_DAYS, area_id=signal.area_id)
    if not signal.usual:
        return curve
    own = curve[-len(signal.usual) :]
    return [[day, observed, *usual] for (day, observed, *_), usual in zip(own, signal.usual, strict=True)]


def _more(counts: Counts, zone: rules.Zone, known: queries.KnownAlert) -> int:
    """Reports in a zone that were not in the zone and days in which the alert was known."""
    whole = counts.inside(zone.cells, zone.first_day, zone.last_day, area_id=zone.area_id)
    first, last = max(zone.first_day, known.zone.first_day), min(zone.last_day, known.zone.last_day)
    common = zone.cells & known.zone.cells
    if first > last or (zone.cells and not common):
        return whole
    return whole - counts.inside(common, first, last, area_id=zone.area_id)


class _Intensities:
    """How much is reported of any kind, for each civic number, in a circle against the whole town."""

    FEWEST_NUMBERS = 5

    def __init__(self, run: Run) -> None:
        self.points = queries.read_register(run.last_day, run.settings["history_days"]).points()
        self.numbers = territory.numbers_in_all()

    def at(self, lat: float, lon: float, metres: float) -> float | None:
        """The ratio, None where too few numbers are around."""
        numbers = territory.numbers_around(lat, lon, metres)
        if numbers < self.FEWEST_NUMBERS or not self.points:
            return None
        inside = sum(metres_between(lat, lon, *point) <= metres for point in self.points)
        return round((inside / numbers) / (len(self.points) / self.numbers), 2)


# ---------------------------------------------------------------- telling


def _tell(by: Actor, alert: Alert) -> None:
    """One e-mail to each who follows the area, once for the alert: never again when it is seen again."""
    link = installation.PUBLIC_URL.rstrip("/") + reverse("alert", args=[alert.reference])
    for user in _who_follows(alert.area_id):
        with translation.override(user.language):
            context: dict[str, Any] = {
                "title": sentences.title(alert),
                "what": sentences.what_rose(alert),
                "chance": sentences.how_often(alert.recurrence_days),
                "link": link,
            }
        notifications.queue(
            by=by,
            to=user.email,
            template="alert_found",
            context=context,
            language=user.language,
            about=alert,
            key=f"alert:{alert.pk}:{user.pk}",
        )


def _who_follows(area_id: int | None) -> list[User]:
    """Who sees alerts and works in the area; who decides about them wherever nobody of these does."""
    users = list(accounts.users_who_can(Capability.SEE_ALERTS).prefetch_related("teams"))
    actors = {user.pk: user.as_actor() for user in users}
    near = [user for user in users if area_id in actors[user.pk].area_ids]
    decide = [user for user in users if actors[user.pk].can(Capability.DECIDE_ALERTS)]
    deciding_near = [user for user in near if user in decide]
    return near if deciding_near else near + [user for user in decide if user not in near]
