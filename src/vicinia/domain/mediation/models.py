"""A mediation's file behind its wall: who the parties are, what they said, what they agreed and how it holds."""

from __future__ import annotations

import json
from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.mediation.states import (
    ENDED,
    MEDIATION_MOVES,
    OPEN_STATES,
    Decline,
    Kept,
    MediationState,
    Side,
    TermBy,
    Unsuitable,
    WayOut,
)
from vicinia.domain.people.models import Person
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class MediationRows(Rows):
    """The wall, in one place: whoever is not named here sees what `outside` gives, or nothing."""

    def visible_to(self, by: Actor) -> MediationRows:
        """The files that `by` mediates: no coordinator, no administrator, no other mediator."""
        if by.user_id is None or not by.can(Capability.MEDIATE):
            return self.none()
        return self.filter(mediator_id=by.user_id)

    def outside(self, cases: models.QuerySet[Case]) -> MediationRows:
        """What crosses the wall of the mediations of some cases: no column with what was said is read."""
        return (
            self.filter(case__in=cases)
            .select_related("mediator")
            .only(*CROSSING, "mediator__name", "mediator__role", "mediator__is_active")
        )

    def open(self) -> MediationRows:
        return self.filter(state__in=OPEN_STATES)

    def ended(self) -> MediationRows:
        return self.filter(state__in=ENDED)

    def for_the_mediator(self) -> MediationRows:
        """What waits for an answer first, then by the day agreed, then what has ended, newest first."""
        order = models.Case(
            models.When(state=MediationState.REQUESTED, then=0),
            models.When(state__in=OPEN_STATES, then=1),
            default=2,
        )
        return self.order_by(order, models.F("next_on").asc(nulls_last=True), "-id")


# The columns that cross the wall (docs/adr/0010): where it stands, who mediates, the days, and what to do instead.
CROSSING = (
    "case_id",
    "mediator_id",
    "reference",
    "state",
    "state_since",
    "created_at",
    "accepted_at",
    "ended_at",
    "decline",
    "way_out",
)


# The words of a file that only its mediator reads.
WALLED = ("asked", "signed_at", "unsuitable", "next_on", "signed_on")


class MediationFile(Versioned, Staged):
    """A mediation between two parties of a case, with one neutral third.

    `asked` are the operator's words to the mediator, frozen when it is asked. What crosses the wall is in `CROSSING`.
    """

    journal_name = "mediation"
    moves = MEDIATION_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="mediations")
    mediator = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mediations"
    )
    asked = EncryptedTextField(_("che cosa chiedi al mediatore"))
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    state = models.CharField(max_length=14, choices=MediationState.choices, default=MediationState.REQUESTED)
    state_since = models.DateTimeField(default=clock.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    decline = models.CharField(_("perché no"), max_length=16, choices=Decline.choices, blank=True)
    way_out = models.CharField(_("che cosa fare invece"), max_length=10, choices=WayOut.choices, blank=True)
    unsuitable = models.CharField(
        _("perché non è adatta"), max_length=12, choices=Unsuitable.choices, blank=True
    )
    next_on = models.DateField(_("prossimo passo"), null=True, blank=True)
    signed_on = models.DateField(_("firmato il"), null=True, blank=True)
    signed_at = EncryptedTextField(_("dove si firma"), blank=True, default="")
    # The text of the agreement that was signed, by language: so it can be printed again as it was.
    text_digests = models.JSONField(default=dict, blank=True)

    objects = MediationRows.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["mediator", "state", "next_on"], name="mediation_mine")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=OPEN_STATES), name="one_open_mediation_per_case"
            ),
            models.CheckConstraint(
                condition=~Q(state=MediationState.NOT_SUITABLE) | (~Q(way_out="") & ~Q(unsuitable="")),
                name="unsuitable_mediation_has_a_way_out",
            ),
            models.CheckConstraint(
                condition=~Q(state=MediationState.DECLINED) | ~Q(decline=""),
                name="declined_mediation_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ENDED) | Q(ended_at__isnull=False),
                name="ended_mediation_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(
                    state__in=[MediationState.CHECKING, MediationState.KEPT, MediationState.NOT_KEPT]
                )
                | Q(signed_on__isnull=False),
                name="checked_mediation_was_signed",
            ),
        ]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class MediationMove(Move):
    row = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="state_moves")


MediationFile.move_model = MediationMove


class Party(Dated):
    """One of the two: a person of the case, or somebody in words (a name, how to reach them)."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="parties")
    side = models.CharField(max_length=1, choices=Side.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    words = EncryptedTextField(_("chi è e come raggiungerla"), blank=True, default="")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("side", "id")
        constraints = [models.UniqueConstraint(fields=["file", "side"], name="two_parties_of_a_mediation")]


class WalledRows(Rows):
    def visible_to(self, by: Actor) -> WalledRows:
        """What `by` wrote, or was handed with the parties' consent, in files that `by` mediates."""
        return self.filter(file__in=MediationFile.objects.visible_to(by).order_by(), reader_id=by.user_id)


class Walled(Versioned):
    """Notes of a mediator. `reader` is who wrote them, or the colleague to whom the parties let them pass."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="%(class)s_rows")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = WalledRows.as_manager()

    class Meta:
        abstract = True


class Meeting(Walled):
    """A talk with one party, or a meeting of both (no party)."""

    party = models.ForeignKey(Party, null=True, blank=True, on_delete=models.CASCADE, related_name="meetings")
    on = models.DateField(_("quando"))
    place = EncryptedTextField(_("dove"), blank=True, default="")
    who_came = EncryptedTextField(_("chi c'era"), blank=True, default="")
    notes = EncryptedTextField(_("appunti"), blank=True, default="")

    class Meta:
        ordering = ("on", "id")


class Suitability(Walled):
    """What a party answered to the questions that tell whether mediation suits."""

    party = models.ForeignKey(Party, on_delete=models.CASCADE, related_name="answers")
    answers_json = EncryptedTextField(default="{}")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["party", "reader"], name="answers_of_a_party_once_a_mediator")
        ]

    @property
    def answers(self) -> dict[str, str]:
        found: dict[str, str] = json.loads(self.answers_json or "{}")
        return found

    @answers.setter
    def answers(self, values: Mapping[str, str]) -> None:
        self.answers_json = json.dumps(dict(values))


class PactRows(Rows):
    def visible_to(self, by: Actor) -> PactRows:
        """The agreement and how it holds belong to the parties and go with the file to whoever mediates it."""
        return self.filter(file__in=MediationFile.objects.visible_to(by).order_by())


class Term(Versioned):
    """One thing that is agreed: who does what, by when."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="terms")
    by_whom = models.CharField(_("chi"), max_length=4, choices=TermBy.choices)
    what = EncryptedTextField(_("che cosa"))
    by_when = EncryptedTextField(_("entro quando, o da quando"), blank=True, default="")

    objects = PactRows.as_manager()

    class Meta:
        ordering = ("id",)


class Check(Versioned):
    """A day on which the mediator asks both parties how the agreement holds."""

    file = models.ForeignKey(MediationFile, on_delete=models.CASCADE, related_name="checks")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    kept = models.CharField(_("com'è andata"), max_length=6, choices=Kept.choices, blank=True)
    notes = EncryptedTextField(_("appunti"), blank=True, default="")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = PactRows.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["done_on", "due_on"], name="mediation_check_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(kept=""), name="done_check_says_how_it_holds"
            )
        ]
