"""What early warning looks at and finds: groups of kinds, runs with their frozen counts, alerts. No person is in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.foresight.states import (
    ALERT_MOVES,
    OPEN_RUNS,
    RUN_MOVES,
    AlertState,
    Dismissal,
    Method,
    RunKind,
    RunState,
)
from vicinia.domain.listening.models import Category
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class KindGroup(Versioned):
    """Kinds of problem that are watched together."""

    name = models.CharField(_("nome"), max_length=120, unique=True)
    name_en = models.CharField(_("nome inglese"), max_length=120, blank=True)
    position = models.PositiveIntegerField(_("ordine"), default=0)
    is_active = models.BooleanField(_("in uso"), default=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("position", "name", "id")

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the language of who reads."""
        return self.name_en if self.name_en and get_language() == "en" else self.name


class GroupKind(models.Model):
    """A kind in a group; in one only, so that a report counts once."""

    group = models.ForeignKey(KindGroup, on_delete=models.CASCADE, related_name="kinds")
    category = models.OneToOneField(Category, on_delete=models.CASCADE, related_name="+")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("group", "category")


class WatchSettings(Versioned):
    """How the town is watched: one row.

    `budget` is how many useless alerts a year the coordinator accepts; it decides from when a rise is shown.
    """

    budget = models.PositiveSmallIntegerField(_("allerte inutili all'anno, al massimo"), default=6)
    longest_days = models.PositiveSmallIntegerField(_("giorni della finestra più lunga"), default=7)
    radius_m = models.PositiveSmallIntegerField(_("raggio più largo, in metri"), default=750)
    history_days = models.PositiveSmallIntegerField(_("giorni di storia"), default=365)
    grid_m = models.PositiveSmallIntegerField(_("lato delle celle, in metri"), default=100)

    ONLY = 1

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="watch_settings_are_one_row"),
            models.CheckConstraint(
                condition=Q(history_days__gte=4 * F("longest_days")), name="watch_settings_enough_history"
            ),
            models.CheckConstraint(
                condition=Q(budget__gte=1, longest_days__gte=1, grid_m__gte=20, radius_m__gte=F("grid_m")),
                name="watch_settings_make_sense",
            ),
        ]


class RunRows(Rows):
    def open(self) -> RunRows:
        return self.filter(state__in=OPEN_RUNS)

    def done(self) -> RunRows:
        return self.filter(state=RunState.DONE)


class Run(Staged, Dated):
    """One look at the whole town up to `last_day`, with everything it takes to do it again."""

    moves = RUN_MOVES
    state_field = "state"

    kind = models.CharField(max_length=8, choices=RunKind.choices)
    last_day = models.DateField(_("fino al"))
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.QUEUED)
    # 1 while it is open, so that the database itself refuses a second one.
    slot = models.PositiveSmallIntegerField(null=True, default=1, unique=True)
    asked_by = models.CharField(max_length=120)
    settings = models.JSONField(default=dict)
    seed = models.PositiveIntegerField()
    engine = models.CharField(max_length=60, blank=True)
    tests = models.PositiveIntegerField(default=0)
    threshold_days = models.FloatField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    leased_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = RunRows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["last_day"], condition=Q(kind=RunKind.NIGHT), name="one_run_of_each_night"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(OPEN_RUNS), slot=1)
                | (~Q(state__in=sorted(OPEN_RUNS)) & Q(slot__isnull=True)),
                name="run_holds_the_slot_while_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.last_day}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_RUNS

    @property
    def is_dead(self) -> bool:
        """Whether who carried it out has stopped answering."""
        return bool(self.state == RunState.RUNNING and self.leased_until and self.leased_until < clock.now())

    @property
    def takes_in_today(self) -> bool:
        """Whether its last day was not over yet."""
        return self.kind == RunKind.NOW

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


class RunMove(Move):
    row = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="state_moves")


Run.move_model = RunMove


class FrozenCounts(models.Model):
    """Counts by place and day as a run read them: kept once, however many runs read the same.

    `content` is compressed JSON (see `counts.py`); `fingerprint` the SHA-256 of that JSON before it was compressed.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    content = models.BinaryField()
    cases = models.PositiveIntegerField()
    places = models.PositiveIntegerField()

    class Meta:
        ordering = ("id",)


class RunInput(models.Model):
    """What a run read of a group, and what came of it: how many signals before any threshold, and where reports repeat.

    `repeats` is empty where there are too few reports; see `counts.Repeats`.
    """

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="inputs")
    group = models.ForeignKey(KindGroup, on_delete=models.PROTECT, related_name="+")
    counts = models.ForeignKey(FrozenCounts, on_delete=models.PROTECT, related_name="+")
    signals = models.PositiveSmallIntegerField(default=0)
    repeats = models.JSONField(default=dict)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("run", "group")
        constraints = [models.UniqueConstraint(fields=["run", "group"], name="one_input_of_each_group")]


@dataclass(frozen=True, slots=True)
class CurveDay:
    """A day of an alert's curve: what was observed, expected, and usual at most."""

    day: dt.date
    observed: int
    expected: float
    usual: int


