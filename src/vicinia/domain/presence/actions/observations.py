"""What is seen on a round, and what comes of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework import queries as cases
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import ContactDirection, ContactHow
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Category
from vicinia.domain.listening.states import Channel
from vicinia.domain.presence import events, queries, rules
from vicinia.domain.presence.models import Observation, Round, RoundStop
from vicinia.domain.presence.states import (
    SETTLED_AT_ONCE,
    ObservationBecame,
    ObservationKind,
)
from vicinia.domain.territory.queries import Location
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.attachments.models import Attachment
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class NewObservation:
    """Something seen. `uuid` comes from who writes it, so that a queue may send it again; `at` is when it was, if not now."""

    kind: str
    words: str = ""
    stop: RoundStop | None = None
    location: Location = field(default_factory=Location)
    files: Sequence[UploadedFile[Any]] = ()
    uuid: UUID = field(default_factory=uuid4)
    at: dt.datetime | None = None


@dataclass(frozen=True)
class Settlement:
    """What comes of an observation: nothing, something in a case, or a report of this kind."""

    became: str
    case: Case | None = None
    category: Category | None = None


@transaction.atomic
def observe(*, by: Actor, round_: Round, new: NewObservation) -> Observation:
    """Keep what was seen, with its photos. The same `uuid` gives the observation that is kept already.

    Colleagues on the same round write beside each other: nobody's observation stands in another's way.
    """
    row: Round = Round.objects.select_for_update(of=("self",)).get(pk=round_.pk)
    known = queries.observation_sent(new.uuid)
    if known is not None:
        rules.is_same_observation(known, row, by).require()
        return known
    at = min(new.at or clock.now(), clock.now())
    rules.may_observe(by, row, queries.crew_of(by, row), at).require()
    rules.is_stop_of(row, new.stop.round_id if new.stop else None).require()

    at = max(at, row.started_at or at)  # a phone's clock may be slow
    is_settled = new.kind in SETTLED_AT_ONCE
    observation = Observation(
        uuid=new.uuid,
        round=row,
        stop=new.stop,
        kind=new.kind,
        words=new.words,
        at=at,
        by_ref=by.ref,
        by_name=by.name,
        became=ObservationBecame.NOTHING if is_settled else ObservationBecame.OPEN,
        **_where(row, new),
    )
    observation.save(force_insert=True)
    for file in new.files:
        attachments.attach(by=by, about=observation, file=file)

    kind = journal.kept(ObservationKind(new.kind).label)
    journal.record(events.ROUND_OBSERVED, by=by, about=row, kind=kind)
    return observation


def _where(row: Round, new: NewObservation) -> dict[str, Any]:
    """Its own place. Of a stop's it keeps the area only; of a round through one area, that one."""
    where = asdict(new.location)
    if where["area_id"] is None:
        areas = list(row.areas.values_list("pk", flat=True)[:2])
        own = new.stop.area_id if new.stop else None
        where["area_id"] = own or (areas[0] if len(areas) == 1 else None)
    return where


@transaction.atomic
def remove_photo(*, by: Actor, observation: Observation, photo: Attachment, reason: str) -> Attachment:
    """Take a photo away, as when a face is on it; its bytes are erased, that it was there and why it went stays."""
    rules.may_lead(by, queries.crew_of(by, observation.round)).require()
    return attachments.remove(by=by, attachment=photo, reason=reason)


@transaction.atomic
def settle_observation(
    *, by: Actor, observation: Observation, settlement: Settlement, seen_version: int | None = None
) -> Observation:
    """Say what came of it. What goes into a case or becomes a report is written there now."""
    rows = Observation.objects.select_for_update(of=("self",)).select_related(
        "round", "stop__place", "stop__contact"
    )
    row: Observation = rows.get(pk=observation.pk)
    row.require_version(seen_version, yours=settlement)
    rules.may_settle(by, row).require()
    rules.must_lead_somewhere(
        settlement.became, has_case=settlement.case is not None, has_kind=settlement.category is not None
    ).require()

    _carry(by, row, settlement)
    row.became = settlement.became
    row.save()

    facts = {
        "kind": journal.kept(ObservationKind(row.kind).label),
        "became": journal.kept(ObservationBecame(settlement.became).label),
    }
    journal.record(events.OBSERVATION_SETTLED, by=by, about=row.round, **facts)
    return row


def _carry(by: Actor, row: Observation, settlement: Settlement) -> None:
    case = settlement.case
    if case is not None and settlement.became == ObservationBecame.NOTE:
        _note(by, row, case)
    if case is not None and settlement.became in (ObservationBecame.NOTE, ObservationBecame.LINKED):
        row.case = case
        journal.record(events.CASE_SEEN, by=by, about=case, round=row.round.reference)
    if settlement.category is not None and settlement.became == ObservationBecame.REPORT:
        _report(by, row, settlement.category)


def _note(by: Actor, row: Observation, case: Case) -> None:
    """In the diary of an open case; of a closed one, in its next look at how it went on."""
    words = f"{row.get_kind_display()}: {row.words}" if row.words else str(row.get_kind_display())
    if case.is_open:
        told = casework.NewContact(
            how=ContactHow.STREET,
            direction=ContactDirection.OUT,
            summary=words,
            with_whom=_("giro %(reference)s") % {"reference": row.round.reference},
            at=row.at,
            # The reporter's own next contact stays as it was agreed.
            next_contact_on=case.next_contact_on,
        )
        casework.contact_in_case(by=by, case=case, new=told)
        return
    points = list(cases.watch_points_of(case).filter(done_at__isnull=True)[:1])
    rules.may_note_after_closing(has_watch_point=bool(points)).require()
    for point in points:
        casework.note_watch_point(by=by, point=point, note=words)


def _report(by: Actor, row: Observation, category: Category) -> None:
    """A report of our own, with the photos: from now on they are seen by who sees the report."""
    new = listening.NewReport(
        category=category,
        title=category.name,
        description=row.words,
        location=_place_of(row),
        happened_at=row.at,
        wants_contact=False,
        idempotency_key=f"observation:{row.uuid}",
    )
    row.report = listening.receive(by=by, new=new, channel=Channel.STREET).report
    attachments.move_all(by=by, about=row, to=row.report)


def _place_of(row: Observation) -> Location:
    """Where it was. The place of a case is not copied: it may be somebody's door, and go with them."""
    spot = None if row.stop is None else (row.stop.contact or row.stop)
    place = row.stop.place if row.stop else None
    if row.address or row.place_words or row.has_point or spot is None:
        source: Any = row
    elif place is not None:
        return Location(place.lat, place.lon, address=place.name, area_id=place.area_id or row.area_id)
    else:
        source = spot
    return Location(
        source.lat,
        source.lon,
        source.civic_number_id,
        source.address,
        source.place_words,
        source.area_id or row.area_id,
    )
