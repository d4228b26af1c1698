"""A case: where it stands, who is in charge of it, who and what belongs to it, what stands open on it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework import matters
from vicinia.domain.casework.states import (
    PROPOSAL_MOVES,
    STAGE_MOVES,
    CaseKind,
    Outcome,
    PersonRole,
    ProposalState,
    Stage,
)
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.people.models import Person
from vicinia.domain.territory.models import Located
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class CaseRows(Rows):
    def visible_to(self, by: Actor) -> CaseRows:
        """Cases that `by` may see: of own areas, in own charge or proposed to them; police ones by capability."""
        if not by.can(Capability.SEE_CASES):
            return self.none()
        rows = self
        if not by.can(Capability.SEE_POLICE_CASES):
            rows = rows.filter(legal_basis=LegalBasis.ADMINISTRATIVE)
        if by.everywhere:
            return rows
        reach = Q(area_id__in=by.area_ids) | Q(area_id__isnull=True)
        if by.user_id is not None:
            proposed = Proposal.objects.filter(state=ProposalState.PROPOSED, to_id=by.user_id).values(
                "case_id"
            )
            reach |= Q(owner_id=by.user_id) | Q(pk__in=proposed)
        return rows.filter(reach)

    def in_lines(self) -> CaseRows:
        """With what a line of a list shows of kind, area and owner."""
        return self.joining(
            category=("code", "name", "name_en"), area=("code", "name"), owner=("name", "is_active")
        )

    def open(self) -> CaseRows:
        return self.exclude(stage=Stage.CLOSED)

    def closed(self) -> CaseRows:
        return self.filter(stage=Stage.CLOSED)

    def owned_by(self, by: Actor) -> CaseRows:
        return self.filter(owner_id=by.user_id)

    def without_owner(self) -> CaseRows:
        return self.open().filter(owner_id__isnull=True)

    def forgotten(self) -> CaseRows:
        """Open cases without someone in charge who still comes in, or without a next date."""
        is_left = Q(owner_id__isnull=True) | Q(owner__is_active=False)
        return self.open().filter(is_left | Q(next_contact_on__isnull=True))

    def in_area(self, area_id: int) -> CaseRows:
        return self.filter(area_id=area_id)

    def most_urgent_first(self) -> CaseRows:
        return self.order_by(F("next_contact_on").asc(nulls_last=True), "id")

    def newest_first(self) -> CaseRows:
        return self.order_by("-opened_at", "-id")


class Case(Versioned, Staged, Located):
    """A problem followed by one operator until it is solved or contained."""

    moves = STAGE_MOVES
    state_field = "stage"

    reference = models.CharField(max_length=16, unique=True)
    kind = models.CharField(
        _("tipo di caso"), max_length=10, choices=CaseKind.choices, default=CaseKind.PERSON
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+", verbose_name=_("tipo"))
    title = models.CharField(_("titolo"), max_length=140)
    summary = models.TextField(_("che cosa succede"), blank=True)
    legal_basis = models.CharField(_("base giuridica"), max_length=20, choices=LegalBasis.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="cases"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    stage = models.CharField(_("fase"), max_length=12, choices=Stage.choices, default=Stage.SCANNING)
    stage_since = models.DateTimeField(default=clock.now)
    outcome = models.CharField(_("esito"), max_length=12, choices=Outcome.choices, blank=True)
    outcome_note = models.TextField(_("che cosa è cambiato"), blank=True)
    consultation = models.TextField(_("che cosa ne pensa chi ha segnalato"), blank=True)
    opened_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    next_contact_on = models.DateField(_("prossimo contatto"), null=True, blank=True)
    next_contact_words = models.CharField(max_length=200, blank=True)
    rhythm_days = models.PositiveSmallIntegerField(
        _("giorni lavorativi tra un contatto e l'altro"), null=True, blank=True
    )

    # New reports since closing that someone has looked at and left the case closed.
    seen_after_closing = models.PositiveIntegerField(default=0)

    objects = CaseRows.as_manager()

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage=Stage.CLOSED) | ~Q(outcome=""), name="closed_case_has_an_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.CLOSED) | Q(closed_at__isnull=False), name="closed_case_has_a_date"
            ),
        ]
        indexes = [
            models.Index(fields=["owner", "stage", "next_contact_on"], name="case_owner"),
            models.Index(fields=["stage", "next_contact_on", "id"], name="case_stage"),
            models.Index(fields=["area", "-opened_at", "-id"], name="case_area"),
            models.Index(fields=["lat", "lon"], name="case_point"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_open(self) -> bool:
        return self.stage != Stage.CLOSED


class CaseMove(Move):
    row = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stage_moves")


Case.move_model = CaseMove


class CaseReport(Dated):
    """A report that belongs to a case. A report belongs to one case at a time."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="report_links")
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="case_link")
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)


class CasePerson(Dated):
    """A person in a case, with what they are in it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="case_people")
    role = models.CharField(_("ruolo"), max_length=10, choices=PersonRole.choices)
    label = models.CharField(_("come ne parliamo senza fare nomi"), max_length=140, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="person_once_in_a_case")]


class Proposal(Dated, Staged):
    """A proposal to someone to take a case in charge."""

    moves = PROPOSAL_MOVES
    state_field = "state"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="proposals")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="proposals")
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=ProposalState.PROPOSED), name="one_open_proposal_per_case"
            )
        ]


class ProposalMove(Move):
    row = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="state_moves")


Proposal.move_model = ProposalMove


class MatterRows(Rows):
    """Matters and the closing of their cases."""

    def standing(self) -> MatterRows:
        """Without the work on an open case whose case is closed."""
        return self.exclude(case__stage=Stage.CLOSED, kind__in=sorted(matters.WHILE_OPEN))


class Matter(Dated):
    """Something of a higher subject (a referral, a mediation, an assessment) that stands open on a case.

    Higher subjects write it when it begins and take it away when it ends, so that the case, its stages and the day of who
    is in charge know of it without knowing the subject. `kind` names a sentence of `matters.py`, `facts` fill it in.
    `user` has to deal with it; without one, who is in charge. From `raised_on` the coordinator sees it too. `blocks` is
    the first stage that the case may not enter meanwhile ("closed": only closing), "" if it holds nothing up.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="matters")
    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    url = models.CharField(max_length=200)
    due_on = models.DateField(null=True, blank=True)
    raised_on = models.DateField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    blocks = models.CharField(max_length=12, choices=Stage.choices, blank=True)

    objects = MatterRows.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        indexes = [
            models.Index(fields=["due_on", "id"], name="matter_due"),
            models.Index(fields=["raised_on", "id"], name="matter_raised"),
        ]

    @property
    def sentence(self) -> str:
        """What stands open, in words."""
        return matters.in_words(self.kind, self.facts)
