"""Action sheets: what they promise, what was done, what it cost, and how it is measured."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.programme.models.programme import Axis, Programme
from vicinia.domain.programme.states import SHEET_MOVES, ActivityKind, Measure, Scope, SheetState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged

# The headings of a sheet, in the order in which it is written, read and printed.
HEADINGS = (
    "aims",
    "features",
    "organisation",
    "timetable",
    "progress",
    "target",
    "actors",
    "economic_resources",
    "human_resources",
    "evaluation",
    "formalisation",
)


class SheetRows(Rows):
    def visible_to(self, by: Actor) -> SheetRows:
        return self if by.can(Capability.SEE_PROGRAMME) else self.none()

    def in_order(self) -> SheetRows:
        return self.order_by("axis__position", "position", "id")


class ActionSheet(Versioned, Staged):
    """One action of the programme, with the headings of the regional sheet."""

    moves = SHEET_MOVES
    state_field = "state"

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sheets")
    axis = models.ForeignKey(Axis, on_delete=models.PROTECT, related_name="sheets", verbose_name=_("asse"))
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("titolo"), max_length=140)
    from_day = models.DateField(_("dal"))
    to_day = models.DateField(_("al"))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("chi la segue"),
    )
    aims = models.TextField(_("finalità e obiettivi"), blank=True)
    features = models.TextField(_("caratteristiche"), blank=True)
    organisation = models.TextField(_("organizzazione"), blank=True)
    timetable = models.TextField(_("cronoprogramma"), blank=True)
    progress = models.TextField(_("stato di attuazione"), blank=True)
    target = models.TextField(_("a chi si rivolge"), blank=True)
    actors = models.TextField(_("soggetti coinvolti"), blank=True)
    economic_resources = models.TextField(_("risorse economiche"), blank=True)
    human_resources = models.TextField(_("risorse umane e strumentali"), blank=True)
    evaluation = models.TextField(_("valutazione"), blank=True)
    formalisation = models.TextField(_("formalizzazione"), blank=True)
    state = models.CharField(max_length=10, choices=SheetState.choices, default=SheetState.PLANNED)
    state_since = models.DateTimeField(default=clock.now)

    objects = SheetRows.as_manager()

    class Meta:
        ordering = ("axis__position", "position", "id")
        constraints = [
            models.CheckConstraint(condition=Q(from_day__lte=F("to_day")), name="sheet_ends_after_it_begins"),
            models.UniqueConstraint(fields=["axis", "position"], name="sheet_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """As it is called in the contract: "2.1"."""
        return f"{self.axis.position}.{self.position}"


class ActionSheetMove(Move):
    row = models.ForeignKey(ActionSheet, on_delete=models.CASCADE, related_name="state_moves")


ActionSheet.move_model = ActionSheetMove


class MilestoneRows(Rows):
    def open(self) -> MilestoneRows:
        return self.filter(done_on__isnull=True)

    def late(self, today: dt.date) -> MilestoneRows:
        return self.open().filter(expected_on__lt=today)

    def soonest_first(self) -> MilestoneRows:
        return self.order_by("expected_on", "id")


class Milestone(Versioned):
    """Something that is to be reached by a day: as promised, as expected now, as it was."""

    sheet = models.ForeignKey(ActionSheet, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("tappa"), max_length=160)
    planned_on = models.DateField(_("prevista il"))
    expected_on = models.DateField(_("attesa il"))
    done_on = models.DateField(_("raggiunta il"), null=True, blank=True)

    objects = MilestoneRows.as_manager()

    class Meta:
        ordering = ("expected_on", "id")
        indexes = [models.Index(fields=["done_on", "expected_on", "id"], name="programme_milestone_due")]

    def __str__(self) -> str:
        return self.title

    @property
    def slip_days(self) -> int:
        """By how many days it is later than promised (or was); negative when earlier."""
        return ((self.done_on or self.expected_on) - self.planned_on).days

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.expected_on < clock.today()


class Slip(models.Model):
    """A milestone was moved, and why. Never changed."""

    milestone = models.ForeignKey(Milestone, on_delete=models.CASCADE, related_name="slips")
    from_day = models.DateField()
    to_day = models.DateField()
    reason = models.TextField(_("perché"))
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="milestone_slip_says_why")]


class ActivityRows(Rows):
    def visible_to(self, by: Actor) -> ActivityRows:
        return self if by.can(Capability.SEE_PROGRAMME) else self.none()

    def live(self) -> ActivityRows:
        """Those that count."""
        return self.filter(void_reason="")

    def between(self, since: dt.date, until: dt.date) -> ActivityRows:
        return self.filter(day__gte=since, day__lte=until)

    def newest_first(self) -> ActivityRows:
        return self.order_by("-day", "-id")


class Activity(Versioned):
    """Something that was done for a sheet: day, hours, kind, how many people were counted. What is crossed out no longer counts.

    `cases` is how many cases were followed, never which.
    """

    sheet = models.ForeignKey(
        ActionSheet, on_delete=models.PROTECT, related_name="activities", verbose_name=_("scheda")
    )
    day = models.DateField(_("giorno"))
    hours = models.DecimalField(
        _("ore"), max_digits=5, decimal_places=2, default=Decimal(1), validators=[MinValueValidator(0)]
    )
    kind = models.CharField(_("tipo"), max_length=14, choices=ActivityKind.choices)
    what = models.CharField(_("che cosa"), max_length=160)
    people = models.PositiveIntegerField(_("persone contate"), default=0)
    cases = models.PositiveIntegerField(_("casi seguiti"), default=0)
    deliverables = models.TextField(_("prodotti"), blank=True)
    once = models.CharField(max_length=64, unique=True)
    void_reason = models.CharField(max_length=300, blank=True)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)

    objects = ActivityRows.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        verbose_name_plural = "activities"
        indexes = [models.Index(fields=["sheet", "day", "id"], name="activity_of_sheet")]
        constraints = [models.CheckConstraint(condition=Q(hours__gte=0), name="activity_hours_not_negative")]

    def __str__(self) -> str:
        return self.what


class ActivityLink(Dated):
    """A record of another subject that an activity names: what it is in the registry, and its number there."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="links")
    source = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["activity", "source", "record_id"], name="record_linked_once")
        ]


