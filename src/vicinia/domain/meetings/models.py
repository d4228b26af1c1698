"""A network meeting: who is invited, what is on the agenda, what was said, decided and undertaken, and what was given to whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case, Commitment, Task
from vicinia.domain.casework.states import CommitmentState
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.meetings.states import MEETING_MOVES, OPEN_STATES, Attendance, MeetingState
from vicinia.domain.network.models import BodyPerson, PartnerBody
from vicinia.domain.people.models import Person
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class MeetingRows(Rows):
    def visible_to(self, by: Actor) -> MeetingRows:
        """For who works on cases: of own areas or of the whole town, own ones, and those where a visible case is discussed."""
        if not by.can(Capability.WORK_CASES):
            return self.none()
        if by.everywhere:
            return self
        areas = Meeting.areas.through._default_manager
        elsewhere = areas.exclude(area_id__in=by.area_ids).values("meeting_id")
        here = areas.filter(area_id__in=by.area_ids).values("meeting_id")
        cases = Case.objects.visible_to(by).order_by()
        discussed = AgendaItem.objects.filter(case__in=cases).order_by().values("meeting_id")
        reach = Q(pk__in=here) | ~Q(pk__in=elsewhere) | Q(pk__in=_of(by)) | Q(pk__in=discussed)
        return self.filter(reach)

    def of(self, by: Actor) -> MeetingRows:
        """Those that `by` called or is invited to."""
        return self.filter(pk__in=_of(by))

    def open(self) -> MeetingRows:
        return self.filter(state__in=OPEN_STATES)

    def planned(self) -> MeetingRows:
        return self.filter(state=MeetingState.PLANNED)

    def past(self) -> MeetingRows:
        return self.exclude(state__in=OPEN_STATES)

    def soonest_first(self) -> MeetingRows:
        return self.order_by("day", "from_time", "id")

    def newest_first(self) -> MeetingRows:
        return self.order_by("-day", "-from_time", "-id")


def _of(by: Actor) -> models.QuerySet[Any, Any]:
    if by.user_id is None:
        return Meeting.objects.none().values("pk")
    invited = Invited.objects.filter(user_id=by.user_id).order_by().values("meeting_id")
    rows = Meeting.objects.filter(Q(convener_id=by.user_id) | Q(pk__in=invited))
    return rows.order_by().values("pk")


class Meeting(Versioned, Staged):
    """Some of us and some bodies at one table: when and where, and how far its minutes have come."""

    moves = MEETING_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(_("titolo"), max_length=140)
    day = models.DateField(_("giorno"))
    from_time = models.TimeField(_("dalle"))
    to_time = models.TimeField(_("alle"))
    place = models.CharField(_("dove"), max_length=200)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("zone"))
    convener = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    state_since = models.DateTimeField(default=clock.now)
    minuted_at = models.DateTimeField(null=True, blank=True)
    text_digest = models.CharField(max_length=64, blank=True, default="")
    end_reason = models.TextField(blank=True)

    objects = MeetingRows.as_manager()

    class Meta:
        ordering = ("-day", "-from_time", "-id")
        indexes = [models.Index(fields=["state", "day", "from_time", "id"], name="meeting_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time__lt=F("to_time")), name="meeting_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(state=MeetingState.CANCELLED) | ~Q(end_reason=""),
                name="cancelled_meeting_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.MINUTED, minuted_at__isnull=False)
                | (~Q(state=MeetingState.MINUTED) & Q(minuted_at__isnull=True)),
                name="closed_minutes_say_when",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class MeetingMove(Move):
    row = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="state_moves")


Meeting.move_model = MeetingMove


class InvitedRows(Rows):
    def in_lines(self) -> InvitedRows:
        return self.joining(body=("name", "email", "is_internal"), person=("name", "email"), user=("name",))


class Invited(Dated):
    """Who is asked to come: somebody of a body (or the body itself), a colleague, or a guest in words.

    `told_at` is when the invitation with the present day and place went out. `called` keeps the name in closed minutes.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invited")
    body = models.ForeignKey(PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(BodyPerson, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = EncryptedTextField(_("chi, in parole"), blank=True)
    attendance = models.CharField(max_length=8, choices=Attendance.choices, default=Attendance.UNKNOWN)
    told_at = models.DateTimeField(null=True, blank=True)
    called = EncryptedTextField(blank=True)

    objects = InvitedRows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(body__isnull=False, user__isnull=True, words="")
                | Q(body__isnull=True, person__isnull=True, user__isnull=False, words="")
                | (Q(body__isnull=True, person__isnull=True, user__isnull=True) & ~Q(words="")),
                name="invited_is_one_of_three",
            ),
            models.UniqueConstraint(
                fields=["meeting", "user"], condition=Q(user__isnull=False), name="colleague_invited_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="person_invited_once"
            ),
            models.UniqueConstraint(
                fields=["meeting", "body"],
                condition=Q(body__isnull=False, person__isnull=True),
                name="body_invited_once",
            ),
        ]

    @property
    def name(self) -> str:
        """Who it is, with the body that they come for."""
        if self.called:
            return self.called
        if self.user is not None:
            return self.user.name
        if self.body is None:
            return self.words
        return f"{self.person.name}, {self.body.name}" if self.person else self.body.name

    @property
    def email(self) -> str:
        """Where the invitation goes; "" where it is brought in other ways."""
        if self.user is not None:
            return self.user.email
        if self.body is None:
            return ""
        return (self.person.email if self.person else "") or self.body.email

    @property
    def is_external(self) -> bool:
        """Whether they are no office of the municipality: a guest in words is taken for one who is not."""
        return self.user_id is None and not (self.body is not None and self.body.is_internal)


