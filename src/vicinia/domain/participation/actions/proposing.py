"""A proposal arrives, at the portal or at the desk, and is supported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.participation import events, queries, rules
from vicinia.domain.participation.actions.telling import new_token, tell_author
from vicinia.domain.participation.models import Author, Idea, Process, Support
from vicinia.domain.participation.states import Channel
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts.actions import revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import next_reference
from vicinia.foundation.kernel.turns import wait_turn

READ_WITHIN = 5  # working days


@dataclass(frozen=True)
class NewIdea:
    """A proposal as it arrives. `once` is the token of the page that sends it: twice the same makes one."""

    title: str
    text: str
    once: str
    place: str = ""
    area: Area | None = None
    process: Process | None = None
    details: PersonDetails | None = None
    shown: str = ""
    channel: Channel = Channel.PORTAL
    language: str = "it"
    files: Sequence[UploadedFile[Any]] = ()


@dataclass(frozen=True)
class Sent:
    """A proposal that arrived, and the token of its author's page; none for a page that was sent before."""

    idea: Idea
    token: str = ""


@transaction.atomic
def propose(*, by: Actor, new: NewIdea) -> Sent:
    """Take in a proposal: somebody reads it within some days and then everybody can."""
    rules.may_propose(by, title=new.title, text=new.text).require()
    phases = queries.phases_of(new.process) if new.process else []
    rules.takes_ideas(new.process, phases, clock.today()).require()
    wait_turn(f"proposal {new.once}")
    if (there := queries.idea_sent(new.once)) is not None:
        return Sent(there)

    idea = Idea.objects.create(
        reference=f"I{next_reference('idea')}",
        process=new.process,
        title=new.title.strip(),
        text=new.text.strip(),
        place=new.place.strip(),
        area=new.area,
        channel=new.channel,
        language=new.language,
        answer_due_on=clock.add_working_days(clock.today(), READ_WITHIN),
        once=new.once,
    )
    person = people.meet(by=by, details=new.details) if new.details else None
    author = Author.objects.create(idea=idea, person=person, shown=new.shown.strip())
    for file in new.files:
        attachments.attach(by=by, about=idea, file=file)

    token = new_token(by=by, idea=idea)
    journal.record(events.PROPOSED, by=by, about=idea, channel=journal.kept(Channel(idea.channel).label))
    tell_author(by=by, author=author, template="idea_received", key="in", token=token)
    return Sent(idea, token)


@transaction.atomic
def correct_idea(
    *, by: Actor, idea: Idea, title: str, text: str, place: str, seen_version: int | None
) -> Idea:
    """Correct slips, and take out names that nobody should read, before it is published."""
    row = queries.locked_idea(idea).require_version(seen_version, yours=text)
    rules.may_correct(by, row).require()
    rules.may_propose(by, title=title, text=text).require()

    row.title, row.text, row.place = title.strip(), text.strip(), place.strip()
    row.save()

    journal.record(events.CORRECTED, by=by, about=row)
    return row


@transaction.atomic
def support(
    *,
    by: Actor,
    idea: Idea,
    once: str,
    details: PersonDetails | None = None,
    channel: Channel = Channel.PORTAL,
) -> bool:
    """Support a proposal. Whether it was counted: who supports it already counts no second time."""
    row = queries.locked_idea(idea)
    rules.may_support(by, row).require()
    person = people.meet(by=by, details=details) if details else None
    there = Support.objects.filter(idea=row)
    if there.filter(once=once).exists() or (person and there.filter(person=person).exists()):
        return False

    Support.objects.create(idea=row, person=person, once=once, channel=channel)

    journal.record(events.SUPPORTED, by=by, about=row, channel=journal.kept(Channel(channel).label))
    return True


@transaction.atomic
def renew_link(*, by: Actor, idea: Idea) -> str:
    """Close every private link of a proposal and give a new one, for who lost theirs."""
    row = queries.locked_idea(idea)
    has_author = Author.objects.filter(idea=row, person__isnull=False).exists()
    rules.may_renew_link(by, has_author=has_author).require()

    revoke_links(by=by, purpose=LinkPurpose.IDEA, about=row.reference)
    token = new_token(by=by, idea=row)

    journal.record(events.LINK_GIVEN, by=by, about=row)
    return token
