"""Participation: processes with their phases, proposals of residents with authors and supports, and what came of them.

A resident's proposal is an `Idea` here: `Proposal` is casework's word for a case offered to a colleague.
"""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.participation.states import (
    ANSWERED_IDEAS,
    IDEA_MOVES,
    LIVE_IDEAS,
    OPEN_IDEAS,
    PROCESS_MOVES,
    RESULT_MOVES,
    SHOWN_IDEAS,
    SHOWN_PROCESSES,
    Channel,
    IdeaState,
    ProcessState,
    ResultState,
)
from vicinia.domain.people.models import Person
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class ProcessRows(Rows):
    def visible_to(self, by: Actor) -> ProcessRows:
        return self if by.can(Capability.SEE_PARTICIPATION) else self.none()

    def shown(self) -> ProcessRows:
        """What everybody may read of."""
        return self.filter(state__in=SHOWN_PROCESSES)

    def newest_first(self) -> ProcessRows:
        return self.order_by("-created_at", "-id")


class Process(Versioned, Staged):
    """Something that is decided together over some months, in phases."""

    moves = PROCESS_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(_("titolo"), max_length=140)
    summary = models.CharField(_("in breve"), max_length=300)
    body = models.TextField(_("spiegazione"), blank=True)
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("zone"))
    state = models.CharField(max_length=10, choices=ProcessState.choices, default=ProcessState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    outcome = models.TextField(_("che cosa ne è uscito"), blank=True)
    by_name = models.CharField(max_length=120)

    objects = ProcessRows.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name_plural = "processes"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=(ProcessState.CONCLUDED, ProcessState.STOPPED)) | ~Q(outcome=""),
                name="ended_process_says_what_came_of_it",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class ProcessMove(Move):
    row = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="state_moves")


Process.move_model = ProcessMove


