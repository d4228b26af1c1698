"""What is done in a case: contacts, commitments, interventions, tasks."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from vicinia.domain.casework.models.case import Case
from vicinia.domain.casework.states import (
    COMMITMENT_MOVES,
    INTERVENTION_MOVES,
    CommitmentBy,
    CommitmentState,
    ContactDirection,
    ContactHow,
    InterventionKind,
    InterventionState,
    InterventionWay,
)
from vicinia.domain.listening.models import Report
from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people.models import Person
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.fields import EncryptedTextField
from vicinia.foundation.kernel.models import Dated, Rows, Versioned
from vicinia.foundation.kernel.moves import Move, Staged


class Contact(Dated):
    """A contact with someone: about a report before there is a case, then in the case's diary."""

    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts")
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_ref = models.CharField(max_length=60)
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=clock.now)
    how = models.CharField(_("come"), max_length=10, choices=ContactHow.choices)
    direction = models.CharField(_("chi ha cercato chi"), max_length=4, choices=ContactDirection.choices)
    reached = models.BooleanField(_("ci siamo parlati"), default=True)
    minutes = models.PositiveSmallIntegerField(_("minuti"), null=True, blank=True)
    summary = models.TextField(_("che cosa è emerso"), blank=True)
    agreed = models.TextField(_("che cosa abbiamo deciso insieme"), blank=True)
    next_contact_on = models.DateField(_("prossimo contatto"), null=True, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(report__isnull=False), name="contact_is_about_something"
            )
        ]


class Commitment(Versioned, Staged):
    """What someone has undertaken to do, by a date."""

    moves = COMMITMENT_MOVES
    state_field = "state"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="commitments")
    by_whom = models.CharField(_("di chi"), max_length=10, choices=CommitmentBy.choices)
    who = models.CharField(_("chi, in parole"), max_length=140, blank=True)
    body = models.ForeignKey(PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField(_("che cosa"), max_length=300)
    due_on = models.DateField(_("entro"))
    state = models.CharField(max_length=10, choices=CommitmentState.choices, default=CommitmentState.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    explanation = models.TextField(_("perché"), blank=True)
    told_to_reporter = models.BooleanField(_("visibile a chi segnala"), default=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[CommitmentState.NOT_KEPT, CommitmentState.DROPPED])
                | ~Q(explanation=""),
                name="commitment_not_kept_is_explained",
            )
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="commitment_due")]


class CommitmentMove(Move):
    row = models.ForeignKey(Commitment, on_delete=models.CASCADE, related_name="state_moves")


Commitment.move_model = CommitmentMove


class Intervention(Versioned, Staged):
    """Something that is done about the cause, planned and then carried out."""

    moves = INTERVENTION_MOVES
    state_field = "state"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="interventions")
    kind = models.CharField(_("tipo"), max_length=12, choices=InterventionKind.choices)
    way = models.CharField(
        _("come"), max_length=10, choices=InterventionWay.choices, default=InterventionWay.DIRECT
    )
    body = models.ForeignKey(PartnerBody, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    led_by = models.CharField(_("chi lo guida, senza nomi"), max_length=140, blank=True)
    what = models.CharField(_("che cosa"), max_length=300)
    cause = models.CharField(_("su quale causa agisce"), max_length=300, blank=True)
    planned_on = models.DateField(_("quando"))
    state = models.CharField(
        max_length=10, choices=InterventionState.choices, default=InterventionState.PLANNED
    )
    done_on = models.DateField(null=True, blank=True)
    result = models.TextField(_("com'è andata"), blank=True)
    told_to_reporter = models.BooleanField(_("visibile a chi segnala"), default=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("planned_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=InterventionState.DONE) | Q(done_on__isnull=False),
                name="done_intervention_has_a_date",
            )
        ]
        indexes = [models.Index(fields=["state", "planned_on"], name="intervention_due")]


class InterventionMove(Move):
    row = models.ForeignKey(Intervention, on_delete=models.CASCADE, related_name="state_moves")


Intervention.move_model = InterventionMove


class Task(Versioned):
    """Something that a member of staff has to do in a case."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="tasks")
    what = models.CharField(_("che cosa"), max_length=300)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tasks")
    due_on = models.DateField(_("entro"))
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_reason = models.CharField(max_length=300, blank=True)

    objects = Rows.as_manager()

    class Meta:
        ordering = ("due_on", "id")
        indexes = [models.Index(fields=["assignee", "done_at", "due_on"], name="task_due")]


class Plan(Versioned):
    """What is wanted in a case, and when it is looked at again: the rest of the plan are commitments and interventions."""

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="plan")
    goal = EncryptedTextField(_("che cosa vogliamo ottenere"), blank=True)
    review_on = models.DateField(_("quando lo rivediamo"), null=True, blank=True)

    objects = Rows.as_manager()
