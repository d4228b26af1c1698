"""An assembly: its call, its agenda and its seats."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.assemblies.states import (
    ASSEMBLY_MOVES,
    SHOWN_STATES,
    AssemblyKind,
    AssemblyState,
    QuorumRule,
    SeatMark,
)
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.outreach.models import Event
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class CallRule(Versioned):
    """What the town asks of a call, by kind: days of notice, whether they bind, who must be there. Copied into each assembly."""

    kind = models.CharField(_("tipo"), max_length=12, choices=AssemblyKind.choices, primary_key=True)
    notice_days = models.PositiveSmallIntegerField(_("giorni di avviso"))
    is_binding = models.BooleanField(_("con meno giorni non si convoca"), default=False)
    quorum_rule = models.CharField(max_length=8, choices=QuorumRule.choices, default=QuorumRule.NONE)
    quorum_value = models.PositiveSmallIntegerField(default=0)
    second_value = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("kind",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(quorum_rule=QuorumRule.SHARE) | Q(quorum_value__lte=100),
                name="call_rule_share_is_a_percentage",
            ),
        ]


# What a town begins with; it changes its own at /laboratorio/assemblee/regole.
FIRST_RULES: dict[AssemblyKind, dict[str, Any]] = {
    AssemblyKind.ASSEMBLY: {
        "notice_days": 10,
        "is_binding": True,
        "quorum_rule": QuorumRule.SHARE,
        "quorum_value": 30,
        "second_value": 10,
    },
    AssemblyKind.WORKSHOP: {"notice_days": 7},
    AssemblyKind.COMMITTEE: {"notice_days": 5, "quorum_rule": QuorumRule.SHARE, "quorum_value": 50},
}


class AssemblyRows(Rows):
    def visible_to(self, by: Actor) -> AssemblyRows:
        return self if by.can(Capability.SEE_PARTICIPATION) else self.none()

    def shown(self) -> AssemblyRows:
        """What everybody may read of at the portal."""
        return self.filter(is_public=True, state__in=SHOWN_STATES)

    def to_come(self) -> AssemblyRows:
        return self.filter(state__in=(AssemblyState.DRAFT, AssemblyState.CALLED))

    def soonest_first(self) -> AssemblyRows:
        return self.order_by("day", "from_time", "id")

    def newest_first(self) -> AssemblyRows:
        return self.order_by("-day", "-from_time", "-id")


class Assembly(Versioned, Staged):
    """People called to one place on one day to decide something: an assembly, a workshop, a committee.

    Notice and quorum are those in force when it was planned. `event` at outreach holds sign-up, waiting list and check-in.
    """

    moves = ASSEMBLY_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(_("tipo"), max_length=12, choices=AssemblyKind.choices)
    title = models.CharField(_("titolo"), max_length=140)
    invitation = models.TextField(_("perché ci si trova"), blank=True)
    day = models.DateField(_("giorno"))
    from_time = models.TimeField(_("dalle"))
    to_time = models.TimeField(_("alle"))
    place = models.CharField(_("dove"), max_length=200)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("zone"))
    is_public = models.BooleanField(_("aperta a tutti e pubblicata"), default=True)
    with_sign_up = models.BooleanField(_("ci si iscrive"), default=False)
    places = models.PositiveIntegerField(_("posti"), null=True, blank=True)
    event = models.OneToOneField(
        Event, null=True, blank=True, on_delete=models.PROTECT, related_name="assembly"
    )
    second_day = models.DateField(_("giorno della seconda convocazione"), null=True, blank=True)
    second_time = models.TimeField(_("ora della seconda convocazione"), null=True, blank=True)

    notice_days = models.PositiveSmallIntegerField(default=0)
    is_notice_binding = models.BooleanField(default=False)
    short_notice_reason = models.TextField(_("perché con meno giorni"), blank=True)
    quorum_rule = models.CharField(max_length=8, choices=QuorumRule.choices, default=QuorumRule.NONE)
    quorum_value = models.PositiveSmallIntegerField(default=0)
    second_value = models.PositiveSmallIntegerField(null=True, blank=True)
    entitled = models.PositiveIntegerField(_("aventi diritto"), default=0)
    entitled_words = models.CharField(_("chi sono gli aventi diritto"), max_length=200, blank=True)

    chair = EncryptedTextField(_("chi presiede"), blank=True)
    secretary = EncryptedTextField(_("chi scrive il verbale"), blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    first_present = models.PositiveIntegerField(null=True, blank=True)
    is_second_call = models.BooleanField(default=False)
    present = models.PositiveIntegerField(null=True, blank=True)

    state = models.CharField(max_length=10, choices=AssemblyState.choices, default=AssemblyState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    end_reason = models.TextField(blank=True)
    by_name = models.CharField(max_length=120)

    objects = AssemblyRows.as_manager()

    class Meta:
        ordering = ("-day", "-from_time", "-id")
        indexes = [models.Index(fields=["state", "day", "from_time", "id"], name="assembly_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time__lt=F("to_time")), name="assembly_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(second_day__isnull=True, second_time__isnull=True)
                | Q(second_day__isnull=False, second_time__isnull=False, second_day__gte=F("day")),
                name="second_call_has_day_and_hour",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssemblyState.CANCELLED) | ~Q(end_reason=""),
                name="cancelled_assembly_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(AssemblyState.DRAFT, AssemblyState.CANCELLED))
                | Q(called_at__isnull=False),
                name="called_assembly_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(AssemblyState.HELD, AssemblyState.DESERTED))
                | Q(present__isnull=False),
                name="assembly_counts_who_came",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def meets_on(self) -> dt.date:
        """The day of the call that is valid now."""
        return self.second_day if self.is_second_call and self.second_day else self.day

    @property
    def meets_at(self) -> dt.time:
        return self.second_time if self.is_second_call and self.second_time else self.from_time


class AssemblyMove(Move):
    row = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="state_moves")


Assembly.move_model = AssemblyMove


class Point(Versioned):
    """One thing on the agenda, as it was published."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("argomento"), max_length=200)
    explained = models.TextField(_("spiegazione"), blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title


class Seat(Dated):
    """Somebody who is called by name, as the members of a committee are: a colleague, a body, or a person in words."""

    assembly = models.ForeignKey(Assembly, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    words = EncryptedTextField(_("chi, in parole"), blank=True)
    role = models.CharField(_("in che ruolo"), max_length=120, blank=True)
    is_counted = models.BooleanField(_("conta per il numero legale"), default=True)
    mark = models.CharField(max_length=10, choices=SeatMark.choices, default=SeatMark.UNKNOWN)
    told_at = models.DateTimeField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, body__isnull=True, words="")
                | Q(user__isnull=True, body__isnull=False)
                | (Q(user__isnull=True, body__isnull=True) & ~Q(words="")),
                name="seat_is_somebody",
            ),
            models.UniqueConstraint(
                fields=["assembly", "user"], condition=Q(user__isnull=False), name="colleague_seated_once"
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

    @property
    def email(self) -> str:
        """Where the call goes; "" where it is brought in other ways."""
        owner: User | PartnerBody | None = self.user or self.body
        return owner.email if owner else ""
