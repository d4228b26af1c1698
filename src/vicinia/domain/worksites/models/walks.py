"""A walk through the site: who came, what was seen, what is to be fixed by whom and by when."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.network.models import PartnerBody
from vicinia.domain.worksites.models.works import Lot
from vicinia.domain.worksites.states import WALK_MOVES, WalkState
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class WalkRows(Rows):
    def visible_to(self, by: Actor) -> WalkRows:
        return self if by.can(Capability.SEE_WORKSITES) else self.none()


class SiteWalk(Versioned, Staged):
    """A walk through a lot. Minutes and names are kept as what they are: notes about people."""

    moves = WALK_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="walks")
    day = models.DateField(_("giorno"))
    at_time = models.TimeField(_("ora"))
    meeting_point = models.CharField(_("dove ci si trova"), max_length=160)
    participants = EncryptedTextField(_("chi c'è"), blank=True)
    minutes = EncryptedTextField(_("verbale"), blank=True)
    state = models.CharField(max_length=10, choices=WalkState.choices, default=WalkState.PLANNED)
    state_since = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=120)

    objects = WalkRows.as_manager()

    class Meta:
        ordering = ("-day", "-id")

    def __str__(self) -> str:
        return self.reference


class WalkMove(Move):
    row = models.ForeignKey(SiteWalk, on_delete=models.CASCADE, related_name="state_moves")


SiteWalk.move_model = WalkMove


class WalkPoint(Dated):
    """Something to be fixed, by a body of the network or by somebody named in words."""

    walk = models.ForeignKey(SiteWalk, on_delete=models.CASCADE, related_name="points")
    words = EncryptedTextField(_("che cosa va sistemato"))
    body = models.ForeignKey(PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    who = models.CharField(_("chi lo fa, se non è un ente"), max_length=160, blank=True)
    due_on = models.DateField(_("entro"))
    done_on = models.DateField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        constraints = [
            models.CheckConstraint(condition=Q(body__isnull=False) | ~Q(who=""), name="point_has_somebody")
        ]

    @property
    def owner(self) -> str:
        return str(self.body or self.who)

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < clock.today()
