"""What is signed before a move: written, signed on paper, cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.mobility import events, queries, rules
from vicinia.domain.mobility.actions.undoing import enter_accord, enter_file, undo
from vicinia.domain.mobility.models import Accord, RehousingFile, Removal, RemovalStep
from vicinia.domain.mobility.queries import moving, offers
from vicinia.domain.mobility.states import AccordState, FileState, RelocationStep
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference

# What every move needs; the others are there to be ticked where they are needed.
ALWAYS = frozenset(
    {
        RelocationStep.REMOVAL,
        RelocationStep.KEYS_OUT,
        RelocationStep.KEYS_IN,
        RelocationStep.METERS,
        RelocationStep.MAIL,
        RelocationStep.REGISTRY,
        RelocationStep.CLEANING,
    }
)


@transaction.atomic
def write_accord(*, by: Actor, accord: Accord, promises: str, seen_version: int | None = None) -> Accord:
    """Write what is agreed beside what every accord says."""
    row = moving.locked_accord(accord).require_version(seen_version, yours=promises)
    rules.may_write_accord(by, row, accompanies=queries.is_companion(by, row.file)).require()

    row.promises = promises.strip()
    row.save()

    journal.record(events.ACCORD_WRITTEN, by=by, about=row)
    return row


@transaction.atomic
def sign_accord(
    *,
    by: Actor,
    accord: Accord,
    signed_on: dt.date,
    signed_by: str,
    files: Sequence[UploadedFile[Any]] = (),
    seen_version: int | None = None,
) -> Removal:
    """It was signed on paper: the removal with its steps is there, its day still to be fixed."""
    row = moving.locked_accord(accord).require_version(seen_version, yours=signed_by)
    accompanies = queries.is_companion(by, row.file)
    rules.may_sign(by, row, accompanies=accompanies, signed_on=signed_on, signed_by=signed_by).require()

    scans = [attachments.attach(by=by, about=row, file=file) for file in files]
    scan = scans[0] if scans else None
    enter_accord(by, row, AccordState.SIGNED, signed_on=signed_on, signed_by=signed_by.strip(), scan=scan)
    file = queries.locked_file(row.file)
    enter_file(by, file, FileState.AGREED)
    return _removal(row, file)


def _removal(accord: Accord, file: RehousingFile) -> Removal:
    removal = Removal.objects.create(
        reference=f"TM{next_reference('rehousing-removal')}",
        file=file,
        accord=accord,
        from_dwelling=file.household.dwelling,
        to_dwelling=accord.offer.dwelling,
    )
    also = {RelocationStep.SCHOOL: file.school, RelocationStep.CARE: file.needs}
    RemovalStep.objects.bulk_create(
        RemovalStep(removal=removal, kind=kind, is_needed=kind in ALWAYS or bool(also.get(kind)))
        for kind in RelocationStep
    )
    return removal


@transaction.atomic
def cancel_accord(*, by: Actor, accord: Accord, reason: str, seen_version: int | None = None) -> Accord:
    """It holds no longer: with it fall the offer and the removal."""
    offer = offers.locked_offer(accord.offer)
    row = moving.locked_accord(accord).require_version(seen_version, yours=reason)
    rules.may_end_agreement(by, row, moving.agreement_facts(by, row), reason).require()

    undo(by, offer, reason.strip())
    return moving.locked_accord(row)


@transaction.atomic
def note_accord(*, by: Actor, accord: Accord) -> None:
    """The accord was printed."""
    rules.may_accompany(by, accompanies=queries.is_companion(by, accord.file)).require()
    journal.record(events.ACCORD_PRINTED, by=by, about=accord)
