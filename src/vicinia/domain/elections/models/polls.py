"""A vote: its options, the roll of who may vote, marks of who did, and a box of ballots that nothing joins to the marks.

A mark hangs on the roll and a ballot on the vote: they share no column, both have random keys and neither says at what hour.
"""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.elections.states import (
    POLL_MOVES,
    SHOWN_POLLS,
    Basis,
    Method,
    PollKind,
    PollState,
    Way,
)
from vicinia.domain.participation.models import Process
from vicinia.domain.people.models import Household, Person
from vicinia.domain.territory.models import Stair
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged
from vicinia_analytics import voting

# With fewer ballots than these the numbers would say how somebody voted: only who is elected is shown.
FEWEST_SHOWN = 5
# A key that every number of JavaScript and both databases hold.
_KEYS = 2**53 - 1


def random_id() -> int:
    """A key that says nothing about the order in which rows were made."""
    return 1 + secrets.randbelow(_KEYS)


class PollRows(Rows):
    def visible_to(self, by: Actor) -> PollRows:
        return self if by.can(Capability.SEE_PARTICIPATION) else self.none()

    def shown(self) -> PollRows:
        """What everybody may read of at the portal; what was annulled before it was called stays inside."""
        return self.filter(state__in=SHOWN_POLLS, entitled__gte=1)

    def newest_first(self) -> PollRows:
        return self.order_by("-opens_at", "-id")


