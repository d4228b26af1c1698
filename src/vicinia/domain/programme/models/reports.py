"""Reports to the funder: what is written while they are prepared, and the editions that were frozen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.programme.models.programme import Programme
from vicinia.domain.programme.models.sheets import ActionSheet
from vicinia.domain.programme.states import OPEN_REPORTS, REPORT_MOVES, SENT_REPORTS, FileKind, ReportState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class FunderReportRows(Rows):
    def visible_to(self, by: Actor) -> FunderReportRows:
        return self if by.can(Capability.SEE_PROGRAMME) else self.none()

    def open(self) -> FunderReportRows:
        """Those that wait for one of us."""
        return self.filter(state__in=OPEN_REPORTS)

    def newest_first(self) -> FunderReportRows:
        return self.order_by("-to_day", "-id")


class FunderReport(Versioned, Staged):
    """What the funder is told of a period. Its figures are computed until they are frozen."""

    moves = REPORT_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="reports")
    from_day = models.DateField(_("dal"))
    to_day = models.DateField(_("al"))
    text_digest = models.CharField(_("testo"), max_length=64)
    words = models.TextField(_("presentazione"), blank=True)
    due_on = models.DateField(_("da inviare entro"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    checked_by = models.CharField(max_length=120, blank=True)
    check_note = models.TextField(_("che cosa manca e perché"), blank=True)
    protocol = models.CharField(_("numero di protocollo"), max_length=60, blank=True)
    sent_on = models.DateField(_("inviato il"), null=True, blank=True)
    approved_on = models.DateField(_("approvato il"), null=True, blank=True)
    by_name = models.CharField(max_length=120)

    objects = FunderReportRows.as_manager()

    class Meta:
        ordering = ("-to_day", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_day__lte=F("to_day")), name="report_period_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=SENT_REPORTS) | (Q(sent_on__isnull=False) & ~Q(protocol="")),
                name="sent_report_has_a_protocol",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.APPROVED) | Q(approved_on__isnull=False),
                name="approved_report_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | ~Q(checked_by=""), name="checked_report_says_by_whom"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.programme.title}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REPORTS


class ReportMove(Move):
    row = models.ForeignKey(FunderReport, on_delete=models.CASCADE, related_name="state_moves")


FunderReport.move_model = ReportMove


class SheetNote(Versioned):
    """What is said of one sheet in one report."""

    report = models.ForeignKey(FunderReport, on_delete=models.CASCADE, related_name="notes")
    sheet = models.ForeignKey(ActionSheet, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(_("che cosa si è fatto nel periodo"))

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["report", "sheet"], name="one_note_of_a_sheet")]


class FunderQuery(Versioned):
    """What the funder asks about a report that was sent, and what was answered."""

    report = models.ForeignKey(FunderReport, on_delete=models.CASCADE, related_name="queries")
    asked_on = models.DateField(_("chiesto il"))
    words = models.TextField(_("che cosa chiedono"))
    answer = models.TextField(_("risposta"), blank=True)
    answered_on = models.DateField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "funder queries"
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | (~Q(answer="") & Q(answered_on__isnull=False)),
                name="answered_query_says_when",
            )
        ]


class Edition(Dated):
    """A report as it was frozen: all of its words and figures, with the records behind each. Never changed."""

    report = models.ForeignKey(FunderReport, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    text_digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    by_name = models.CharField(max_length=120)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-number", "-id")
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="edition_number_once")]


class EditionFile(models.Model):
    """One form in which an edition was given out, as it was made on that day. Never changed."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="files")
    kind = models.CharField(max_length=4, choices=FileKind.choices)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["edition", "kind"], name="one_file_of_a_kind")]
