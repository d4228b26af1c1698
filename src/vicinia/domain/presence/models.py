"""Key contacts and what they said; rounds, their stops and what was seen."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.listening.models import Report
from vicinia.domain.people.models import Person
from vicinia.domain.presence.states import (
    OPEN_ROUNDS,
    ROUND_MOVES,
    KeyContactKind,
    ObservationBecame,
    ObservationKind,
    RoundState,
    StopWhy,
    TalkBecame,
    TalkHow,
)
from vicinia.domain.territory.models import Area, Located, Place
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class KeyContactRows(Rows):
    def visible_to(self, by: Actor) -> KeyContactRows:
        """Those of own areas, and those that nobody has placed yet."""
        if not by.can(Capability.KEEP_PRESENCE):
            return self.none()
        if by.everywhere:
            return self
        return self.filter(Q(area_id__in=by.area_ids) | Q(area_id__isnull=True))

    def in_lines(self) -> KeyContactRows:
        return self.joining(area=("name",)).defer("reach_words")

    def active(self) -> KeyContactRows:
        return self.filter(is_active=True)

    def due_by(self, day: dt.date) -> KeyContactRows:
        """To be heard by a day."""
        return self.active().filter(next_on__lte=day)

    def most_urgent_first(self) -> KeyContactRows:
        return self.order_by("next_on", "id")


class KeyContact(Versioned, Located):
    """Somebody who keeps an eye on a place and is heard at a rhythm. Their name, if we know it, stays in `people`."""

    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(_("tipo"), max_length=12, choices=KeyContactKind.choices)
    body_name = models.CharField(_("nome del negozio o dell'ente"), max_length=140, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reach_words = EncryptedTextField(_("come e quando si raggiunge"), blank=True)
    rhythm_days = models.PositiveSmallIntegerField(_("giorni lavorativi tra una volta e l'altra"))
    next_on = models.DateField(_("da sentire entro"))
    is_active = models.BooleanField(default=True)
    retired_reason = models.CharField(max_length=300, blank=True)

    objects = KeyContactRows.as_manager()

    class Meta:
        ordering = ("next_on", "id")
        indexes = [
            models.Index(fields=["is_active", "next_on", "id"], name="key_contact_due"),
            models.Index(fields=["area", "is_active"], name="key_contact_area"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_active=True) | ~Q(retired_reason=""), name="retired_key_contact_says_why"
            ),
            models.CheckConstraint(
                condition=Q(rhythm_days__gte=1, rhythm_days__lte=250), name="key_contact_rhythm_is_sane"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """How lists and sheets call it, without anybody's name."""
        return self.body_name or capfirst(str(self.get_kind_display()))


class KeyContactTalk(Dated):
    """One time that a key contact was heard. `uuid` comes from who writes it: sent twice, it is kept once."""

    uuid = models.UUIDField(unique=True, default=uuid4)
    contact = models.ForeignKey(KeyContact, on_delete=models.CASCADE, related_name="talks")
    at = models.DateTimeField(default=clock.now)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    how = models.CharField(_("come"), max_length=6, choices=TalkHow.choices)
    reached = models.BooleanField(_("vi siete parlati"), default=True)
    words = EncryptedTextField(_("che cosa ha detto"), blank=True)
    became = models.CharField(
        _("dove va"), max_length=8, choices=TalkBecame.choices, default=TalkBecame.NOTHING
    )
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-at", "-id")


class RoundRows(Rows):
    def visible_to(self, by: Actor) -> RoundRows:
        """Rounds through own areas, and those that one makes."""
        if not by.can(Capability.KEEP_PRESENCE):
            return self.none()
        if by.everywhere:
            return self
        through = Round.areas.through._default_manager.filter(area_id__in=by.area_ids).values("round_id")
        return self.filter(Q(pk__in=through) | Q(pk__in=_made_by(by)))

    def made_by(self, by: Actor) -> RoundRows:
        """Rounds that `by` is to make."""
        return self.filter(pk__in=_made_by(by))

    def open(self) -> RoundRows:
        return self.filter(state__in=OPEN_ROUNDS)

    def ended(self) -> RoundRows:
        return self.exclude(state__in=OPEN_ROUNDS)

    def soonest_first(self) -> RoundRows:
        return self.order_by("planned_on", "from_time", "id")

    def newest_first(self) -> RoundRows:
        return self.order_by("-planned_on", "-from_time", "-id")


def _made_by(by: Actor) -> models.QuerySet[models.Model]:
    rows = Round.people.through._default_manager.filter(user_id=by.user_id or 0)
    return rows.values("round_id")  # type: ignore[return-value]  # a subquery of ids


