"""What the acts of a mediation share: the locked row, a move with its line, what stands open on the case."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.mediation import events
from vicinia.domain.mediation.models import MediationFile
from vicinia.domain.mediation.states import OPEN_STATES, MediationState
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications

# Working days after which what nobody has moved is the coordinator's too.
RAISED_AFTER_DAYS = 3


def locked(file: MediationFile) -> MediationFile:
    """The file, read again and locked until the transaction ends."""
    rows = MediationFile.objects.select_for_update(of=("self",)).select_related("mediator", "case__owner")
    row: MediationFile = rows.get(pk=file.pk)
    return row


def enter(by: Actor, file: MediationFile, state: MediationState, **changes: Any) -> None:
    """Move the file; the case reads where it stands now, and that it has ended if it has."""
    now = clock.now()
    has_ended = state not in OPEN_STATES
    if has_ended:
        changes |= {"ended_at": now, "next_on": None}
    file.enter(state, by=by, state_since=now, **changes)
    event = events.ENDED if has_ended else events.MOVED
    journal.record(event, by=by, about=file.case, state=journal.kept(state.label))
    leave_open(by, file)


def written(by: Actor, file: MediationFile) -> None:
    """That something was written behind the wall, on the file's own line: not on the case, and not what."""
    journal.record(events.WRITTEN, by=by, about=file)


def leave_open(by: Actor, file: MediationFile) -> None:
    """What stands open on the case: it crosses the wall, so it says who mediates and where it stands, no more."""
    kind, due_on, blocks = _standing(file)
    matter = casework.OpenMatter(
        key=key_of(file),
        kind=kind,
        url=reverse("mediation_on_case", args=[file.case.reference]),
        facts={"mediator": file.mediator.name, "state": str(file.get_state_display())},
        due_on=due_on,
        raised_on=clock.add_working_days(due_on, RAISED_AFTER_DAYS),
        blocks=blocks,
    )
    casework.raise_matter(by=by, case=file.case, matter=matter)


def _standing(file: MediationFile) -> tuple[str, dt.date, str]:
    """The sentence, the day, and what it holds up: an agreement that is only checked holds nothing up."""
    if file.state == MediationState.REQUESTED:
        asked_on = timezone.localdate(file.created_at)
        return events.WAITING, clock.add_working_days(asked_on, settings.MEDIATION_ANSWER_DAYS), "closed"
    if file.state == MediationState.CHECKING:
        last = file.checks.order_by("due_on").last()
        return events.IN_CHECK, last.due_on if last else clock.today(), ""
    if file.is_open:
        accepted_on = timezone.localdate(file.accepted_at)
        return events.GOING_ON, clock.add_working_days(accepted_on, settings.MEDIATION_DAYS), "closed"
    return events.TO_READ, clock.today(), ""


def key_of(file: MediationFile) -> str:
    return f"mediation:{file.pk}"


def settle(by: Actor, file: MediationFile) -> None:
    casework.settle_matter(by=by, key=key_of(file))


def locked_case(case: Case) -> Case:
    row: Case = Case.objects.lock(case)
    return row


def tell_mediator(by: Actor, file: MediationFile, template: str, key: str) -> None:
    """A message to the mediator that something waits, and nothing of what."""
    link = settings.PUBLIC_URL.rstrip("/") + reverse("mediation", args=[file.reference])
    notifications.queue(
        by=by,
        to=file.mediator.email,
        template=template,
        context={"reference": file.reference, "link": link},
        language=file.mediator.language,
        about=file,
        key=f"{key_of(file)}:{key}",
    )
