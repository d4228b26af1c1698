"""Shared spaces and who has booked them.

A booking holds one `BookingSlot` for every half hour of its time: the database itself keeps two from holding the same.
"""

from __future__ import annotations

import datetime as dt

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vicinia.domain.commons.models.bodies import TenantsBody
from vicinia.domain.commons.states import BOOKING_MOVES, HOLDING, BookingState, Channel, Weekday
from vicinia.domain.people.models import Person
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class SpaceRows(Rows):
    def visible_to(self, by: Actor) -> SpaceRows:
        return self if by.can(Capability.SEE_PARTICIPATION) else self.none()

    def in_use(self) -> SpaceRows:
        return self.filter(closed_reason="")

    def by_name(self) -> SpaceRows:
        return self.order_by("name", "id")


class Space(Versioned):
    """A room or a place that is lent to who asks. `rules_edition` grows when its house rules change."""

    code = models.SlugField(_("indirizzo della pagina"), max_length=40, unique=True)
    name = models.CharField(_("nome"), max_length=140)
    description = models.TextField(_("com'è"), blank=True)
    place = models.CharField(_("dove"), max_length=200)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey(
        TenantsBody, null=True, blank=True, on_delete=models.PROTECT, related_name="spaces"
    )
    access = models.CharField(_("accessibilità"), max_length=200, blank=True)
    capacity = models.PositiveSmallIntegerField(_("quante persone al massimo"))
    house_rules = models.TextField(_("regole della casa"))
    rules_edition = models.PositiveSmallIntegerField(default=1)
    is_approved = models.BooleanField(_("ogni prenotazione si conferma a mano"), default=False)
    longest_hours = models.PositiveSmallIntegerField(_("ore al massimo"), default=4)
    ahead_days = models.PositiveSmallIntegerField(_("giorni prima, al massimo"), default=90)
    notice_hours = models.PositiveSmallIntegerField(_("ore prima, almeno"), default=24)
    most_open = models.PositiveSmallIntegerField(_("prenotazioni aperte per persona"), default=4)
    closed_reason = models.CharField(_("perché non si prenota più"), max_length=200, blank=True)

    objects = SpaceRows.as_manager()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.CheckConstraint(condition=Q(capacity__gte=1), name="space_has_room"),
            models.CheckConstraint(condition=~Q(house_rules=""), name="space_has_house_rules"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How it is called in the journal."""
        return self.code


class SpaceHours(Dated):
    """When a space is open on one day of the week."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(_("giorno"), choices=Weekday.choices)
    from_time = models.TimeField(_("dalle"))
    to_time = models.TimeField(_("alle"))

    objects = Rows.as_manager()

    class Meta:
        ordering = ("weekday", "from_time", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time__lt=F("to_time")), name="space_opens_before_it_closes"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="space_opens_on_a_weekday"),
        ]


class SpaceClosure(Dated):
    """Days on which a space can't be had."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="closures")
    from_day = models.DateField(_("dal"))
    to_day = models.DateField(_("al"))
    reason = models.CharField(_("perché"), max_length=200)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("from_day", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_day__lte=F("to_day")), name="closure_ends_after_it_begins"
            )
        ]


class BookingSeries(Dated):
    """Bookings that were asked for together: every so many weeks until a day."""

    every_weeks = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    until = models.DateField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class BookingRows(Rows):
    def visible_to(self, by: Actor) -> BookingRows:
        """Who has a space and why is for who runs the spaces; others see only that it is taken."""
        return self if by.can(Capability.RUN_PARTICIPATION) else self.none()

    def holding(self) -> BookingRows:
        return self.filter(state__in=HOLDING)

    def to_come(self) -> BookingRows:
        return self.filter(ends_at__gt=clock.now())

    def soonest_first(self) -> BookingRows:
        return self.order_by("starts_at", "id")

    def newest_first(self) -> BookingRows:
        return self.order_by("-starts_at", "-id")


class Booking(Versioned, Staged):
    """A space for some hours of a day, for somebody who accepted its house rules."""

    moves = BOOKING_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="bookings")
    series = models.ForeignKey(
        BookingSeries, null=True, blank=True, on_delete=models.PROTECT, related_name="bookings"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    who = EncryptedTextField(_("chi prenota"))
    purpose = EncryptedTextField(_("per fare che cosa"))
    people = models.PositiveSmallIntegerField(_("quante persone"))
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.PORTAL)
    language = models.CharField(max_length=10, default="it")
    rules_edition = models.PositiveSmallIntegerField()
    rules_accepted_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BookingState.choices, default=BookingState.CONFIRMED)
    state_since = models.DateTimeField(default=clock.now)
    end_reason = EncryptedTextField(_("perché"), blank=True)
    once = models.CharField(max_length=64)

    objects = BookingRows.as_manager()

    class Meta:
        ordering = ("starts_at", "id")
        indexes = [models.Index(fields=["space", "starts_at"], name="booking_of_space")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="booking_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=Q(people__gte=1), name="booking_is_for_somebody"),
            models.CheckConstraint(
                condition=~Q(state=BookingState.REFUSED) | ~Q(end_reason=""), name="refused_booking_says_why"
            ),
            models.UniqueConstraint(fields=["once", "starts_at"], name="page_books_a_time_once"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def day(self) -> dt.date:
        """The day in the town's time zone."""
        return timezone.localdate(self.starts_at)

    @property
    def is_holding(self) -> bool:
        return self.state in HOLDING


class BookingMove(Move):
    row = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="state_moves")


Booking.move_model = BookingMove


class BookingSlot(models.Model):
    """Half an hour of a space, held by one booking: two can't hold the same, whatever the program believes."""

    space = models.ForeignKey(Space, on_delete=models.CASCADE, related_name="+")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="slots")
    at = models.DateTimeField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("at", "id")
        constraints = [models.UniqueConstraint(fields=["space", "at"], name="space_is_booked_once")]
