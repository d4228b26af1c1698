"""What is asked of a body, what was shared for it, and what was said about it."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models import Case
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.network.states import LawfulBasis
from vicinia.domain.people.models import Person
from vicinia.domain.referrals.states import (
    ASKED_OF_YOU,
    OPEN_STATES,
    REFERRAL_MOVES,
    TO_ANSWER,
    ReferralKind,
    ReferralState,
)
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged
from vicinia.foundation.kernel.verdict import Sentence


class ReferralRows(Rows):
    def on(self, cases: models.QuerySet[Case]) -> ReferralRows:
        """Those of some cases: staff see the referrals of the cases that they see."""
        return self.filter(case__in=cases)

    def addressed_to(self, body: PartnerBody | None) -> ReferralRows:
        """Those of one body, which is all that it ever sees."""
        return self.filter(body=body) if body else self.none()

    def for_the_body(self) -> ReferralRows:
        """What waits for an answer first, then what goes on, then what has ended, newest first."""
        order = models.Case(
            models.When(state__in=TO_ANSWER, then=0), models.When(state__in=OPEN_STATES, then=1), default=2
        )
        return self.defer("shared_json").order_by(order, "-id")

    def overdue(self) -> ReferralRows:
        """Sent, and past the day by which an answer was asked."""
        return self.filter(state=ReferralState.SENT, answer_by__lt=clock.today())


class Referral(Versioned, Staged):
    """Something asked of a body about a case. `shared` is what the body sees of it, frozen when it was sent."""

    moves = REFERRAL_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    body = models.ForeignKey(PartnerBody, on_delete=models.PROTECT, related_name="referrals")
    kind = models.CharField(_("che cosa chiedi"), max_length=12, choices=ReferralKind.choices)
    asked = EncryptedTextField(_("con quali parole"))
    shared_json = EncryptedTextField(default="[]")
    people = models.ManyToManyField(Person, blank=True, related_name="+")
    basis = models.CharField(_("su quale base"), max_length=20, choices=LawfulBasis.choices)
    basis_note = EncryptedTextField(_("perché"))
    answer_by = models.DateField(_("rispondere entro"))
    told_to_reporter = models.BooleanField(_("visibile a chi segnala"), default=False)
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=ReferralState.choices, default=ReferralState.SENT)
    state_since = models.DateTimeField(default=clock.now)
    end_reason = models.TextField(blank=True)

    objects = ReferralRows.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["body", "state", "answer_by"], name="referral_body"),
            models.Index(fields=["state", "answer_by"], name="referral_overdue"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[ReferralState.DECLINED, ReferralState.REVOKED]) | ~Q(end_reason=""),
                name="referral_declined_says_why",
            )
        ]

    @property
    def asked_of_you(self) -> Sentence:
        """What is asked, said to the body."""
        return ASKED_OF_YOU[ReferralKind(self.kind)]

    @property
    def shared(self) -> list[list[str]]:
        """What the body sees: label and words, in order."""
        rows: list[list[str]] = json.loads(self.shared_json)
        return rows

    @shared.setter
    def shared(self, rows: Any) -> None:
        self.shared_json = json.dumps(rows, ensure_ascii=False)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class ReferralMove(Move):
    row = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="state_moves")


Referral.move_model = ReferralMove


class ReferralNote(Dated):
    """Something said about a referral, by us or by the body; both read it."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="notes")
    is_theirs = models.BooleanField()
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    text = EncryptedTextField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
