"""Pacts of collaboration: what residents and the town promise each other about a place, and what came of it each year."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.commons.models.spaces import Space
from vicinia.domain.commons.states import (
    OPEN_PACTS,
    PACT_MOVES,
    PACTS_AT_WORK,
    SHOWN_PACTS,
    PactLevel,
    PactOrigin,
    PactState,
    PromiseSide,
    PromiseState,
)
from vicinia.domain.people.models import Person
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class PactRows(Rows):
    def visible_to(self, by: Actor) -> PactRows:
        """What everybody reads for who sees participation; proposals still to be read for who runs it."""
        if by.can(Capability.RUN_PARTICIPATION):
            return self
        return self.shown() if by.can(Capability.SEE_PARTICIPATION) else self.none()

    def shown(self) -> PactRows:
        """What everybody may read."""
        return self.filter(state__in=SHOWN_PACTS)

    def open(self) -> PactRows:
        return self.filter(state__in=OPEN_PACTS)

    def at_work(self) -> PactRows:
        return self.filter(state__in=(PactState.SIGNED, *PACTS_AT_WORK))

    def newest_first(self) -> PactRows:
        return self.order_by("-created_at", "-id")


class Pact(Versioned, Staged):
    """A pact, from somebody's proposal to its end."""

    moves = PACT_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    title = EncryptedTextField(_("titolo"))
    goals = EncryptedTextField(_("che cosa si vuole ottenere"))
    place = EncryptedTextField(_("dove"), blank=True)
    level = models.CharField(_("tipo di cura"), max_length=12, choices=PactLevel.choices)
    origin = models.CharField(_("da chi parte"), max_length=10, choices=PactOrigin.choices)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    space = models.ForeignKey(Space, null=True, blank=True, on_delete=models.PROTECT, related_name="pacts")
    language = models.CharField(max_length=10, default="it")
    public_use = models.TextField(_("come lo usano tutti"), blank=True)
    insurance = models.TextField(_("assicurazione e responsabilità"), blank=True)
    publicity = models.TextField(_("come lo si racconta"), blank=True)
    monitoring = models.TextField(_("come si controlla"), blank=True)
    exclusion = models.TextField(_("quando il patto finisce prima"), blank=True)
    months = models.PositiveSmallIntegerField(_("quanti mesi dura"), default=12)
    assessment = models.TextField(_("che cosa ne pensano gli uffici"), blank=True)
    signed_on = models.DateField(_("firmato il"), null=True, blank=True)
    starts_on = models.DateField(_("dal"), null=True, blank=True)
    ends_on = models.DateField(_("al"), null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(default=0)
    end_reason = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=PactState.choices, default=PactState.PROPOSED)
    state_since = models.DateTimeField(default=clock.now)
    once = models.CharField(max_length=64, unique=True)

    objects = PactRows.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = [models.Index(fields=["state", "ends_on"], name="pact_term")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=PACTS_AT_WORK)
                | Q(
                    signed_on__isnull=False,
                    starts_on__isnull=False,
                    ends_on__isnull=False,
                    ends_on__gt=F("starts_on"),
                ),
                name="pact_at_work_has_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(PactState.CLOSED, PactState.REFUSED)) | ~Q(end_reason=""),
                name="ended_pact_says_why",
            ),
            models.CheckConstraint(condition=Q(months__gte=1), name="pact_lasts_at_least_a_month"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_late(self) -> bool:
        """Past its term, and nobody has said whether it goes on."""
        return self.state in PACTS_AT_WORK and self.ends_on is not None and self.ends_on < clock.today()


class PactMove(Move):
    row = models.ForeignKey(Pact, on_delete=models.CASCADE, related_name="state_moves")


Pact.move_model = PactMove


class PactParty(Dated):
    """Who proposes or signs: a person, or a group with who speaks for it. `shown` is how everybody reads of them."""

    pact = models.ForeignKey(Pact, on_delete=models.CASCADE, related_name="parties")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    shown = EncryptedTextField(_("come comparire"), blank=True)
    is_proposer = models.BooleanField(default=False)
    signed_on = models.DateField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class PactPromise(Versioned):
    """What one side promises, and how it was kept."""

    pact = models.ForeignKey(Pact, on_delete=models.CASCADE, related_name="promises")
    side = models.CharField(_("chi si impegna"), max_length=10, choices=PromiseSide.choices)
    words = models.TextField(_("a fare che cosa"))
    rhythm = models.CharField(_("quando o quanto spesso"), max_length=140, blank=True)
    state = models.CharField(max_length=8, choices=PromiseState.choices, default=PromiseState.PROMISED)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("side", "id")


class PactReport(Dated):
    """What came of a pact in one year, told to everybody."""

    pact = models.ForeignKey(Pact, on_delete=models.CASCADE, related_name="reports")
    year = models.PositiveSmallIntegerField(_("anno"))
    words = models.TextField(_("che cosa si è fatto"))
    trouble = models.TextField(_("che cosa non è andato"), blank=True)
    hours = models.PositiveIntegerField(_("ore donate"), default=0)
    people = models.PositiveIntegerField(_("persone coinvolte"), default=0)
    cost = models.DecimalField(
        _("quanto ha speso il Comune"), max_digits=10, decimal_places=2, default=Decimal(0)
    )
    promises = models.JSONField(default=list)
    by_name = models.CharField(max_length=120)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("-year", "-id")
        constraints = [models.UniqueConstraint(fields=["pact", "year"], name="one_report_of_a_pact_a_year")]
