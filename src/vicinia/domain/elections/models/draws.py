"""A random draw: a pool of tickets published by their numbers, a seed drawn in public later, and the order that follows."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.elections.states import DRAW_MOVES, SHOWN_DRAWS, DrawState
from vicinia.domain.people.models import Household
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class DrawRows(Rows):
    def visible_to(self, by: Actor) -> DrawRows:
        return self if by.can(Capability.SEE_PARTICIPATION) else self.none()

    def shown(self) -> DrawRows:
        """What everybody may read of at the portal; what was called off before it was published stays inside."""
        return self.filter(state__in=SHOWN_DRAWS, published_on__isnull=False)

    def newest_first(self) -> DrawRows:
        return self.order_by("-created_at", "-id")


class Draw(Versioned, Staged):
    """Who is drawn by lot for something, so that anybody can draw it again."""

    moves = DRAW_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    title = models.CharField(_("titolo"), max_length=140)
    why = models.TextField(_("a che cosa serve"))
    places = models.PositiveIntegerField(_("quanti si estraggono"))
    reserves = models.PositiveIntegerField(_("quante riserve"), default=0)
    source = models.CharField(_("da dove viene il numero"), max_length=200)
    source_day = models.DateField(_("giorno del numero"))
    pool_digest = models.CharField(max_length=64, blank=True)
    pool_size = models.PositiveIntegerField(default=0)
    published_on = models.DateField(null=True, blank=True)
    seed = models.CharField(_("numero estratto"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=DrawState.choices, default=DrawState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    end_reason = models.TextField(_("perché"), blank=True)
    by_name = models.CharField(max_length=120)

    objects = DrawRows.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = [
            models.CheckConstraint(condition=Q(places__gte=1), name="draw_draws_somebody"),
            models.CheckConstraint(
                condition=~Q(state__in=(DrawState.PUBLISHED, DrawState.DRAWN))
                | ~Q(pool_digest="") & Q(published_on__isnull=False, published_on__lt=models.F("source_day")),
                name="pool_is_published_before_the_number",
            ),
            models.CheckConstraint(
                condition=~Q(state=DrawState.DRAWN) | ~Q(seed=""), name="drawn_has_a_seed"
            ),
            models.CheckConstraint(
                condition=~Q(state=DrawState.CANCELLED) | ~Q(end_reason=""), name="cancelled_draw_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class DrawMove(Move):
    row = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="state_moves")


Draw.move_model = DrawMove


class Ticket(models.Model):
    """One in the pool: its public number says nothing; who it is, only who runs participation reads."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="tickets")
    code = models.CharField(max_length=12)
    household = models.ForeignKey(
        Household, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    label = EncryptedTextField(_("chi è"))
    place = models.PositiveIntegerField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("draw", "code")
        constraints = [
            models.UniqueConstraint(fields=["draw", "code"], name="ticket_in_a_pool_once"),
            models.UniqueConstraint(
                fields=["draw", "household"],
                condition=Q(household__isnull=False),
                name="household_in_a_pool_once",
            ),
            models.UniqueConstraint(
                fields=["draw", "place"], condition=Q(place__isnull=False), name="place_of_a_draw_once"
            ),
        ]

    def __str__(self) -> str:
        return self.code
