"""A behaviour agreement: who is in it, its terms version by version, signatures, reviews, and what was not kept."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.agreements.states import (
    AGREEMENT_MOVES,
    ENDED,
    OPEN_STATES,
    RUNNING,
    WAS_SIGNED,
    AgreementState,
    Answer,
    GivenUp,
    Grade,
    Held,
    Part,
    PassedTo,
    TermKind,
    Way,
)
from vicinia.domain.casework.models import Case
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people.models import Person
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class BehaviourAgreementRows(Rows):
    def on(self, cases: models.QuerySet[Case]) -> BehaviourAgreementRows:
        """Those of some cases: one sees an agreement only through its case, never by person."""
        return self.filter(case__in=cases)

    def open(self) -> BehaviourAgreementRows:
        return self.filter(state__in=OPEN_STATES)

    def ended(self) -> BehaviourAgreementRows:
        return self.filter(state__in=ENDED)

    def not_yet(self) -> BehaviourAgreementRows:
        """Proposed or signed, not in force."""
        return self.filter(state__in=[AgreementState.INVITED, AgreementState.SIGNED])

    def running(self) -> BehaviourAgreementRows:
        return self.filter(state__in=RUNNING)

    def due(self, day: dt.date) -> BehaviourAgreementRows:
        """Open ones for which something is to be done by a day."""
        return self.open().filter(next_on__lte=day)

    def in_lines(self) -> BehaviourAgreementRows:
        """With what a line of a list shows; no word about anybody."""
        return self.select_related("case__area", "case__owner").only(
            *("reference", "state", "starts_on", "ends_on", "next_on", "ended_on"),
            *("case__reference", "case__title", "case__area__name", "case__owner__name"),
        )

    def soonest_first(self) -> BehaviourAgreementRows:
        """What is to be done first, then what has ended, newest first."""
        is_open = models.Case(models.When(state__in=OPEN_STATES, then=0), default=1)
        return self.order_by(is_open, F("next_on").asc(nulls_last=True), "-id")


class BehaviourAgreement(Versioned, Staged):
    """A voluntary agreement on a case with the people whose behaviour it is about.

    `next_on` is the day of what comes next (an answer, a signature, a review, the end). `why` says which behaviour, in words
    about facts. Weeks between reviews, days as dates.
    """

    journal_name = "behaviour_agreement"
    moves = AGREEMENT_MOVES
    state_field = "state"

    reference = models.CharField(max_length=16, unique=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="behaviour_agreements")
    why = EncryptedTextField(_("di quali fatti si tratta"))
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    state = models.CharField(max_length=12, choices=AgreementState.choices, default=AgreementState.INVITED)
    state_since = models.DateTimeField(default=clock.now)
    starts_on = models.DateField(_("comincia il"))
    ends_on = models.DateField(_("finisce il"))
    review_weeks = models.PositiveSmallIntegerField(_("settimane tra un riesame e l'altro"))
    next_on = models.DateField(null=True, blank=True)
    signed_on = models.DateField(_("firmato il"), null=True, blank=True)
    ended_on = models.DateField(_("finito il"), null=True, blank=True)
    held = models.CharField(_("com'è andato"), max_length=6, choices=Held.choices, blank=True)
    given_up = models.CharField(_("perché si ritira"), max_length=6, choices=GivenUp.choices, blank=True)
    passed_to = models.CharField(_("a chi passa"), max_length=10, choices=PassedTo.choices, blank=True)
    end_note = EncryptedTextField(_("note sulla fine"), blank=True, default="")

    objects = BehaviourAgreementRows.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["state", "next_on"], name="agreement_next")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="agreement_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=WAS_SIGNED) | Q(signed_on__isnull=False),
                name="agreement_past_proposal_was_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ENDED) | Q(ended_on__isnull=False), name="ended_agreement_has_a_date"
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.COMPLETED) | ~Q(held=""),
                name="completed_agreement_says_how",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.WITHDRAWN) | ~Q(given_up=""),
                name="withdrawn_agreement_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.ESCALATED) | ~Q(passed_to=""),
                name="escalated_agreement_says_to_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class BehaviourAgreementMove(Move):
    row = models.ForeignKey(BehaviourAgreement, on_delete=models.CASCADE, related_name="state_moves")


BehaviourAgreement.move_model = BehaviourAgreementMove


class AgreementParty(Dated):
    """Who is in it: a person of the case who commits, their parent or guardian, a body that helps, ourselves.

    `born_on` is the date of birth of who is under age, as ISO text; empty for adults. `words` is who signs for a body.
    """

    agreement = models.ForeignKey(BehaviourAgreement, on_delete=models.CASCADE, related_name="parties")
    part = models.CharField(max_length=8, choices=Part.choices)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    guards = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="guardians"
    )
    body = models.ForeignKey(PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    born_on = EncryptedTextField(_("data di nascita"), blank=True, default="")
    words = EncryptedTextField(_("chi firma"), blank=True, default="")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "person"], condition=Q(part=Part.COMMITS), name="commits_once"
            ),
            models.UniqueConstraint(fields=["agreement", "person", "guards"], name="guards_a_child_once"),
            models.UniqueConstraint(fields=["agreement", "body"], name="body_once_in_an_agreement"),
            models.CheckConstraint(
                condition=(Q(part=Part.BODY) & Q(body__isnull=False))
                | (~Q(part=Part.BODY) & Q(body__isnull=True)),
                name="only_a_body_has_a_body",
            ),
            models.CheckConstraint(
                condition=(Q(part=Part.GUARDIAN) & Q(guards__isnull=False))
                | (~Q(part=Part.GUARDIAN) & Q(guards__isnull=True)),
                name="only_a_guardian_guards",
            ),
        ]

    @property
    def birthday(self) -> dt.date | None:
        """The date of birth, of who is under age."""
        return dt.date.fromisoformat(self.born_on) if self.born_on else None


class TermsVersion(Dated):
    """The terms as they are, or were, written: the first ones, and each revision. In force is the last one signed."""

    agreement = models.ForeignKey(BehaviourAgreement, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    ends_on = models.DateField()
    why = EncryptedTextField(_("perché si rivedono"), blank=True, default="")
    signed_on = models.DateField(null=True, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("agreement", "number")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="terms_version_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(signed_on__isnull=True),
                name="one_unsigned_version_of_terms",
            ),
        ]


class Term(Versioned):
    """One thing that is not done, is done, or is done in return. Without a party it is of all who commit, or ours.

    `is_promised` once a support has become a commitment of the case, so that a revision does not promise it twice.
    """

    terms = models.ForeignKey(TermsVersion, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("che cosa è"), max_length=8, choices=TermKind.choices)
    party = models.ForeignKey(
        AgreementParty, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    what = EncryptedTextField(_("con quali parole"))
    due_on = models.DateField(_("entro il"), null=True, blank=True)
    is_promised = models.BooleanField(default=False)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class Signature(Dated):
    """That a party has signed a version of the terms on paper, and when."""

    terms = models.ForeignKey(TermsVersion, on_delete=models.CASCADE, related_name="signatures")
    party = models.ForeignKey(AgreementParty, on_delete=models.CASCADE, related_name="signatures")
    signed_on = models.DateField()

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["terms", "party"], name="signed_once")]


class Invitation(Dated):
    """The first or second time that somebody is invited, and what they answered."""

    agreement = models.ForeignKey(BehaviourAgreement, on_delete=models.CASCADE, related_name="invitations")
    number = models.PositiveSmallIntegerField()
    on = models.DateField(_("quando"))
    way = models.CharField(_("come"), max_length=10, choices=Way.choices)
    answer_by = models.DateField(_("rispondere entro"))
    answer = models.CharField(_("che cosa ha risposto"), max_length=10, choices=Answer.choices, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    note = EncryptedTextField(_("note"), blank=True, default="")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("agreement", "number")
        indexes = [models.Index(fields=["answer", "answer_by"], name="invitation_unanswered")]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="invited_twice_at_most"),
            models.CheckConstraint(condition=Q(number__in=[1, 2]), name="invitation_is_first_or_second"),
            models.CheckConstraint(
                condition=Q(answer="") | Q(answered_on__isnull=False), name="answer_has_a_day"
            ),
        ]


class AgreementReview(Dated):
    """A day on which those who signed look together at how it goes."""

    agreement = models.ForeignKey(BehaviourAgreement, on_delete=models.CASCADE, related_name="reviews")
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    held = models.CharField(_("come va"), max_length=6, choices=Held.choices, blank=True)
    notes = EncryptedTextField(_("che cosa vi siete detti"), blank=True, default="")

    objects = Rows.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["done_on", "due_on"], name="agreement_review_due")]
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(held=""), name="done_agreement_review_says_how"
            )
        ]


class Response(Dated):
    """How one answered to what was not kept: each is a step of the same ladder."""

    agreement = models.ForeignKey(BehaviourAgreement, on_delete=models.CASCADE, related_name="responses")
    on = models.DateField()
    grade = models.CharField(_("come si risponde"), max_length=10, choices=Grade.choices)
    note = EncryptedTextField(_("che cosa si è detto"), blank=True, default="")
    skipped_why = EncryptedTextField(_("perché si salta un passo"), blank=True, default="")
    by_name = models.CharField(max_length=120)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("id",)


class Breach(Dated):
    """Something that was not kept: a fact with its day, not a judgement about somebody."""

    agreement = models.ForeignKey(BehaviourAgreement, on_delete=models.CASCADE, related_name="breaches")
    term = models.ForeignKey(Term, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField(_("quando"))
    what = EncryptedTextField(_("che cosa è successo"))
    response = models.ForeignKey(
        Response, null=True, blank=True, on_delete=models.SET_NULL, related_name="breaches"
    )

    objects = Rows.as_manager()

    class Meta:
        ordering = ("on", "id")
