"""Who wants to be written to: asked, confirmed, ended at one touch."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.outreach.states import (
    SUBSCRIPTION_MOVES,
    EndedBecause,
    SubscriptionSource,
    SubscriptionState,
    SubscriptionWay,
)
from vicinia.domain.people.models import Person, new_reference
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows
from vicinia.foundation.kernel.moves import Move, Staged


class SubscriptionRows(Rows):
    def visible_to(self, by: Actor) -> SubscriptionRows:
        """That somebody subscribed is for who keeps the newsletter; their address is for nobody."""
        return self if by.can(Capability.KEEP_OUTREACH) else self.none()

    def active(self) -> SubscriptionRows:
        return self.filter(state=SubscriptionState.ACTIVE)

    def live(self) -> SubscriptionRows:
        """Asked for or active: those that hold an address."""
        return self.exclude(state=SubscriptionState.ENDED)


class Subscription(Staged, Dated):
    """A consent to be written to at one address: of notices, of the newsletter, or both; in areas, if any are named.

    The digest is the one of people's contact points, so that whose it is can be erased. Once ended, no address is left.
    """

    moves = SUBSCRIPTION_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    way = models.CharField(_("in che modo"), max_length=8, choices=SubscriptionWay.choices)
    address = EncryptedTextField(blank=True)
    digest = models.CharField(max_length=32, blank=True)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    language = models.CharField(_("lingua"), max_length=8, default="it")
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name=_("zone"))
    wants_notices = models.BooleanField(_("gli avvisi"), default=True)
    wants_newsletter = models.BooleanField(_("la newsletter"), default=True)
    source = models.CharField(_("da dove"), max_length=8, choices=SubscriptionSource.choices)
    paper_at = models.CharField(_("dove sta il modulo firmato"), max_length=140, blank=True)
    state = models.CharField(max_length=8, choices=SubscriptionState.choices)
    state_since = models.DateTimeField(default=clock.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_because = models.CharField(max_length=16, choices=EndedBecause.choices, blank=True)

    objects = SubscriptionRows.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["state", "way", "id"], name="subscription_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["way", "digest"],
                condition=~Q(state=SubscriptionState.ENDED),
                name="subscription_once_an_address",
            ),
            models.CheckConstraint(
                condition=Q(state=SubscriptionState.ENDED) | ~Q(address="") & ~Q(digest=""),
                name="live_subscription_has_an_address",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubscriptionState.ENDED)
                | Q(address="", digest="", person__isnull=True, ended_at__isnull=False)
                & ~Q(ended_because=""),
                name="ended_subscription_is_empty",
            ),
            models.CheckConstraint(
                condition=~Q(state=SubscriptionState.ACTIVE) | Q(confirmed_at__isnull=False),
                name="active_subscription_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(wants_notices=True) | Q(wants_newsletter=True),
                name="subscription_wants_something",
            ),
            models.CheckConstraint(
                condition=~Q(source=SubscriptionSource.DESK) | ~Q(paper_at=""),
                name="desk_subscription_has_its_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class SubscriptionMove(Move):
    row = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="state_moves")


Subscription.move_model = SubscriptionMove
