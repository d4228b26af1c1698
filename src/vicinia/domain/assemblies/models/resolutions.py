"""What an assembly decided, and what came of it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.assemblies.models.assemblies import Assembly, Point
from vicinia.domain.assemblies.states import (
    OPEN_RESOLUTIONS,
    RESOLUTION_MOVES,
    MinutesStage,
    ResolutionState,
)
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class ResolutionRows(Rows):
    def visible_to(self, by: Actor) -> ResolutionRows:
        """For who sees assemblies; for everybody else on the staff, those that are theirs to carry out."""
        if by.can(Capability.SEE_PARTICIPATION):
            return self
        return self.of(by)

    def of(self, by: Actor) -> ResolutionRows:
        """Those that `by` carries out."""
        return self.filter(owner_user_id=by.user_id) if by.user_id else self.none()

    def open(self) -> ResolutionRows:
        return self.filter(state__in=OPEN_RESOLUTIONS)

    def overdue(self, today: dt.date) -> ResolutionRows:
        return self.open().filter(due_on__lt=today)

    def shown(self) -> ResolutionRows:
        """What everybody may read: decided in public, in approved minutes."""
        return self.filter(assembly__is_public=True, assembly__minutes__stage=MinutesStage.VALIDATED)

    def in_lines(self) -> ResolutionRows:
        return self.joining(owner_user=("name",), owner_body=("name",)).select_related("assembly")

    def soonest_first(self) -> ResolutionRows:
        return self.order_by("due_on", "id")


class Resolution(Versioned, Staged):
    """One decision: its words, who carries it out by when, how far it is. `votes_…` are None where nobody counted."""

    moves = RESOLUTION_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    assembly = models.ForeignKey(Assembly, on_delete=models.PROTECT, related_name="resolutions")
    point = models.ForeignKey(
        Point, null=True, blank=True, on_delete=models.PROTECT, related_name="resolutions"
    )
    words = EncryptedTextField(_("che cosa si è deciso"))
    votes_for = models.PositiveIntegerField(_("favorevoli"), null=True, blank=True)
    votes_against = models.PositiveIntegerField(_("contrari"), null=True, blank=True)
    votes_abstained = models.PositiveIntegerField(_("astenuti"), null=True, blank=True)
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_body = models.ForeignKey(
        PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    owner_words = EncryptedTextField(_("chi la attua, in parole"), blank=True)
    due_on = models.DateField(_("entro"))
    state = models.CharField(max_length=10, choices=ResolutionState.choices, default=ResolutionState.OPEN)
    state_since = models.DateTimeField(default=clock.now)

    objects = ResolutionRows.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["state", "due_on", "id"], name="resolution_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner_user__isnull=False, owner_body__isnull=True, owner_words="")
                | Q(owner_user__isnull=True, owner_body__isnull=False, owner_words="")
                | (Q(owner_user__isnull=True, owner_body__isnull=True) & ~Q(owner_words="")),
                name="resolution_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def who(self) -> str:
        """Who carries it out, by name."""
        owner: User | PartnerBody | None = self.owner_user or self.owner_body
        return owner.name if owner else self.owner_words

    @property
    def who_in_public(self) -> str:
        """The same where everybody reads: a body by its name, a colleague or a resident not."""
        return self.owner_body.name if self.owner_body else ""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_RESOLUTIONS

    @property
    def is_late(self) -> bool:
        return self.is_open and self.due_on < clock.today()

    @property
    def has_votes(self) -> bool:
        return self.votes_for is not None


class ResolutionMove(Move):
    row = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="state_moves")


Resolution.move_model = ResolutionMove


class FollowUp(models.Model):
    """What was said at one moment about how a decision is going."""

    resolution = models.ForeignKey(Resolution, on_delete=models.CASCADE, related_name="follow_ups")
    state = models.CharField(max_length=10, choices=ResolutionState.choices)
    due_on = models.DateField()
    note = EncryptedTextField(blank=True)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-id",)
