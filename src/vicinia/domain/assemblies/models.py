"""An assembly: its call, agenda and seats; its minutes with every version; what was decided and what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.assemblies.states import (
    AMENDMENT_MOVES,
    ASSEMBLY_MOVES,
    MINUTES_MOVES,
    OPEN_RESOLUTIONS,
    RESOLUTION_MOVES,
    SHOWN_STATES,
    AmendmentState,
    AssemblyKind,
    AssemblyState,
    MinutesStage,
    QuorumRule,
    ResolutionState,
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
        ordering = ("-number",)
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