class BudgetLine(Versioned):
    """Money of a sheet: for what, from whom, how much."""

    sheet = models.ForeignKey(ActionSheet, on_delete=models.CASCADE, related_name="budget_lines")
    title = models.CharField(_("voce"), max_length=160)
    source = models.CharField(_("chi paga"), max_length=160)
    amount = models.DecimalField(_("importo"), max_digits=12, decimal_places=2)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.CheckConstraint(condition=Q(amount__gte=0), name="budget_not_negative")]

    def __str__(self) -> str:
        return self.title


class CostRows(Rows):
    def live(self) -> CostRows:
        return self.filter(void_reason="")

    def between(self, since: dt.date, until: dt.date) -> CostRows:
        return self.filter(day__gte=since, day__lte=until)


class Cost(Versioned):
    """Money that was spent, with its receipt as an attachment. What is crossed out no longer counts."""

    sheet = models.ForeignKey(ActionSheet, on_delete=models.PROTECT, related_name="costs")
    line = models.ForeignKey(
        BudgetLine, on_delete=models.PROTECT, related_name="costs", verbose_name=_("voce di spesa")
    )
    activity = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="costs",
        verbose_name=_("attività"),
    )
    day = models.DateField(_("giorno"))
    amount = models.DecimalField(_("importo"), max_digits=12, decimal_places=2)
    what = models.CharField(_("per che cosa"), max_length=160)
    supplier = models.CharField(_("a chi"), max_length=160, blank=True)
    document = models.CharField(_("fattura o ricevuta n."), max_length=80, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)

    objects = CostRows.as_manager()

    class Meta:
        ordering = ("-day", "-id")
        indexes = [models.Index(fields=["sheet", "day", "id"], name="cost_of_sheet")]
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="cost_is_positive")]

    def __str__(self) -> str:
        return self.what


class Indicator(Versioned):
    """A figure that says how a sheet is going: a source of the registry, filters, what to take, and what was promised."""

    sheet = models.ForeignKey(ActionSheet, on_delete=models.CASCADE, related_name="indicators")
    title = models.CharField(_("che cosa misura"), max_length=160)
    source = models.CharField(_("che cosa si conta"), max_length=60)
    kinds = models.JSONField(_("solo questi tipi"), default=list, blank=True)
    measure = models.CharField(
        _("che numero"), max_length=8, choices=Measure.choices, default=Measure.RECORDS
    )
    scope = models.CharField(_("da dove"), max_length=6, choices=Scope.choices, default=Scope.ALL)
    goal = models.PositiveIntegerField(_("obiettivo"), null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title
