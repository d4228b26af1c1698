"""What may be done in a case: commitments, interventions, tasks."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from vicinia.domain.casework.models import Case, Commitment, Intervention, Task
from vicinia.domain.casework.rules.charge import may_work
from vicinia.domain.casework.states import CommitmentBy, CommitmentState, InterventionState, InterventionWay
from vicinia.domain.network.models import PartnerBody
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import YES, Sentence, Verdict, no


def may_plan(by: Actor, case: Case, goal: str, review_on: dt.date, today: dt.date) -> Verdict:
    """A plan says what is wanted, and is looked at again on a day to come."""
    if not goal.strip():
        return no(_("Scrivi che cosa volete ottenere."))
    if review_on < today:
        return no(_("Il giorno in cui rivedere il piano è già passato."))
    return may_work(by, case)


def may_end_commitment(
    by: Actor, case: Case, commitment: Commitment, state: str, explanation: str
) -> Verdict:
    """A commitment that is not kept is explained."""
    if state in (CommitmentState.NOT_KEPT, CommitmentState.DROPPED) and not explanation.strip():
        return no(_("Scrivi perché l'impegno non è stato mantenuto o non serve più."))
    if commitment.state == state:
        return no(_("L'impegno è già segnato così."))
    return may_work(by, case)


def may_carry_out(by: Actor, case: Case, intervention: Intervention) -> Verdict:
    if intervention.state != InterventionState.PLANNED:
        return no(_("L'intervento è già %(state)s.") % {"state": intervention.get_state_display()})
    return may_work(by, case)


def may_end_task(by: Actor, case: Case, task: Task) -> Verdict:
    if task.done_at is not None:
        return no(_("È già fatto."))
    return YES if task.assignee_id == by.user_id else may_work(by, case)


def who_committed(commitment: Commitment) -> Sentence:
    """Whose commitment it is, in words without personal data."""
    if commitment.who:
        return commitment.who
    if commitment.body is not None:
        return commitment.body.name
    if commitment.user is not None:
        return commitment.user.first_name
    return CommitmentBy(commitment.by_whom).label


def may_be_given(name: str, *, sees: bool) -> Verdict:
    """Something to do is given only to someone who sees the case: otherwise nobody would ever do it."""
    return YES if sees else no(_("%(name)s non vede questo caso: scegli un'altra persona.") % {"name": name})


def may_commit(by_whom: str, who: str, body: PartnerBody | None) -> Verdict:
    """A commitment says whose it is."""
    if by_whom == CommitmentBy.BODY and body is None:
        return no(_("Scegli l'ente che si è impegnato."))
    if by_whom == CommitmentBy.OTHER and not who.strip():
        return no(_("Scrivi di chi è l'impegno, senza nomi: per esempio «famiglia del secondo piano»."))
    return YES


def may_intervene(way: str, body: PartnerBody | None, led_by: str = "") -> Verdict:
    """An intervention that others lead says who they are."""
    if way == InterventionWay.RESIDENTS and not led_by.strip():
        return no(_("Scrivi chi lo guida, senza nomi: per esempio «comitato della scala B»."))
    if way == InterventionWay.PARTNER and body is None:
        return no(_("Scegli l'ente che guida l'intervento."))
    return YES
