"""Bodies of tenants: a committee or a self-managed house, with signatures, mandates and yearly accounts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.commons.states import (
    ACCOUNT_MOVES,
    BODIES_AT_WORK,
    BODIES_OVER,
    BODY_MOVES,
    SHOWN_BODIES,
    AccountState,
    BodyKind,
    BodyOrigin,
    BodyState,
    LineKind,
    MandateRole,
    Service,
    SignatureKind,
    SignatureState,
)
from vicinia.domain.people.models import Person
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged

THE_TOWN = "town"


class CommonsRule(Versioned):
    """What the town asks of bodies of tenants. One row; copied into each body when it is proposed."""

    key = models.CharField(max_length=8, primary_key=True, default=THE_TOWN)
    request_share = models.PositiveSmallIntegerField(_("percentuale di chi chiede"), default=25)
    acceptance_share = models.PositiveSmallIntegerField(_("percentuale di chi aderisce"), default=51)
    notice_days = models.PositiveSmallIntegerField(_("giorni di avviso"), default=10)
    convention_months = models.PositiveSmallIntegerField(_("durata della convenzione, in mesi"), default=12)
    account_days = models.PositiveSmallIntegerField(
        _("giorni per il rendiconto dopo la fine dell'anno"), default=90
    )

    objects = Rows.as_manager()

    class Meta:
        ordering = ("key",)
        constraints = [
            models.CheckConstraint(
                condition=Q(request_share__lte=100, acceptance_share__lte=100),
                name="commons_rule_shares_are_percentages",
            ),
            models.CheckConstraint(
                condition=Q(convention_months__gte=1), name="convention_lasts_at_least_a_month"
            ),
        ]


class TenantsBodyRows(Rows):
    def visible_to(self, by: Actor) -> TenantsBodyRows:
        return self if by.can(Capability.SEE_PARTICIPATION) else self.none()

    def shown(self) -> TenantsBodyRows:
        """What everybody may read of."""
        return self.filter(state__in=SHOWN_BODIES)

    def to_do(self) -> TenantsBodyRows:
        """On the way to being at work."""
        return self.filter(state__in=(BodyState.PROPOSED, BodyState.VERIFIED, BodyState.CONSTITUTED))

    def at_work(self) -> TenantsBodyRows:
        return self.filter(state__in=BODIES_AT_WORK)

    def over(self) -> TenantsBodyRows:
        return self.filter(state__in=BODIES_OVER)

    def newest_first(self) -> TenantsBodyRows:
        return self.order_by("-created_at", "-id")


class TenantsBody(Versioned, Staged):
    """Who represents the tenants of a building or of some of its stairs, or looks after it in their stead.

    Shares, notice and months are those in force when it was proposed. `until` is the term of the convention, which
    renews itself unless somebody gave notice.
    """

    moves = BODY_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(_("tipo"), max_length=16, choices=BodyKind.choices)
    name = models.CharField(_("nome"), max_length=140)
    building = models.ForeignKey(Building, on_delete=models.PROTECT, related_name="+")
    stairs = models.ManyToManyField(Stair, blank=True, related_name="+", verbose_name=_("scale"))
    entitled = models.PositiveIntegerField(_("assegnatari"))
    origin = models.CharField(_("chi la chiede"), max_length=12, choices=BodyOrigin.choices)
    manager = models.CharField(_("chi gestisce le case"), max_length=140)
    services = models.JSONField(_("di che cosa si occupa"), default=list, blank=True)
    purpose = models.TextField(_("perché"), blank=True)
    request_share = models.PositiveSmallIntegerField(default=25)
    acceptance_share = models.PositiveSmallIntegerField(default=51)
    notice_days = models.PositiveSmallIntegerField(default=10)
    convention_months = models.PositiveSmallIntegerField(default=12)
    account_days = models.PositiveSmallIntegerField(default=90)
    assembly = models.OneToOneField(
        Assembly, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    constituted_on = models.DateField(null=True, blank=True)
    convention = models.TextField(_("che cosa dice la convenzione"), blank=True)
    signed_on = models.DateField(_("firmata il"), null=True, blank=True)
    until = models.DateField(_("fino al"), null=True, blank=True)
    renewals = models.PositiveSmallIntegerField(default=0)
    notice_reason = models.TextField(_("perché non si rinnova"), blank=True)
    pause_reason = models.TextField(blank=True)
    end_reason = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=BodyState.choices, default=BodyState.PROPOSED)
    state_since = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=120)

    objects = TenantsBodyRows.as_manager()

    class Meta:
        ordering = ("-created_at", "-id")
        verbose_name_plural = "tenants bodies"
        indexes = [models.Index(fields=["state", "until"], name="tenants_body_term")]
        constraints = [
            models.CheckConstraint(condition=Q(entitled__gte=1), name="tenants_body_has_tenants"),
            models.CheckConstraint(
                condition=~Q(state__in=(BodyState.CONSTITUTED, *BODIES_AT_WORK))
                | Q(constituted_on__isnull=False),
                name="constituted_body_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BODIES_AT_WORK)
                | Q(signed_on__isnull=False, until__isnull=False, until__gte=F("signed_on")),
                name="body_at_work_has_a_term",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=BODIES_OVER) | ~Q(end_reason=""), name="ended_body_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(state=BodyState.SUSPENDED) | ~Q(pause_reason=""), name="suspended_body_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.name}"

    @property
    def is_over(self) -> bool:
        return self.state in BODIES_OVER

    @property
    def service_names(self) -> list[str]:
        return [str(Service(code).label) for code in self.services if code in Service.values]


class BodyMove(Move):
    row = models.ForeignKey(TenantsBody, on_delete=models.CASCADE, related_name="state_moves")


TenantsBody.move_model = BodyMove


class Signature(Dated):
    """One dwelling's signature under a request or an acceptance: a dwelling signs each once."""

    body = models.ForeignKey(TenantsBody, on_delete=models.CASCADE, related_name="signatures")
    kind = models.CharField(max_length=12, choices=SignatureKind.choices)
    dwelling = models.ForeignKey(Dwelling, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField(_("chi firma"))
    signed_on = models.DateField(_("firmata il"))
    state = models.CharField(max_length=10, choices=SignatureState.choices, default=SignatureState.UNCHECKED)
    reason = EncryptedTextField(_("perché non vale"), blank=True)
    checked_by = models.CharField(max_length=120, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "dwelling"], name="dwelling_signs_once"),
            models.CheckConstraint(
                condition=~Q(state=SignatureState.REJECTED) | ~Q(reason=""),
                name="rejected_signature_says_why",
            ),
        ]


