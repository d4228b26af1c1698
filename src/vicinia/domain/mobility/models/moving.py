"""What becomes of a plan for one household: offers, the accord to sign, the move with its steps, the expenses."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.mobility.models.files import RehousingFile, RehousingRows
from vicinia.domain.mobility.models.plans import MobilityPlan
from vicinia.domain.mobility.states import (
    ACCORD_MOVES,
    EXPENSE_MOVES,
    OFFER_MOVES,
    OPEN_OFFERS,
    REMOVAL_MOVES,
    AccordState,
    ExpenseKind,
    ExpenseState,
    MessageKind,
    OfferKind,
    OfferState,
    RefusalReason,
    RelocationStep,
    RemovalState,
)
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class OfFileRows(Rows):
    """Rows of a file: for who accompanies the household."""

    def visible_to(self, by: Actor) -> Self:
        files: RehousingRows = RehousingFile.objects.all()
        return self.filter(file__in=files.accompanied_by(by).order_by().values("pk"))


class OfferRows(OfFileRows):
    def open(self) -> OfferRows:
        return self.filter(state__in=OPEN_OFFERS)

    def overdue(self) -> OfferRows:
        """Sent, and the day to answer is past."""
        return self.filter(state=OfferState.SENT, due_on__lt=clock.today())

    def newest_first(self) -> OfferRows:
        return self.order_by("-id")


class Offer(Versioned, Staged):
    """A dwelling offered to a household, with what it was when it was offered. `snapshot` never changes once it is sent."""

    moves = OFFER_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    file = models.ForeignKey(RehousingFile, on_delete=models.PROTECT, related_name="offers")
    plan = models.ForeignKey(
        MobilityPlan, null=True, blank=True, on_delete=models.PROTECT, related_name="offers"
    )
    dwelling = models.ForeignKey(
        Dwelling, on_delete=models.PROTECT, related_name="+", verbose_name=_("alloggio")
    )
    kind = models.CharField(_("per quanto"), max_length=10, choices=OfferKind.choices)
    from_month = models.DateField(_("da"))
    to_month = models.DateField(_("fino a"), null=True, blank=True)
    words = EncryptedTextField(_("che cosa diciamo alla famiglia"), blank=True)
    due_on = models.DateField(_("risposta entro"), null=True, blank=True)
    sent_on = models.DateField(null=True, blank=True)
    snapshot = EncryptedTextField(blank=True)
    snapshot_sha256 = models.CharField(max_length=64, blank=True)
    answered_on = models.DateField(_("risposta del"), null=True, blank=True)
    witness = EncryptedTextField(_("chi c'era quando ha risposto"), blank=True)
    refusal_reason = models.CharField(
        _("perché no"), max_length=12, choices=RefusalReason.choices, blank=True
    )
    refusal_words = EncryptedTextField(_("con parole sue"), blank=True)
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    once = models.CharField(max_length=64, unique=True)

    objects = OfferRows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["file"], condition=Q(state__in=OPEN_OFFERS), name="one_open_offer_of_a_file"
            ),
            models.CheckConstraint(
                condition=~Q(state=OfferState.REFUSED) | ~Q(refusal_reason=""), name="refused_offer_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(OfferState.DRAFT, OfferState.WITHDRAWN))
                | Q(due_on__isnull=False, sent_on__isnull=False) & ~Q(snapshot_sha256=""),
                name="sent_offer_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_OFFERS

    @property
    def is_late(self) -> bool:
        return self.state == OfferState.SENT and self.due_on is not None and self.due_on < clock.today()


class OfferMove(Move):
    row = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="state_moves")


Offer.move_model = OfferMove


class Accord(Versioned, Staged):
    """What the household and the manager sign before the move. `scan` is the signed paper."""

    moves = ACCORD_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    file = models.ForeignKey(RehousingFile, on_delete=models.PROTECT, related_name="accords")
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="accord")
    promises = EncryptedTextField(_("che cosa si è concordato"), blank=True)
    signed_on = models.DateField(_("firmato il"), null=True, blank=True)
    signed_by = EncryptedTextField(_("chi ha firmato"), blank=True)
    scan = models.ForeignKey(Attachment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    end_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=AccordState.choices, default=AccordState.PREPARED)
    state_since = models.DateTimeField(default=clock.now)

    objects = OfFileRows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AccordState.SIGNED) | Q(signed_on__isnull=False),
                name="signed_accord_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=AccordState.CANCELLED) | ~Q(end_reason=""),
                name="cancelled_accord_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class AccordMove(Move):
    row = models.ForeignKey(Accord, on_delete=models.CASCADE, related_name="state_moves")


Accord.move_model = AccordMove


class RemovalRows(OfFileRows):
    def to_come(self) -> RemovalRows:
        return self.filter(state__in=(RemovalState.PLANNED, RemovalState.SCHEDULED))

    def soonest_first(self) -> RemovalRows:
        return self.order_by(models.F("day").asc(nulls_last=True), "id")


class Removal(Versioned, Staged):
    """A household moves from one dwelling to another on a day."""

    moves = REMOVAL_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    file = models.ForeignKey(RehousingFile, on_delete=models.PROTECT, related_name="removals")
    accord = models.OneToOneField(Accord, on_delete=models.PROTECT, related_name="removal")
    from_dwelling = models.ForeignKey(
        Dwelling, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    to_dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("giorno del trasloco"), null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=RemovalState.choices, default=RemovalState.PLANNED)
    state_since = models.DateTimeField(default=clock.now)

    objects = RemovalRows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=RemovalState.SCHEDULED) | Q(day__isnull=False),
                name="scheduled_removal_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=RemovalState.CANCELLED) | ~Q(end_reason=""),
                name="cancelled_removal_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_to_come(self) -> bool:
        return self.state in (RemovalState.PLANNED, RemovalState.SCHEDULED)


class RemovalMove(Move):
    row = models.ForeignKey(Removal, on_delete=models.CASCADE, related_name="state_moves")


Removal.move_model = RemovalMove


class RemovalStep(Versioned):
    """One thing to be done for a move: needed or not, by when, by whom, done on."""

    removal = models.ForeignKey(Removal, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=RelocationStep.choices)
    is_needed = models.BooleanField(default=True)
    due_on = models.DateField(_("entro"), null=True, blank=True)
    note = EncryptedTextField(_("nota"), blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.CharField(max_length=120, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("removal", "id")
        constraints = [models.UniqueConstraint(fields=["removal", "kind"], name="step_of_removal_once")]

    @property
    def is_late(self) -> bool:
        """It is needed, it is not done, and its day is past."""
        waits = self.is_needed and self.done_on is None
        return waits and self.due_on is not None and self.due_on < clock.today()


class ExpenseRows(OfFileRows):
    def late(self) -> ExpenseRows:
        """Approved, and the day to pay is past."""
        return self.filter(state=ExpenseState.APPROVED, pay_by__lt=clock.today())

    def newest_first(self) -> ExpenseRows:
        return self.order_by("-id")


class Expense(Versioned, Staged):
    """What a household has spent for the move. From the approval on there are so many days to pay it (`pay_by`)."""

    moves = EXPENSE_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    file = models.ForeignKey(RehousingFile, on_delete=models.PROTECT, related_name="expenses")
    removal = models.ForeignKey(
        Removal, null=True, blank=True, on_delete=models.PROTECT, related_name="expenses"
    )
    kind = models.CharField(_("per che cosa"), max_length=12, choices=ExpenseKind.choices)
    amount = models.DecimalField(_("importo in euro"), max_digits=9, decimal_places=2)
    spent_on = models.DateField(_("speso il"))
    words = EncryptedTextField(_("nota"), blank=True)
    receipt = models.ForeignKey(
        Attachment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_on = models.DateField(default=clock.today)
    approved_on = models.DateField(null=True, blank=True)
    pay_by = models.DateField(null=True, blank=True)
    paid_on = models.DateField(_("pagata il"), null=True, blank=True)
    refusal = models.CharField(_("perché no"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=ExpenseState.choices, default=ExpenseState.CLAIMED)
    state_since = models.DateTimeField(default=clock.now)
    once = models.CharField(max_length=64, unique=True)

    objects = ExpenseRows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="expense_is_something"),
            models.CheckConstraint(
                condition=~Q(state=ExpenseState.REFUSED) | ~Q(refusal=""), name="refused_expense_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(ExpenseState.APPROVED, ExpenseState.PAID)) | Q(pay_by__isnull=False),
                name="approved_expense_has_a_clock",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def days_to_pay(self) -> int | None:
        """How many days are left to pay it; less than nothing if it is late."""
        if self.state != ExpenseState.APPROVED or self.pay_by is None:
            return None
        return (self.pay_by - clock.today()).days

    @property
    def is_late(self) -> bool:
        left = self.days_to_pay
        return left is not None and left < 0

    def pay_by_for(self, approved: dt.date) -> dt.date:
        """Until when it is to be paid, if it is approved on a day."""
        return approved + dt.timedelta(days=self.file.relocation.payment_days)


class ExpenseMove(Move):
    row = models.ForeignKey(Expense, on_delete=models.CASCADE, related_name="state_moves")


Expense.move_model = ExpenseMove


class FamilyMessageRows(OfFileRows):
    def unread(self) -> FamilyMessageRows:
        return self.filter(read_at__isnull=True)

    def newest_first(self) -> FamilyMessageRows:
        return self.order_by("-id")


class FamilyMessage(Dated):
    """What a household writes from its private page to who accompanies it."""

    file = models.ForeignKey(RehousingFile, on_delete=models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    words = EncryptedTextField(_("che cosa vuoi dirci"))
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=120, blank=True)
    once = models.CharField(max_length=64, unique=True)

    objects = FamilyMessageRows.as_manager()

    class Meta:
        ordering = ("-id",)