class Round(Versioned, Staged):
    """A planned service on foot: where, when, by whom, what to look at; then what was seen."""

    moves = ROUND_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    planned_on = models.DateField(_("giorno"))
    from_time = models.TimeField(_("dalle"))
    to_time = models.TimeField(_("alle"))
    areas = models.ManyToManyField(Area, related_name="+")
    people = models.ManyToManyField(User, related_name="+")
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.PLANNED)
    state_since = models.DateTimeField(default=clock.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    notes = EncryptedTextField(_("com'è andato"), blank=True)
    end_reason = models.TextField(blank=True)

    objects = RoundRows.as_manager()

    class Meta:
        ordering = ("-planned_on", "-from_time", "-id")
        indexes = [
            models.Index(fields=["state", "planned_on", "from_time", "id"], name="round_state"),
            models.Index(fields=["-planned_on", "-from_time", "-id"], name="round_newest"),
            models.Index(fields=["started_at"], name="round_started"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_time__lt=F("to_time")), name="round_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RoundState.UNDER_WAY, RoundState.DONE]) | Q(started_at__isnull=False),
                name="begun_round_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.DONE) | Q(ended_at__gte=F("started_at")),
                name="done_round_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.CANCELLED) | ~Q(end_reason=""), name="cancelled_round_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ROUNDS

    @property
    def is_under_way(self) -> bool:
        return self.state == RoundState.UNDER_WAY


class RoundMove(Move):
    row = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="state_moves")


Round.move_model = RoundMove


class RoundStop(Dated, Located):
    """A place where a round passes, and what to look at there.

    One that stands for a case, a key contact or a place keeps no copy of where that is: what is erased there is gone here.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField()
    why = models.CharField(_("perché"), max_length=8, choices=StopWhy.choices)
    look_at = models.CharField(_("che cosa guardare"), max_length=300, blank=True)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(KeyContact, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by = models.CharField(max_length=120, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("position", "id")
        indexes = [models.Index(fields=["seen_at"], name="round_stop_seen")]
        constraints = [
            models.CheckConstraint(
                condition=(Q(why=StopWhy.CASE) & Q(case__isnull=False))
                | (Q(why=StopWhy.CONTACT) & Q(contact__isnull=False))
                | (Q(why=StopWhy.PLACE) & Q(place__isnull=False))
                | Q(why__in=[StopWhy.CLUSTER, StopWhy.WORDS]),
                name="stop_leads_to_what_it_says",
            )
        ]

    @property
    def spot(self) -> Case | KeyContact | Place | RoundStop:
        """The row that says where the stop is."""
        return self.case or self.contact or self.place or self

    @property
    def title(self) -> str:
        """Where, in words that name nobody."""
        spot = self.spot
        if isinstance(spot, Place):
            return spot.name
        if isinstance(spot, KeyContact):
            return f"{spot.label}, {spot.where}" if spot.where else spot.label
        if isinstance(spot, Case):  # what a case says of its place in words may name who lives there
            return spot.address or (spot.area.name if spot.area else str(self.get_why_display()))
        return spot.where

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, if they are known."""
        spot = self.spot
        return None if spot.lat is None or spot.lon is None else (spot.lat, spot.lon)


class ObservationRows(Rows):
    def to_settle(self) -> ObservationRows:
        return self.filter(became=ObservationBecame.OPEN)


class Observation(Versioned, Located):
    """What was seen on a round. `uuid` comes from who writes it: sent twice, it is kept once."""

    uuid = models.UUIDField(unique=True, default=uuid4)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="observations")
    stop = models.ForeignKey(
        RoundStop, null=True, blank=True, on_delete=models.SET_NULL, related_name="observations"
    )
    kind = models.CharField(_("che cosa hai visto"), max_length=8, choices=ObservationKind.choices)
    words = EncryptedTextField(_("in poche parole"), blank=True)
    at = models.DateTimeField(default=clock.now)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    became = models.CharField(max_length=8, choices=ObservationBecame.choices, default=ObservationBecame.OPEN)
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ObservationRows.as_manager()

    class Meta:
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["became", "-at", "-id"], name="observation_to_settle"),
            models.Index(fields=["at"], name="observation_at"),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    @property
    def is_settled(self) -> bool:
        return self.became != ObservationBecame.OPEN

    @property
    def point(self) -> tuple[float, float] | None:
        """Where it was seen: its own point, else that of its stop, of which no copy is kept."""
        if self.lat is not None and self.lon is not None:
            return self.lat, self.lon
        return self.stop.point if self.stop else None

    @property
    def title(self) -> str:
        """Where, in words."""
        own = self.address or self.place_words
        return own or (self.stop.title if self.stop else "") or (self.area.name if self.area else "")