class AlertRows(Rows):
    def visible_to(self, by: Actor) -> AlertRows:
        """Alerts whose centre is in own areas, or in no area; all of them for who sees the whole town."""
        if not by.can(Capability.SEE_ALERTS):
            return self.none()
        if by.everywhere:
            return self
        return self.filter(Q(area_id__in=by.area_ids) | Q(area_id__isnull=True))

    def in_lines(self) -> AlertRows:
        """With what a line of a list shows of group and area."""
        return self.joining(area=("code", "name"), group=("name", "name_en")).defer("cells", "curve")

    def new(self) -> AlertRows:
        return self.filter(state=AlertState.NEW)

    def newest_first(self) -> AlertRows:
        return self.order_by("-found_on", "-recurrence_days", "-id")


class Alert(Staged, Dated):
    """A rise that chance explains badly, as it was found. Only the verdict on it changes: a trigger keeps the rest.

    `cells` are the grid cells of the zone, none if the whole area rises. `curve` has for each of the last days
    [day, observed, expected, upper limit of what is usual]. `intensity` is how much is reported here of any kind for each
    civic number, against the whole town; None where there are no civic numbers.
    """

    moves = ALERT_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    group = models.ForeignKey(KindGroup, on_delete=models.PROTECT, related_name="+", verbose_name=_("tipi"))
    method = models.CharField(max_length=16, choices=Method.choices)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="alerts")
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    found_on = models.DateField(_("trovata il"))
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    radius_m = models.PositiveIntegerField(default=0)
    cells = models.JSONField(default=list)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    place_name = models.CharField(_("luogo"), max_length=200, blank=True)
    first_day = models.DateField(_("dal"))
    last_day = models.DateField(_("al"))
    observed = models.PositiveIntegerField()
    expected = models.FloatField()
    statistic = models.FloatField()
    p_value = models.FloatField()
    recurrence_days = models.FloatField()
    curve = models.JSONField(default=list)
    intensity = models.FloatField(null=True)

    state = models.CharField(max_length=12, choices=AlertState.choices, default=AlertState.NEW)
    dismissed_as = models.CharField(max_length=12, choices=Dismissal.choices, blank=True)
    watched_until = models.DateField(_("da tenere d'occhio fino al"), null=True, blank=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="alerts")

    objects = AlertRows.as_manager()

    class Meta:
        ordering = ("-found_on", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AlertState.DISMISSED) | ~Q(dismissed_as=""),
                name="dismissed_alert_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=AlertState.ACTED) | Q(case__isnull=False), name="acted_alert_has_a_case"
            ),
            models.CheckConstraint(
                condition=~Q(state=AlertState.WATCHED) | Q(watched_until__isnull=False),
                name="watched_alert_says_until_when",
            ),
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")), name="alert_ends_after_it_began"
            ),
            models.CheckConstraint(
                condition=Q(method=Method.TREND) | Q(lat__isnull=False, lon__isnull=False),
                name="alert_of_a_scan_has_a_centre",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-found_on", "-id"], name="alert_state"),
            models.Index(fields=["area", "-found_on", "-id"], name="alert_area"),
            models.Index(fields=["group", "-last_day"], name="alert_group"),
        ]

    # What a verdict changes; everything else is as it was found.
    CHANGING = ("state", "dismissed_as", "watched_until", "case_id", "area_id", "updated_at")

    def __str__(self) -> str:
        return f"{self.reference} {self.place_name}"

    @property
    def days(self) -> int:
        return (self.last_day - self.first_day).days + 1

    @property
    def has_zone(self) -> bool:
        """Whether it is of a spot; otherwise of a whole area."""
        return self.lat is not None

    @property
    def curve_days(self) -> list[CurveDay]:
        """The curve, day by day."""
        return [CurveDay(dt.date.fromisoformat(day), *rest) for day, *rest in self.curve]


class AlertMove(Move):
    row = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="state_moves")

    @property
    def label(self) -> str:
        """What was decided, in words."""
        return str(AlertState(self.to_state).label).capitalize()


Alert.move_model = AlertMove


class AlertSighting(models.Model):
    """The same rise seen again by a later run. `new_reports` came after what was known until then."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="sightings")
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="sightings")
    seen_on = models.DateField()
    first_day = models.DateField()
    last_day = models.DateField()
    observed = models.PositiveIntegerField()
    expected = models.FloatField()
    recurrence_days = models.FloatField()
    cells = models.JSONField(default=list)
    new_reports = models.PositiveIntegerField(default=0)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("alert", "run")
        constraints = [models.UniqueConstraint(fields=["alert", "run"], name="alert_seen_once_a_run")]


class Recomputation(Dated):
    """An alert computed again from the counts that its run kept: whether the same comes out, to the last digit."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="recomputations")
    asked_by = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True)
    is_same = models.BooleanField(null=True)
    engine = models.CharField(max_length=60, blank=True)
    observed = models.PositiveIntegerField(null=True)
    expected = models.FloatField(null=True)
    recurrence_days = models.FloatField(null=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["alert"],
                condition=Q(ended_at__isnull=True),
                name="alert_computed_again_once_at_a_time",
            )
        ]
