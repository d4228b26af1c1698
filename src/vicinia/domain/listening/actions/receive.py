"""A report comes in, or someone says that an open one concerns them too."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.listening import events, queries, rules
from vicinia.domain.listening.actions.tell import follow_token, tell_joined, tell_reporter
from vicinia.domain.listening.models import Category, MeToo, Report
from vicinia.domain.listening.states import Channel
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.domain.territory.queries import Location
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.search import actions as search


@dataclass(frozen=True)
class NewReport:
    """What someone points out, as clean values of a form, a call or a message.

    `reporter` is None for who stays anonymous. `idempotency_key` makes a retry find the first report again.
    """

    category: Category
    title: str
    description: str = ""
    location: Location = field(default_factory=Location)
    since_words: str = ""
    frequency: str = ""
    who_suffers: str = ""
    happened_at: dt.datetime | None = None
    at_risk: bool = False
    reporter: PersonDetails | None = None
    known_reporter: Person | None = None
    on_behalf_of: str = ""
    wants_contact: bool = True
    contact_way: str = ""
    language: str = "it"
    privacy_read: bool = False
    files: Sequence[UploadedFile[Any]] = ()
    source: str = ""
    source_id: str = ""
    idempotency_key: str | None = None


@dataclass(frozen=True)
class Received:
    """A received report and the token of its private link, which is kept nowhere else. `again` marks a retry."""

    report: Report
    token: str
    again: bool = False


@transaction.atomic
def receive(*, by: Actor, new: NewReport, channel: Channel) -> Received:
    """Take in a report: number, area, deadline, files, journal, receipt — all or nothing."""
    rules.may_enter(by).require()
    rules.may_use_category(new.category).require()
    known = _already_received(new.idempotency_key)
    if known is not None:
        return Received(known, follow_token(by=by, report=known), again=True)

    report = _build(new, channel, _reporter_of(by, new))
    report.save(force_insert=True)
    for file in new.files:
        attachments.attach(by=by, about=report, file=file)

    journal.record(events.RECEIVED, by=by, about=report, channel=journal.kept(Channel(channel).label))
    search.put("report", [queries.search_text(report)])
    token = follow_token(by=by, report=report)
    email = new.reporter.email if new.reporter else ""
    key = f"received:{report.reference}"
    tell_reporter(by=by, report=report, template="report_received", key=key, token=token, email=email)
    return Received(report, token)


def _already_received(key: str | None) -> Report | None:
    return Report.objects.filter(idempotency_key=key).first() if key else None


def _reporter_of(by: Actor, new: NewReport) -> Person | None:
    if new.known_reporter is not None:
        return new.known_reporter
    return people.meet(by=by, details=new.reporter) if new.reporter else None


def _build(new: NewReport, channel: Channel, reporter: Person | None) -> Report:
    now = clock.now()
    place = new.location
    due_on = queries.first_contact_due(new.category, at_risk=new.at_risk, received_on=clock.today())
    return Report(
        reference=next_reference("report", digits=5),
        channel=channel,
        category=new.category,
        title=new.title,
        description=new.description,
        since_words=new.since_words,
        frequency=new.frequency,
        who_suffers=new.who_suffers,
        happened_at=new.happened_at,
        at_risk=new.at_risk,
        received_at=now,
        due_on=due_on,
        language=new.language,
        legal_basis=new.category.legal_basis,
        reporter=reporter,
        on_behalf_of=new.on_behalf_of,
        wants_contact=new.wants_contact and reporter is not None,
        contact_way=new.contact_way,
        privacy_read_at=now if new.privacy_read else None,
        lat=place.lat,
        lon=place.lon,
        civic_number_id=place.civic_number_id,
        address=place.address,
        place_words=place.place_words,
        area_id=place.area_id,
        source=new.source,
        source_id=new.source_id,
        idempotency_key=new.idempotency_key or None,
    )


@transaction.atomic
def say_me_too(
    *,
    by: Actor,
    report: Report,
    reporter: PersonDetails | None,
    words: str = "",
    idempotency_key: str | None = None,
) -> MeToo:
    """Add someone to an open report instead of a duplicate."""
    report = Report.objects.lock(report)
    rules.may_say_me_too(report).require()
    if idempotency_key and (known := MeToo.objects.filter(idempotency_key=idempotency_key).first()):
        return known

    person = people.meet(by=by, details=reporter) if reporter else None
    me_too = MeToo.objects.create(
        report=report, person=person, words=words, idempotency_key=idempotency_key or None
    )
    report.me_too_count += 1
    report.save(update_fields=["me_too_count"])

    # Their words stay with them and not in the line: an erasure must be able to reach them.
    journal.record(events.ME_TOO, by=by, about=report)
    if reporter is not None and reporter.email:
        tell_joined(by=by, me_too=me_too, email=reporter.email, language=reporter.language)
    return me_too