class Poll(Versioned, Staged):
    """One question put to a closed roll: who represents a stair, who is in a committee, what is done with a courtyard."""

    moves = POLL_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    process = models.ForeignKey(
        Process, null=True, blank=True, on_delete=models.PROTECT, related_name="polls"
    )
    kind = models.CharField(_("che cosa si vota"), max_length=10, choices=PollKind.choices)
    title = models.CharField(_("titolo"), max_length=140)
    question = models.TextField(_("domanda"))
    method = models.CharField(_("come si vota"), max_length=10, choices=Method.choices)
    seats = models.PositiveSmallIntegerField(_("quanti si scelgono"), default=1)
    most = models.PositiveSmallIntegerField(_("scelte al massimo"), default=1)
    basis = models.CharField(_("chi vota"), max_length=12, choices=Basis.choices)
    stairs = models.ManyToManyField(Stair, blank=True, related_name="+", verbose_name=_("scale"))
    opens_at = models.DateTimeField(_("si vota dal"))
    closes_at = models.DateTimeField(_("si vota fino al"))
    place = models.CharField(_("dove si vota su carta"), max_length=200, blank=True)
    lot_source = models.CharField(_("da dove viene il numero del sorteggio"), max_length=200)
    lot_seed = models.CharField(_("numero del sorteggio"), max_length=200, blank=True)
    entitled = models.PositiveIntegerField(_("aventi diritto"), default=0)
    state = models.CharField(max_length=10, choices=PollState.choices, default=PollState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    end_reason = models.TextField(_("perché"), blank=True)
    paper_note = models.TextField(_("perché schede e votanti su carta non tornano"), blank=True)
    seal = models.CharField(max_length=64, blank=True)
    outcome = models.JSONField(default=dict, blank=True)
    by_name = models.CharField(max_length=120)

    objects = PollRows.as_manager()

    class Meta:
        ordering = ("-opens_at", "-id")
        indexes = [models.Index(fields=["state", "closes_at", "id"], name="poll_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at__lt=F("closes_at")), name="poll_opens_before_it_closes"
            ),
            models.CheckConstraint(condition=Q(seats__gte=1, most__gte=1), name="poll_elects_somebody"),
            models.CheckConstraint(
                condition=~Q(state=PollState.ANNULLED) | ~Q(end_reason=""), name="annulled_poll_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=PollState.COUNTED) | ~Q(seal=""), name="counted_poll_is_sealed"
            ),
            models.CheckConstraint(
                condition=Q(state__in=(PollState.DRAFT, PollState.ANNULLED)) | Q(entitled__gte=1),
                name="called_poll_has_a_roll",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def is_open(self, now: dt.datetime) -> bool:
        """Whether a vote given now counts."""
        return self.state == PollState.CALLED and self.opens_at <= now < self.closes_at

    @property
    def is_small(self) -> bool:
        """Whether there are so few ballots that their numbers would say how somebody voted."""
        return int(self.outcome.get("ballots", 0)) < FEWEST_SHOWN


class PollMove(Move):
    row = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="state_moves")


Poll.move_model = PollMove


class Option(Dated):
    """What can be voted for: a candidate, a yes, an idea. Its letter stands for it on every ballot."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    letter = models.CharField(max_length=1)
    label = EncryptedTextField(_("voce"))
    about = EncryptedTextField(_("presentazione"), blank=True)
    is_elected = models.BooleanField(default=False)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("poll", "letter")
        constraints = [models.UniqueConstraint(fields=["poll", "letter"], name="option_has_its_letter")]

    def __str__(self) -> str:
        return f"{self.letter}. {self.label}"


class VoterRows(Rows):
    def visible_to(self, by: Actor) -> VoterRows:
        """The roll of own areas, for who runs participation; a list without houses is of the whole town."""
        if not by.can(Capability.RUN_PARTICIPATION):
            return self.none()
        if by.everywhere:
            return self
        mine = Q(stair__building__area_id__in=by.area_ids)
        return self.filter(mine | Q(stair__isnull=True) | Q(stair__building__area_id__isnull=True))


class Voter(Versioned):
    """A line of the roll: one right to vote, as it was when the roll was closed. Who was struck off stays, with the reason."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="voters")
    number = models.PositiveIntegerField()
    stair = models.ForeignKey(Stair, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    label = EncryptedTextField(_("chi è"))
    note = EncryptedTextField(_("perché l'elenco è cambiato"), blank=True)
    is_added = models.BooleanField(default=False)
    is_struck = models.BooleanField(default=False)
    code_digest = models.CharField(max_length=32, unique=True, null=True, blank=True)
    code_given_on = models.DateField(null=True, blank=True)

    objects = VoterRows.as_manager()

    class Meta:
        ordering = ("poll", "number")
        constraints = [
            models.UniqueConstraint(fields=["poll", "number"], name="number_on_a_roll_once"),
            models.UniqueConstraint(
                fields=["poll", "household"],
                condition=Q(household__isnull=False, person__isnull=True),
                name="household_on_a_roll_once",
            ),
            models.UniqueConstraint(
                fields=["poll", "person"], condition=Q(person__isnull=False), name="person_on_a_roll_once"
            ),
            models.CheckConstraint(
                condition=Q(is_added=False, is_struck=False) | ~Q(note=""), name="changed_roll_says_why"
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def has_voted(self) -> bool:
        return hasattr(self, "mark")


class Mark(models.Model):
    """That a right to vote was used, on which day and how. The receipt proves it is counted; nothing leads to a ballot."""

    id = models.BigAutoField(primary_key=True, default=random_id)
    voter = models.OneToOneField(Voter, on_delete=models.PROTECT, related_name="mark")
    way = models.CharField(max_length=8, choices=Way.choices)
    day = models.DateField(default=clock.today)
    receipt_digest = models.CharField(max_length=64, unique=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("receipt_digest",)


class Ballot(models.Model):
    """One ballot in the box: the letters chosen and nothing else. Nobody reads it before the vote is closed."""

    id = models.BigAutoField(primary_key=True, default=random_id)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(max_length=26, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class PaperCount(Dated):
    """What one of two people counted in the paper box, without seeing what the other did. Emptied once both agree."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="paper_counts")
    by_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    lines = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    ballots = models.PositiveIntegerField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["poll", "by_user"], name="two_people_count_the_paper"),
        ]

    @property
    def box(self) -> dict[str, int]:
        return dict(self.lines)


def question_of(poll: Poll, letters: tuple[str, ...]) -> voting.Question:
    """The question as the count understands it."""
    return voting.Question(poll.method, letters, poll.seats, poll.most)
