"""A notice on its way: sent in pieces to who wanted it, and carried to the doors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.outreach import documents, events, queries, rules
from vicinia.domain.outreach.links import leave_url, page_url
from vicinia.domain.outreach.models import Delivery, Notice, NoticeText, Publication, Subscription
from vicinia.domain.outreach.states import SENT_WAYS, NoticeKind, Way
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Stair
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications
from vicinia.foundation.notifications.states import Channel
from vicinia.foundation.notifications.wording import OurWords

# How many messages are written in one transaction.
PIECE = 200


@dataclass(frozen=True)
class NewDelivery:
    """Paper carried to some stairs, or to a place in words; `doors` if it was not to every door of the stair."""

    way: str
    day: dt.date
    carried_by: str
    stairs: Sequence[Stair] = ()
    place: str = ""
    doors: int | None = None
    remark: str = ""
    photos: Sequence[UploadedFile[Any]] = ()


@transaction.atomic
def begin(*, by: Actor, notice: Notice, way: str) -> Publication:
    """A notice begins to go out by one way; of messages, the first piece is written at once."""
    is_sent = way in SENT_WAYS
    finished_at = None if is_sent else clock.now()
    row = Publication.objects.create(notice=notice, way=way, finished_at=finished_at)
    if is_sent:
        send_piece(by=by, publication=row)
    return row


@transaction.atomic
def send_piece(*, by: Actor, publication: Publication) -> int:
    """Write to the next who wanted this notice; how many. Each gets it once, however often this is done."""
    row = Publication.objects.select_related("notice").select_for_update(of=("self",)).get(pk=publication.pk)
    if row.finished_at is not None:
        return 0
    notice = row.notice
    readers = queries.recipients(notice, row.way, after=row.told_up_to, limit=PIECE)
    if len(readers) < PIECE:
        row.finished_at = clock.now()
    if readers:
        row.told_up_to = readers[-1].pk
    row.reached += len(readers)
    row.save()

    if row.finished_at is not None:
        way = journal.kept(Way(row.way).label)
        journal.record(events.SENT, by=by, about=notice, way=way, count=row.reached)
    for reader in readers:
        _write_to(by, notice, reader)
    return len(readers)


def _write_to(by: Actor, notice: Notice, reader: Subscription) -> None:
    text = notice.text_for(reader.language)
    is_sms = reader.way == Channel.SMS
    leave = leave_url(reader)
    notifications.queue(
        by=by,
        to=reader.address,
        template=_template(notice, is_sms),
        context=_words(notice, text, leave),
        language=reader.language,
        about=reader,
        key=f"notice:{notice.pk}:{reader.pk}",
        channel=Channel.SMS if is_sms else Channel.EMAIL,
        unsubscribe_link="" if is_sms else leave,
    )


def _template(notice: Notice, is_sms: bool) -> str:
    if is_sms:
        return "notice_sms"
    return "newsletter" if notice.kind == NoticeKind.NEWSLETTER else "notice"


def _words(notice: Notice, text: NoticeText, leave: str) -> dict[str, str]:
    return {
        "title": OurWords(text.subject),
        "words": OurWords(documents.plain_words_of(text)),
        "link": page_url(notice),
        "leave_link": leave,
    }


# Paper --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def record_delivery(*, by: Actor, notice: Notice, new: NewDelivery) -> list[Delivery]:
    """Write down that paper was carried to some stairs, or to another place."""
    row = queries.locked(notice)
    rules.may_deliver(by, row, clock.today(), day=new.day, way=new.way).require()
    already = queries.delivered_already(row, new.way, new.stairs)
    rules.may_deliver_to(stairs=len(new.stairs), place=new.place, already=already).require()

    doors = territory.stair_counts(new.stairs)
    where: list[dict[str, Any]] = [
        {"stair": stair, "doors": doors[stair.pk] if new.doors is None else new.doors} for stair in new.stairs
    ]
    if new.place.strip():
        where.append({"place": new.place.strip(), "doors": new.doors or 0})
    told = {
        "notice": row,
        "way": new.way,
        "day": new.day,
        "carried_by": new.carried_by,
        "remark": new.remark,
        "by_ref": by.ref,
    }
    made = [Delivery.objects.create(**told, **there) for there in where]
    for photo in new.photos:
        attachments.attach(by=by, about=made[0], file=photo)

    journal.record(events.DELIVERED, by=by, about=row, doors=sum(one.doors for one in made))
    return made


@transaction.atomic
def drop_delivery(*, by: Actor, delivery: Delivery) -> None:
    """Take back what was written down by mistake, with its photo."""
    rules.may_keep(by).require()
    attachments.erase_of(by=by, about=delivery)
    notice = delivery.notice
    delivery.delete()
    journal.record(events.UNDELIVERED, by=by, about=notice)
