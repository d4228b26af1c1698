"""An answer that does not come goes up: to the contractor again, to the site manager, to the coordinator. Each step once."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.worksites import events, queries, rules
from vicinia.domain.worksites.actions.telling import tell_body, tell_unit
from vicinia.domain.worksites.models import Complaint
from vicinia.domain.worksites.states import Escalation
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@transaction.atomic
def chase(*, by: Actor, complaint: Complaint) -> bool:
    """Take a late answer as far up as it should be by today. Whether it went up."""
    row = queries.locked_complaint(complaint)
    due, was = rules.step_due(row, clock.today()), row.escalation
    if due <= was:
        return False
    row.escalation = due
    row.save()

    journal.record(events.COMPLAINT_CHASED, by=by, about=row, step=journal.kept(Escalation(due).label))
    key = f"late-{row.reply_due_on:%Y%m%d}"
    if was < Escalation.REMINDED:
        tell_body(by=by, complaint=row, body=row.lot.contractor, template="complaint_late", key=key)
    if was < Escalation.MANAGER <= due:
        tell_body(by=by, complaint=row, body=row.lot.manager, template="complaint_stuck", key=key)
    if due == Escalation.COORDINATOR:
        tell_unit(by=by, complaint=row, capability=Capability.ASSIGN, template="complaint_left", key=key)
    return True
