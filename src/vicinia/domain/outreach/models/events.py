"""An event: where, when, for how many; who signed up, who waits for a place, who came."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach.states import (
    EVENT_MOVES,
    OPEN_EVENTS,
    SIGN_UP_MOVES,
    Contact,
    EventState,
    SignUpState,
    Told,
)
from vicinia.domain.people.models import Person
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged

_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # no 0/O, 1/I/L: read aloud without mistakes
CODE_LENGTH = 6


def new_code() -> str:
    """What one shows at the door."""
    return "".join(secrets.choice(_ALPHABET) for _letter in range(CODE_LENGTH))


class EventRows(Rows):
    def visible_to(self, by: Actor) -> EventRows:
        """All of them for who works on what the town says; what was announced for everybody else."""
        return self if by.can(Capability.SEE_OUTREACH) else self.public()

    def public(self) -> EventRows:
        """What stands on the web page: announced, also if it was called off afterwards."""
        return self.filter(announced_at__isnull=False)

    def to_come(self) -> EventRows:
        return self.filter(day__gte=clock.today())

    def over(self) -> EventRows:
        return self.filter(day__lt=clock.today())

    def open(self) -> EventRows:
        return self.filter(state__in=OPEN_EVENTS)

    def soonest_first(self) -> EventRows:
        return self.order_by("day", "from_time", "id")

    def newest_first(self) -> EventRows:
        return self.order_by("-day", "-from_time", "-id")


class Event(Versioned, Staged):
    """Something in the neighbourhood to which people come. `taken` are the places of confirmed sign-ups.

    `about` is the row of a higher subject that it belongs to ("process:2026-0002"), which that subject finds it by.
    `edition` counts what calendars must take over: it is their SEQUENCE.
    """

    moves = EVENT_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(_("titolo"), max_length=140)
    description = models.TextField(_("di che cosa si tratta"), blank=True)
    day = models.DateField(_("giorno"))
    from_time = models.TimeField(_("dalle"))
    to_time = models.TimeField(_("alle"))
    place = models.CharField(_("dove"), max_length=200)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("zone"))
    access = models.CharField(_("accessibilità"), max_length=300, blank=True)
    languages = models.JSONField(_("lingue parlate"), default=list, blank=True)
    asked_by = EncryptedTextField(_("chi lo chiede"), blank=True)
    with_sign_up = models.BooleanField(_("ci si iscrive"), default=True)
    places = models.PositiveIntegerField(_("posti"), null=True, blank=True)
    taken = models.PositiveIntegerField(default=0)
    about = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=10, choices=EventState.choices, default=EventState.REQUESTED)
    state_since = models.DateTimeField(default=clock.now)
    edition = models.PositiveIntegerField(default=0)
    edited_at = models.DateTimeField(default=clock.now)
    announced_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(_("perché è annullato"), blank=True)
    people_came = models.PositiveIntegerField(_("persone venute"), null=True, blank=True)
    children_came = models.PositiveIntegerField(_("di cui minori"), null=True, blank=True)
    first_time_came = models.PositiveIntegerField(_("di cui mai viste prima"), null=True, blank=True)
    cost = models.DecimalField(_("spesa"), max_digits=9, decimal_places=2, null=True, blank=True)
    report = models.TextField(_("com'è andata"), blank=True)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=120)

    objects = EventRows.as_manager()

    class Meta:
        ordering = ("-day", "-from_time", "-id")
        indexes = [
            models.Index(fields=["state", "day", "from_time", "id"], name="event_state"),
            models.Index(fields=["about"], name="event_about"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time__lt=F("to_time")), name="event_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(places__isnull=True) | Q(taken__lte=F("places")), name="event_is_never_overfull"
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | ~Q(end_reason=""), name="cancelled_event_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[EventState.COUNTED, EventState.REPORTED])
                | Q(people_came__isnull=False),
                name="counted_event_says_how_many",
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.REPORTED) | ~Q(report=""),
                name="reported_event_says_how_it_went",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[EventState.REQUESTED, EventState.CANCELLED])
                | Q(announced_at__isnull=False),
                name="announced_event_says_when",
            ),
            models.CheckConstraint(
                condition=Q(children_came__isnull=True) | Q(children_came__lte=F("people_came")),
                name="event_children_are_people",
            ),
            models.CheckConstraint(
                condition=Q(first_time_came__isnull=True) | Q(first_time_came__lte=F("people_came")),
                name="event_newcomers_are_people",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def starts_at(self) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(self.day, self.from_time))

    @property
    def ends_at(self) -> dt.datetime:
        return timezone.make_aware(dt.datetime.combine(self.day, self.to_time))

    @property
    def free(self) -> int | None:
        """Places left; None if there is no limit."""
        return None if self.places is None else self.places - self.taken

    @property
    def is_full(self) -> bool:
        return self.free == 0

    @property
    def is_cancelled(self) -> bool:
        return self.state == EventState.CANCELLED


class EventMove(Move):
    row = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="state_moves")


Event.move_model = EventMove


class SignUpRows(Rows):
    def visible_to(self, by: Actor) -> SignUpRows:
        """Who signed up is for who keeps events and may see people."""
        may = by.can(Capability.KEEP_OUTREACH) and by.can(Capability.REVEAL_PEOPLE)
        return self if may else self.none()

    def confirmed(self) -> SignUpRows:
        return self.filter(state=SignUpState.CONFIRMED)

    def waiting(self) -> SignUpRows:
        """The waiting list, in its order."""
        return self.filter(state=SignUpState.WAITING).order_by("id")

    def live(self) -> SignUpRows:
        return self.exclude(state=SignUpState.WITHDRAWN)


class SignUp(Staged, Dated):
    """Somebody comes with so many people. No account: a private page, and a code for the door.

    `to_call` is what is still to be told by voice to who left a telephone only. Names and contacts are erased some
    weeks after the event (`forgotten_at`).
    """

    moves = SIGN_UP_MOVES
    state_field = "state"

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sign_ups")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    name = EncryptedTextField(_("nome"), blank=True)
    contact = models.CharField(_("come avvisarti"), max_length=8, choices=Contact.choices)
    contact_value = EncryptedTextField(blank=True)
    contact_digest = models.CharField(max_length=32, blank=True)
    needs = EncryptedTextField(_("di che cosa hai bisogno"), blank=True)
    language = models.CharField(max_length=8, default="it")
    people = models.PositiveSmallIntegerField(_("in quanti venite"), default=1)
    state = models.CharField(max_length=10, choices=SignUpState.choices)
    code = models.CharField(max_length=CODE_LENGTH)
    once = models.CharField(max_length=64, null=True, blank=True)  # noqa: DJ001  unique where it is given
    to_call = models.CharField(_("da dire a voce"), max_length=10, choices=Told.choices, blank=True)
    came = models.PositiveSmallIntegerField(null=True, blank=True)
    came_at = models.DateTimeField(null=True, blank=True)
    by_ref = models.CharField(max_length=60)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = SignUpRows.as_manager()

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["event", "state", "id"], name="sign_up_of_event"),
            models.Index(fields=["contact_digest"], condition=~Q(contact_digest=""), name="sign_up_contact"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "code"], name="sign_up_code_once"),
            models.UniqueConstraint(fields=["event", "once"], name="sign_up_sent_once"),
            models.CheckConstraint(condition=Q(people__gte=1), name="sign_up_is_of_somebody"),
            models.CheckConstraint(
                condition=Q(came__isnull=True) | Q(state=SignUpState.CONFIRMED), name="came_with_a_place"
            ),
            models.CheckConstraint(
                condition=Q(forgotten_at__isnull=True)
                | Q(name="", contact_value="", contact_digest="", needs="", person__isnull=True),
                name="forgotten_sign_up_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}:{self.code}"

    @property
    def reference(self) -> str:
        """How it is called in the journal."""
        return str(self.pk)

    @property
    def link_ref(self) -> str:
        """What its private link is about, and who acts by it."""
        return f"sign-up:{self.pk}"

    @property
    def masked(self) -> str:
        """How lists call it without giving the name: the initials."""
        initials = [word[0].upper() + "." for word in self.name.split() if word[0].isalpha()]
        return " ".join(initials[:3]) or gettext("Senza nome")


class SignUpMove(Move):
    row = models.ForeignKey(SignUp, on_delete=models.CASCADE, related_name="state_moves")


SignUp.move_model = SignUpMove
