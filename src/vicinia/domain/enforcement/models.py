"""Kinds of acts, and the acts that were issued."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.enforcement.states import ACT_MOVES, ActState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class ActKind(Versioned):
    """A kind of act: its law, the amounts in euro that it may have, and the hours it lasts. Reference data of the town."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("nome"), max_length=120)
    name_en = models.CharField(_("nome in inglese"), max_length=120, blank=True)
    law = models.CharField(_("norma"), max_length=200, blank=True)
    least = models.DecimalField(
        _("importo minimo, in euro"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    most = models.DecimalField(
        _("importo massimo, in euro"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    lasts_hours = models.PositiveIntegerField(_("ore per cui vale"), null=True, blank=True)
    is_active = models.BooleanField(_("in uso"), default=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(least__isnull=True) | Q(most__isnull=True) | Q(least__lte=F("most")),
                name="act_kind_amounts_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and get_language() == "en" else self.name


class ActRows(Rows):
    def visible_to(self, by: Actor, among: models.QuerySet[Case]) -> ActRows:
        """Acts of the cases in `among`, which `by` may see, for who may see police cases; nothing for anybody else."""
        return self.filter(case__in=among) if by.can(Capability.SEE_POLICE_CASES) else self.none()

    def in_lines(self) -> ActRows:
        return self.select_related("kind", "case")

    def newest_first(self) -> ActRows:
        return self.order_by("-issued_on", "-id")


class AdministrativeAct(Versioned, Staged):
    """An act that was issued about a case. Whom it was served on stays in the protocol under its number."""

    moves = ACT_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="acts")
    kind = models.ForeignKey(
        ActKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("tipo di atto")
    )
    number = models.CharField(_("numero di protocollo"), max_length=40)
    issued_on = models.DateField(_("emesso il"))
    ends_at = models.DateTimeField(null=True, blank=True)
    amount = models.DecimalField(_("importo, in euro"), max_digits=8, decimal_places=2, null=True, blank=True)
    note = EncryptedTextField(_("note"), blank=True)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=ActState.choices, default=ActState.ISSUED)

    objects = ActRows.as_manager()

    class Meta:
        ordering = ("-issued_on", "-id")
        constraints = [models.UniqueConstraint(fields=["kind", "number"], name="act_number_once")]
        indexes = [models.Index(fields=["issued_on", "id"], name="act_issued")]

    def __str__(self) -> str:
        return f"{self.reference} {self.kind}"


class ActMove(Move):
    row = models.ForeignKey(AdministrativeAct, on_delete=models.CASCADE, related_name="state_moves")


AdministrativeAct.move_model = ActMove
