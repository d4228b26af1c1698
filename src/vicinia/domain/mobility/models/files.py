"""The rehousing file of a household: what it needs and wishes, who accompanies it, how far it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.mobility.models.relocations import Relocation
from vicinia.domain.mobility.states import (
    ENDED_FILES,
    FILE_MOVES,
    FileState,
    InterviewPlace,
    RefusalReason,
)
from vicinia.domain.people.models import Household
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class RehousingRows(Rows):
    def visible_to(self, by: Actor) -> RehousingRows:
        """The line of each file (number, state, days) for who makes the plan; what it says only for companions."""
        return self if by.can(Capability.RUN_MOBILITY) else self.none()

    def accompanied_by(self, by: Actor) -> RehousingRows:
        """The files that `by` may open: those of the households that they accompany."""
        if by.user_id is None or not by.can(Capability.RUN_MOBILITY):
            return self.none()
        theirs = Companion.objects.filter(user_id=by.user_id).values("file_id")
        return self.filter(pk__in=theirs)

    def open(self) -> RehousingRows:
        return self.exclude(state=FileState.CLOSED)

    def with_right_of_return(self) -> RehousingRows:
        """The right to come back is claimed and has not come to its end."""
        return self.filter(claims_return=True, return_ended_on__isnull=True)

    def by_number(self) -> RehousingRows:
        return self.order_by("household__number", "id")


class RehousingFile(Versioned, Staged):
    """A household in a relocation. Its number is all that others read; words and wishes are for who accompanies it.

    `home` is the dwelling that it comes from, to which its right of return leads. `most_moves` (None: as the relocation).
    """

    moves = FILE_MOVES
    state_field = "state"

    relocation = models.ForeignKey(Relocation, on_delete=models.PROTECT, related_name="files")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="rehousing_files")
    case = models.OneToOneField(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="rehousing_file"
    )
    home = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="+")
    size = models.PositiveSmallIntegerField(_("quante persone"))
    needs_step_free = models.BooleanField(_("serve un alloggio senza barriere"), default=False)
    fragile = models.BooleanField(_("nucleo fragile"), default=False)
    most_moves = models.PositiveSmallIntegerField(_("trasferimenti al massimo"), null=True, blank=True)
    claims_return = models.BooleanField(_("chiede di rientrare"), default=False)
    return_ended_on = models.DateField(null=True, blank=True)
    return_end_reason = models.CharField(max_length=300, blank=True)
    language = models.CharField(_("lingua"), max_length=8, default="it")
    needs = EncryptedTextField(_("salute, assistenza, ausili"), blank=True)
    school = EncryptedTextField(_("scuola"), blank=True)
    work = EncryptedTextField(_("lavoro e orari"), blank=True)
    pets = EncryptedTextField(_("animali"), blank=True)
    belongings = EncryptedTextField(_("mobili e cose ingombranti"), blank=True)
    wishes = EncryptedTextField(_("preferenze"), blank=True)
    state = models.CharField(max_length=12, choices=FileState.choices, default=FileState.CENSUS)
    state_since = models.DateTimeField(default=clock.now)

    objects = RehousingRows.as_manager()

    class Meta:
        ordering = ("household__number", "id")
        constraints = [
            models.UniqueConstraint(fields=["relocation", "household"], name="file_of_household_once"),
            models.UniqueConstraint(
                fields=["household"],
                condition=~Q(state=FileState.CLOSED),
                name="household_has_one_open_file",
            ),
            models.CheckConstraint(condition=Q(size__gte=1), name="file_of_somebody"),
            models.CheckConstraint(
                condition=Q(return_ended_on__isnull=True) | ~Q(return_end_reason=""),
                name="ended_return_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.household.label

    @property
    def reference(self) -> str:
        """How the file is called in the journal and in URLs: the number of the household."""
        return self.household.reference

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED_FILES

    @property
    def moves_left(self) -> int:
        """How often the household may move at most, before what it has done is taken off."""
        if self.most_moves is not None:
            return self.most_moves
        relocation = self.relocation
        return relocation.most_moves_fragile if self.fragile else relocation.most_moves


class RehousingMove(Move):
    row = models.ForeignKey(RehousingFile, on_delete=models.CASCADE, related_name="state_moves")


RehousingFile.move_model = RehousingMove


class Companion(Dated):
    """Who accompanies a household and may read its file."""

    file = models.ForeignKey(RehousingFile, on_delete=models.CASCADE, related_name="companions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_first = models.BooleanField(default=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("file", "-is_first", "id")
        constraints = [
            models.UniqueConstraint(fields=["file", "user"], name="companion_once"),
            models.UniqueConstraint(fields=["file"], condition=Q(is_first=True), name="one_first_companion"),
        ]


class Interview(Versioned):
    """A talk with the household about the works and where to live meanwhile."""

    file = models.ForeignKey(RehousingFile, on_delete=models.CASCADE, related_name="interviews")
    day = models.DateField(_("giorno"))
    place = models.CharField(_("dove"), max_length=8, choices=InterviewPlace.choices)
    words = EncryptedTextField(_("che cosa è stato detto"))
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    once = models.CharField(max_length=64, unique=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-day", "-id")


class NearWish(Dated):
    """Two households that want to stay near each other; one line for the pair, whoever says it."""

    file = models.ForeignKey(RehousingFile, on_delete=models.CASCADE, related_name="near_wishes")
    other = models.ForeignKey(RehousingFile, on_delete=models.CASCADE, related_name="+")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("file", "id")
        constraints = [
            models.UniqueConstraint(fields=["file", "other"], name="near_wish_once"),
            models.CheckConstraint(condition=~Q(file=models.F("other")), name="near_somebody_else"),
        ]


class Refusal(Dated):
    """A dwelling where the household will not live, and why: the plan does not propose it again."""

    file = models.ForeignKey(RehousingFile, on_delete=models.CASCADE, related_name="refusals")
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("perché"), max_length=12, choices=RefusalReason.choices)
    words = EncryptedTextField(_("con parole sue"), blank=True)
    on = models.DateField(default=clock.today)
    withdrawn_on = models.DateField(null=True, blank=True)
    by_name = models.CharField(max_length=120)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("file", "-on", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["file", "dwelling"],
                condition=Q(withdrawn_on__isnull=True),
                name="dwelling_refused_once",
            )
        ]