class ItemRows(Rows):
    def visible_to(self, by: Actor) -> ItemRows:
        """What is about no case, or about a case that `by` may see."""
        return self.filter(Q(case__isnull=True) | Q(case__in=Case.objects.visible_to(by).order_by()))

    def police(self) -> ItemRows:
        return self.filter(case__legal_basis=LegalBasis.POLICE)


class AgendaItem(Versioned):
    """One thing to talk about: a case or a subject in words; then what was said of it. `called` is the title in closed minutes."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda_items"
    )
    subject = models.CharField(_("argomento"), max_length=200, blank=True)
    to_decide = EncryptedTextField(_("che cosa c'è da decidere"), blank=True)
    said = EncryptedTextField(_("che cosa si è detto"), blank=True)
    called = EncryptedTextField(blank=True)
    # Whose case it was when it was talked about: what their erasure has to reach.
    people = models.ManyToManyField(Person, blank=True, related_name="+")

    objects = ItemRows.as_manager()

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "case"], condition=Q(case__isnull=False), name="case_once_on_an_agenda"
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=False) | ~Q(subject=""), name="agenda_item_says_of_what"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What it is about, with the reference of its case."""
        if self.called:
            return self.called
        if self.case is None:
            return self.subject
        return f"{self.case.reference} {self.subject or self.case.title}"


class Decision(Dated):
    """One thing that was decided about an item."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    words = EncryptedTextField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class ActionRows(Rows):
    def in_lines(self) -> ActionRows:
        return self.joining(
            user=("name",),
            body=("name",),
            task=("done_at", "dropped_reason"),
            commitment=("state",),
        )

    def loose(self) -> ActionRows:
        """Still to be done, and in no case, so that nothing else brings them up."""
        return self.filter(item__case__isnull=True, done_at__isnull=True)


class MeetingAction(Dated):
    """Who does what by when. In a case it is a task or a commitment there; otherwise it is done here.

    `called` is the owner's name on that day, for minutes that do not change.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="actions")
    what = models.CharField(_("che cosa"), max_length=300)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    body = models.ForeignKey(PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    called = models.CharField(max_length=160, blank=True)
    due_on = models.DateField(_("entro"))
    task = models.OneToOneField(
        Task, null=True, blank=True, on_delete=models.SET_NULL, related_name="meeting_action"
    )
    commitment = models.OneToOneField(
        Commitment, null=True, blank=True, on_delete=models.SET_NULL, related_name="meeting_action"
    )
    done_at = models.DateTimeField(null=True, blank=True)

    objects = ActionRows.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["done_at", "due_on", "id"], name="meeting_action_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, body__isnull=True) | Q(user__isnull=True, body__isnull=False),
                name="meeting_action_has_one_owner",
            )
        ]

    @property
    def who(self) -> str:
        """Whose it is, by name."""
        if self.called:
            return self.called
        owner: User | PartnerBody | None = self.user or self.body
        return owner.name if owner else ""

    @property
    def is_done(self) -> bool:
        """Whether it was done, wherever that is written down."""
        if self.task is not None:
            return self.task.done_at is not None
        if self.commitment is not None:
            return self.commitment.state != CommitmentState.OPEN
        return self.done_at is not None


class MinutesNote(Dated):
    """What is corrected or added after the minutes were closed. About one item, so that who may not see it reads neither."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.CASCADE, related_name="notes"
    )
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    text = EncryptedTextField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class Extract(Dated):
    """Which part of the closed minutes was given to a body: never changed, so that one can say later what it knows."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="extracts")
    body = models.ForeignKey(PartnerBody, on_delete=models.PROTECT, related_name="+")
    items = models.ManyToManyField(AgendaItem, related_name="extracts")
    with_said = models.BooleanField(default=False)
    text_digest = models.CharField(max_length=64, blank=True, default="")
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-id",)