class Mandate(Dated):
    """Somebody's office in a body, from when to when. Everybody reads the name only if its holder wants that."""

    body = models.ForeignKey(TenantsBody, on_delete=models.CASCADE, related_name="mandates")
    role = models.CharField(_("incarico"), max_length=14, choices=MandateRole.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField(_("nome e cognome"))
    stair = models.ForeignKey(Stair, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    from_day = models.DateField(_("dal"))
    until = models.DateField(_("fino al"))
    is_shown = models.BooleanField(_("il nome si può pubblicare"), default=False)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = EncryptedTextField(_("perché finisce prima"), blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=Q(from_day__lt=F("until")), name="mandate_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(end_reason=""), name="ended_mandate_says_why"
            ),
        ]

    def holds_on(self, day: dt.date) -> bool:
        """Whether it is in force that day."""
        last = self.until if self.ended_on is None else min(self.until, self.ended_on)
        return self.from_day <= day <= last


class AccountRows(Rows):
    def visible_to(self, by: Actor) -> AccountRows:
        return self if by.can(Capability.SEE_PARTICIPATION) else self.none()

    def newest_first(self) -> AccountRows:
        return self.order_by("-year", "-id")


class TenantsAccount(Versioned, Staged):
    """What a self-managed body took in and spent in one year, approved by its assembly."""

    moves = ACCOUNT_MOVES
    state_field = "state"

    body = models.ForeignKey(TenantsBody, on_delete=models.CASCADE, related_name="accounts")
    year = models.PositiveSmallIntegerField(_("anno"))
    opening = models.DecimalField(_("saldo iniziale"), max_digits=10, decimal_places=2, default=Decimal(0))
    words = models.TextField(_("relazione"), blank=True)
    state = models.CharField(max_length=10, choices=AccountState.choices, default=AccountState.DRAFT)
    state_since = models.DateTimeField(default=clock.now)
    return_reason = models.TextField(blank=True)
    approved_on = models.DateField(_("approvato il"), null=True, blank=True)
    approved_where = models.CharField(_("da chi è approvato"), max_length=200, blank=True)

    objects = AccountRows.as_manager()

    class Meta:
        ordering = ("-year", "-id")
        constraints = [
            models.UniqueConstraint(fields=["body", "year"], name="one_account_a_year"),
            models.CheckConstraint(
                condition=~Q(state=AccountState.APPROVED)
                | Q(approved_on__isnull=False) & ~Q(approved_where=""),
                name="approved_account_says_by_whom",
            ),
        ]

    @property
    def reference(self) -> str:
        """How it is called in the journal."""
        return f"{self.body.reference}-{self.year}"


class AccountMove(Move):
    row = models.ForeignKey(TenantsAccount, on_delete=models.CASCADE, related_name="state_moves")


TenantsAccount.move_model = AccountMove


class AccountLine(Dated):
    """One sum that came in or went out."""

    account = models.ForeignKey(TenantsAccount, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("tipo"), max_length=8, choices=LineKind.choices)
    day = models.DateField(_("giorno"))
    words = models.CharField(_("per che cosa"), max_length=200)
    amount = models.DecimalField(_("importo"), max_digits=10, decimal_places=2)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("day", "id")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="account_line_has_an_amount")]

    @property
    def signed(self) -> Any:
        """The amount as it changes the balance."""
        return self.amount if self.kind == LineKind.INCOME else -self.amount
