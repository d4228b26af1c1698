"""The minutes of an assembly: every version, and the corrections that were asked for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.assemblies.models.assemblies import Assembly
from vicinia.domain.assemblies.states import (
    AMENDMENT_MOVES,
    MINUTES_MOVES,
    AmendmentState,
    MinutesStage,
)
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class Minutes(Versioned, Staged):
    """The minutes of an assembly in four steps. The text is that of the newest version."""

    moves = MINUTES_MOVES
    state_field = "stage"

    assembly = models.OneToOneField(Assembly, on_delete=models.PROTECT, related_name="minutes")
    stage = models.CharField(max_length=10, choices=MinutesStage.choices, default=MinutesStage.SHARED)
    amendments_until = models.DateField(_("correzioni fino al"), null=True, blank=True)
    validated_at = models.DateTimeField(null=True, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    text_digest = models.CharField(max_length=64, blank=True, default="")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage=MinutesStage.AMENDING) | Q(amendments_until__isnull=False),
                name="open_amendments_have_a_term",
            ),
            models.CheckConstraint(
                condition=(Q(stage=MinutesStage.VALIDATED, validated_at__isnull=False) & ~Q(fingerprint=""))
                | (~Q(stage=MinutesStage.VALIDATED) & Q(validated_at__isnull=True, fingerprint="")),
                name="validated_minutes_say_when",
            ),
        ]

    @property
    def is_validated(self) -> bool:
        return self.stage == MinutesStage.VALIDATED


class MinutesMove(Move):
    row = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="stage_moves")


Minutes.move_model = MinutesMove


class MinutesVersion(models.Model):
    """The minutes as somebody left them. Never changed."""

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=10, choices=MinutesStage.choices)
    text = EncryptedTextField()
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-number", "-id")
        constraints = [
            models.UniqueConstraint(fields=["minutes", "number"], name="minutes_version_number_once")
        ]


class Amendment(Dated, Staged):
    """A correction that somebody asks for while amendments are open, and what was answered."""

    moves = AMENDMENT_MOVES
    state_field = "state"

    minutes = models.ForeignKey(Minutes, on_delete=models.CASCADE, related_name="amendments")
    who = EncryptedTextField(_("chi la chiede"), blank=True)
    words = EncryptedTextField(_("che cosa va corretto"))
    state = models.CharField(max_length=8, choices=AmendmentState.choices, default=AmendmentState.PROPOSED)
    answer = EncryptedTextField(blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    by_ref = models.CharField(max_length=60)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=AmendmentState.REJECTED) | ~Q(answer=""),
                name="rejected_amendment_says_why",
            )
        ]


class AmendmentMove(Move):
    row = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="state_moves")


Amendment.move_model = AmendmentMove
