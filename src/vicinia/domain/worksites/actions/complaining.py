"""A complaint arrives, from the board of the site or at the desk; a case may come of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Category
from vicinia.domain.listening.states import Channel as ReportChannel
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Stair
from vicinia.domain.territory.queries import Location
from vicinia.domain.worksites import events, queries, rules
from vicinia.domain.worksites.actions.telling import new_token, tell_body, tell_resident, tell_unit
from vicinia.domain.worksites.models import Complaint, Lot
from vicinia.domain.worksites.states import ComplaintChannel
from vicinia.foundation.accounts.actions import revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference


@dataclass(frozen=True)
class NewComplaint:
    """A complaint as it arrives. `once` is the token of the page that sends it: twice the same makes one."""

    kind: str
    words: str
    once: str
    urgent: bool = False
    place: str = ""
    stair: Stair | None = None
    details: PersonDetails | None = None
    channel: ComplaintChannel = ComplaintChannel.PORTAL
    language: str = "it"
    files: Sequence[UploadedFile[Any]] = ()


@dataclass(frozen=True)
class SentComplaint:
    """A complaint that arrived, and the token of its writer's page; none for a page that was sent before."""

    complaint: Complaint
    token: str = ""


@transaction.atomic
def complain(*, by: Actor, lot: Lot, new: NewComplaint) -> SentComplaint:
    """Take in a complaint: it goes to who builds and who directs the lot, with the day by which they answer."""
    rules.may_complain(by, lot, is_shown=lot.worksite.is_shown, words=new.words).require()
    if (there := queries.complaint_sent(new.once)) is not None:
        return SentComplaint(there)

    urgent = rules.is_urgent(new.kind, ticked=new.urgent)
    person = people.meet(by=by, details=new.details) if new.details else None
    row = Complaint.objects.create(
        reference=f"SC{next_reference('complaint')}",
        lot=lot,
        kind=new.kind,
        is_urgent=urgent,
        words=new.words.strip(),
        place=new.place.strip(),
        stair=new.stair,
        person=person,
        channel=new.channel,
        language=new.language,
        reply_due_on=rules.reply_due(clock.today(), urgent=urgent),
        once=new.once,
    )
    for file in new.files:
        attachments.attach(by=by, about=row, file=file)

    token = new_token(by=by, complaint=row)
    channel = journal.kept(ComplaintChannel(new.channel).label)
    journal.record(events.COMPLAINT_RECEIVED, by=by, about=row, channel=channel)
    tell_resident(by=by, complaint=row, template="complaint_received", key="in", token=token)
    for body in queries.both_of(lot):
        tell_body(by=by, complaint=row, body=body, template="complaint_for_you", key="in")
    if urgent:
        keepers = Capability.KEEP_WORKSITES
        tell_unit(by=by, complaint=row, capability=keepers, template="complaint_urgent", key="in")
    return SentComplaint(row, token)


@transaction.atomic
def renew_link(*, by: Actor, complaint: Complaint) -> str:
    """Close every private link of a complaint and give a new one, for who lost theirs."""
    row = queries.locked_complaint(complaint)
    rules.may_give_link(by, row).require()

    revoke_links(by=by, purpose=LinkPurpose.COMPLAINT, about=row.reference)
    token = new_token(by=by, complaint=row)

    journal.record(events.COMPLAINT_LINK, by=by, about=row)
    return token


@transaction.atomic
def open_case_from(
    *,
    by: Actor,
    complaint: Complaint,
    title: str,
    category: Category,
    seen_version: int | None = None,
) -> Case:
    """Open a case on what was complained of, with who complained; a mediation is asked for from there."""
    row = queries.locked_complaint(complaint).require_version(seen_version, yours=title)
    rules.may_open_case(by, row).require()

    report = listening.receive(by=by, new=_report(row, title, category), channel=ReportChannel.DESK).report
    new = casework.OpenCase(title=title, category=category, legal_basis=LegalBasis.ADMINISTRATIVE)
    case = casework.open_case(by=by, new=new, reports=[report])
    row.case = case
    row.save()

    journal.record(events.COMPLAINT_CASE, by=by, about=row, case=case.reference)
    return case


def _report(row: Complaint, title: str, category: Category) -> listening.NewReport:
    house = row.stair.building if row.stair else row.lot.buildings.order_by("id").first()
    words = ", ".join(filter(None, (row.place, row.lot.worksite.name, row.lot.name)))
    place = Location(place_words=words[:300], area_id=row.lot.worksite.area_id)
    if house is not None:
        place = Location(
            house.lat, house.lon, house.civic_number_id, house.address, words[:300], house.area_id
        )
    return listening.NewReport(
        category=category,
        title=title,
        description=row.words,
        location=place,
        known_reporter=row.person,
        wants_contact=row.person is not None,
        language=row.language,
        source="worksite",
        source_id=row.reference,
        idempotency_key=f"worksite:{row.reference}",
    )
