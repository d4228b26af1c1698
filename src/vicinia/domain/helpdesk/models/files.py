"""A help file: what is followed because one conversation was not enough."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.helpdesk.states import FILE_MOVES, OPEN_FILES, FileState, Kind, Topic
from vicinia.domain.listening.models import Report
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class FileRows(Rows):
    def visible_to(self, by: Actor) -> FileRows:
        """All of them for who keeps the help desk, the own ones for a colleague who was put in charge."""
        if by.can(Capability.RUN_HELPDESK):
            return self
        own = by.can(Capability.SEE_HELPDESK) and by.user_id is not None
        return self.filter(owner_id=by.user_id) if own else self.none()

    def open(self) -> FileRows:
        return self.filter(state__in=OPEN_FILES)

    def due_first(self) -> FileRows:
        return self.order_by("next_on", "id")

    def newest_first(self) -> FileRows:
        return self.order_by("-id")


class HelpFile(Versioned, Staged):
    """What somebody needs, followed to its end by one colleague. While it is open there is a next day."""

    moves = FILE_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    title = EncryptedTextField(_("in breve"))
    words = EncryptedTextField(_("che cosa serve"), blank=True)
    kind = models.CharField(
        _("per che cosa"), max_length=16, choices=Kind.choices, default=Kind.ACCOMPANIMENT
    )
    topic = models.CharField(_("argomento"), max_length=12, choices=Topic.choices, default=Topic.OTHER)
    language = models.CharField(_("lingua"), max_length=8, default="it")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=FileState.choices, default=FileState.OPEN)
    state_since = models.DateTimeField(default=clock.now)
    waits_for = EncryptedTextField(_("chi aspettiamo"), blank=True)
    answer = EncryptedTextField(_("che cosa abbiamo risposto"), blank=True)
    next_on = models.DateField(_("prossimo passo il"), null=True, blank=True)
    next_words = EncryptedTextField(_("prossimo passo"), blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    report = models.ForeignKey(Report, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = FileRows.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["state", "next_on", "id"], name="help_file_due"),
            models.Index(fields=["owner", "state", "next_on"], name="help_file_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=FileState.CLOSED) | Q(next_on__isnull=False),
                name="open_help_file_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=FileState.CLOSED) | Q(closed_at__isnull=False),
                name="closed_help_file_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=FileState.WAITING) | ~Q(waits_for=""),
                name="waiting_help_file_says_for_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_FILES

    @property
    def is_late(self) -> bool:
        return self.is_open and self.next_on is not None and self.next_on < clock.today()


class HelpFileMove(Move):
    row = models.ForeignKey(HelpFile, on_delete=models.CASCADE, related_name="state_moves")


HelpFile.move_model = HelpFileMove


class FileNote(models.Model):
    """A line of a help file's diary."""

    file = models.ForeignKey(HelpFile, on_delete=models.CASCADE, related_name="notes")
    words = EncryptedTextField(_("che cosa è successo"))
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-id",)