class Phase(Versioned):
    """A part of a process: from when to when, what is decided in it and where."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="phases")
    title = models.CharField(_("titolo"), max_length=140)
    from_day = models.DateField(_("dal"))
    to_day = models.DateField(_("al"))
    decides = models.TextField(_("che cosa si decide"), blank=True)
    where = models.CharField(_("dove e come si decide"), max_length=300, blank=True)
    takes_ideas = models.BooleanField(_("si raccolgono proposte"), default=False)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("from_day", "to_day", "id")
        constraints = [
            models.CheckConstraint(condition=Q(from_day__lte=F("to_day")), name="phase_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.title

    def is_on(self, day: dt.date) -> bool:
        return self.from_day <= day <= self.to_day


class ProcessAssembly(Dated):
    """An assembly or a workshop that belongs to a process, in one of its phases or in none."""

    process = models.ForeignKey(Process, on_delete=models.CASCADE, related_name="assembly_links")
    phase = models.ForeignKey(
        Phase, null=True, blank=True, on_delete=models.SET_NULL, related_name="assembly_links"
    )
    assembly = models.OneToOneField(Assembly, on_delete=models.CASCADE, related_name="process_link")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class IdeaRows(Rows):
    def visible_to(self, by: Actor) -> IdeaRows:
        """Proposals that everybody reads for who sees participation; those still to be read, for who runs it."""
        if by.can(Capability.RUN_PARTICIPATION):
            return self
        return self.shown() if by.can(Capability.SEE_PARTICIPATION) else self.none()

    def shown(self) -> IdeaRows:
        """What everybody may read."""
        return self.filter(state__in=SHOWN_IDEAS)

    def open(self) -> IdeaRows:
        return self.filter(state__in=OPEN_IDEAS)

    def live(self) -> IdeaRows:
        """What can still be supported, and what others are merged into."""
        return self.filter(state__in=LIVE_IDEAS)

    def answered(self) -> IdeaRows:
        return self.filter(state__in=ANSWERED_IDEAS)

    def due_first(self) -> IdeaRows:
        return self.order_by("answer_due_on", "id")

    def newest_first(self) -> IdeaRows:
        return self.order_by("-created_at", "-id")


class Idea(Versioned, Staged):
    """What somebody proposes for the neighbourhood, from first reading to a reasoned answer."""

    moves = IDEA_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    process = models.ForeignKey(
        Process, null=True, blank=True, on_delete=models.PROTECT, related_name="ideas"
    )
    title = EncryptedTextField(_("titolo"))
    text = EncryptedTextField(_("proposta"))
    place = EncryptedTextField(_("dove"), blank=True)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.PORTAL)
    language = models.CharField(max_length=10, default="it")
    shows_photos = models.BooleanField(_("le foto si possono pubblicare"), default=False)
    state = models.CharField(max_length=10, choices=IdeaState.choices, default=IdeaState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    answer_due_on = models.DateField(_("risposta entro"))
    answer = EncryptedTextField(_("risposta"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    once = models.CharField(max_length=64, unique=True)

    objects = IdeaRows.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [models.Index(fields=["state", "answer_due_on", "id"], name="idea_due")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=ANSWERED_IDEAS) | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="answered_idea_has_reasons",
            ),
            models.CheckConstraint(
                condition=Q(state=IdeaState.MERGED, merged_into__isnull=False)
                | ~Q(state=IdeaState.MERGED) & Q(merged_into__isnull=True),
                name="merged_idea_says_into_which",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_IDEAS

    @property
    def is_late(self) -> bool:
        return self.is_open and self.answer_due_on < clock.today()


class IdeaMove(Move):
    row = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="state_moves")


Idea.move_model = IdeaMove


class Author(Dated):
    """Who made a proposal. `shown` is how they are to be named where everybody reads: empty for "somebody who lives here"."""

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="author")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shown = EncryptedTextField(_("come comparire"), blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class Support(Dated):
    """One person's support for a proposal: a person we know once, one without a name once for each browser or paper line."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="supports")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    once = models.CharField(max_length=64)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.PORTAL)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "person"],
                condition=Q(person__isnull=False),
                name="person_supports_an_idea_once",
            ),
            models.UniqueConstraint(fields=["idea", "once"], name="one_support_of_a_browser"),
        ]


class ResultRows(Rows):
    def visible_to(self, by: Actor) -> ResultRows:
        return self if by.can(Capability.SEE_PARTICIPATION) else self.none()


class Result(Versioned, Staged):
    """What becomes of an accepted proposal: how far it is, by whom it is done and by when."""

    moves = RESULT_MOVES
    state_field = "state"

    idea = models.OneToOneField(Idea, on_delete=models.PROTECT, related_name="result")
    state = models.CharField(max_length=10, choices=ResultState.choices, default=ResultState.PLANNED)
    percent = models.PositiveSmallIntegerField(_("percentuale"), default=0)
    who = models.CharField(_("chi la realizza"), max_length=160, blank=True)
    due_on = models.DateField(_("entro"), null=True, blank=True)

    objects = ResultRows.as_manager()

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(condition=Q(percent__lte=100), name="result_percent_at_most_100"),
            models.CheckConstraint(
                condition=~Q(state=ResultState.DONE) | Q(percent=100), name="done_result_is_whole"
            ),
        ]


class ResultMove(Move):
    row = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="state_moves")


Result.move_model = ResultMove


class Milestone(Dated):
    """A step on the way to a result."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("tappa"), max_length=160)
    due_on = models.DateField(_("entro"))
    done_on = models.DateField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("due_on", "id")

    @property
    def is_late(self) -> bool:
        return self.done_on is None and self.due_on < clock.today()


class ResultUpdate(models.Model):
    """What was told about a result at one moment, to the proposers and to everybody."""

    result = models.ForeignKey(Result, on_delete=models.CASCADE, related_name="updates")
    state = models.CharField(max_length=10, choices=ResultState.choices)
    percent = models.PositiveSmallIntegerField()
    words = models.TextField(_("che cosa è successo"))
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-id",)
