"""The contract: what is to be done with whose money, who signed it, who sits in its committee."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.programme.states import PROGRAMME_MOVES, AxisKind, MemberKind, ProgrammeState
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class ProgrammeRows(Rows):
    def visible_to(self, by: Actor) -> ProgrammeRows:
        return self if by.can(Capability.SEE_PROGRAMME) else self.none()

    def told_to(self, by: Actor) -> ProgrammeRows:
        """Those of which `by` may read how far they are: numbers only, once they have begun."""
        if by.can(Capability.SEE_PROGRAMME):
            return self
        begun = self.exclude(state=ProgrammeState.DRAFT)
        return begun if by.can(Capability.SEE_PROGRESS) else self.none()

    def newest_first(self) -> ProgrammeRows:
        return self.order_by("-from_day", "-id")


class Programme(Versioned, Staged):
    """A contract for a neighbourhood: some years, a funder, axes with their action sheets."""

    moves = PROGRAMME_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(_("titolo"), max_length=140)
    aim = models.TextField(_("a che cosa serve"), blank=True)
    funder = models.CharField(_("chi lo finanzia"), max_length=160)
    act = models.CharField(_("con quale atto"), max_length=160, blank=True)
    from_day = models.DateField(_("dal"))
    to_day = models.DateField(_("al"))
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("zone"))
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("responsabile"),
    )
    resident_seats = models.PositiveSmallIntegerField(_("rappresentanti degli abitanti"), default=2)
    state = models.CharField(max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=120)

    objects = ProgrammeRows.as_manager()

    class Meta:
        ordering = ("-from_day", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_day__lte=F("to_day")), name="programme_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class ProgrammeMove(Move):
    row = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="state_moves")


Programme.move_model = ProgrammeMove


class Axis(Versioned):
    """One front of a programme, under which its action sheets stand."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="axes")
    kind = models.CharField(_("tipo"), max_length=14, choices=AxisKind.choices)
    title = models.CharField(_("titolo"), max_length=140)
    position = models.PositiveSmallIntegerField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("position", "id")
        verbose_name_plural = "axes"
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="axis_position_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"


class Convention(Versioned):
    """What a body has signed: the contract itself, or an agreement by which it carries out a part of it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="conventions")
    title = models.CharField(_("che cosa si firma"), max_length=160)
    bodies = models.ManyToManyField(
        PartnerBody, blank=True, related_name="+", verbose_name=_("enti della rete")
    )
    others = models.CharField(_("altri firmatari"), max_length=300, blank=True)
    signed_on = models.DateField(_("firmato il"))
    until = models.DateField(_("vale fino al"), null=True, blank=True)
    protocol = models.CharField(_("numero di protocollo"), max_length=60, blank=True)
    is_contract = models.BooleanField(_("è il contratto stesso"), default=False)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("signed_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("signed_on")),
                name="convention_lasts_after_its_signature",
            )
        ]

    def __str__(self) -> str:
        return self.title


class MemberRows(Rows):
    def on(self, day: dt.date) -> MemberRows:
        """Whose mandate runs that day."""
        return self.filter(from_day__lte=day).filter(Q(to_day__isnull=True) | Q(to_day__gte=day))


class Member(Versioned):
    """Somebody who sits in the implementation committee, from a day to a day: a body (and who sits for it) or a person in words."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="members")
    kind = models.CharField(_("per chi siede"), max_length=12, choices=MemberKind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = EncryptedTextField(_("chi, in parole"), blank=True)
    role = models.CharField(_("in che ruolo"), max_length=120, blank=True)
    is_counted = models.BooleanField(_("conta per il numero legale"), default=True)
    from_day = models.DateField(_("dal"))
    to_day = models.DateField(_("al"), null=True, blank=True)
    end_reason = models.CharField(max_length=300, blank=True)

    objects = MemberRows.as_manager()

    class Meta:
        ordering = ("kind", "from_day", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, body__isnull=True, words="")
                | Q(user__isnull=True, body__isnull=False)
                | (Q(user__isnull=True, body__isnull=True) & ~Q(words="")),
                name="member_is_somebody",
            ),
            models.CheckConstraint(
                condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")),
                name="membership_ends_after_it_begins",
            ),
        ]

    @property
    def name(self) -> str:
        """Who it is; somebody of a body with the body that they sit for."""
        if self.user is not None:
            return self.user.name
        if self.body is None:
            return self.words
        return f"{self.words}, {self.body.name}" if self.words else self.body.name


class Sitting(Dated):
    """A meeting of the implementation committee: an assembly of this programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="sittings")
    assembly = models.OneToOneField(Assembly, on_delete=models.CASCADE, related_name="programme_link")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
