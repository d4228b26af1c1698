"""Erasing a person from proposals: their words before anybody published them, their name, their tie to what they support."""

from __future__ import annotations

from django.db import transaction

from vicinia.domain.participation import events
from vicinia.domain.participation.models import Author, Idea, Support
from vicinia.domain.participation.states import SHOWN_IDEAS
from vicinia.foundation.accounts.actions import revoke_links
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications

ERASED = "…"


@transaction.atomic
def erase_person(*, by: Actor, person_id: int) -> int:
    """Part a person from what they proposed and supported. Published words are the town's and stay, without a name."""
    authors = list(
        Author.objects.select_for_update(of=("self",)).filter(person_id=person_id).select_related("idea")
    )
    for author in authors:
        _clear(by, author)
    supports = Support.objects.filter(person_id=person_id)
    ideas = list(Idea.objects.filter(supports__in=supports).distinct())
    count = supports.update(person=None)
    for idea in {one.pk: one for one in [*ideas, *(author.idea for author in authors)]}.values():
        journal.record(events.ERASED, by=by, about=idea)
    return len(authors) + count


def _clear(by: Actor, author: Author) -> None:
    idea = author.idea
    author.person, author.shown = None, ""
    author.save()
    notifications.forget(by=by, about=idea)
    revoke_links(by=by, purpose=LinkPurpose.IDEA, about=idea.reference)
    attachments.erase_of(by=by, about=idea)
    if idea.state not in SHOWN_IDEAS:
        idea.title, idea.text, idea.place = ERASED, ERASED, ""
        idea.save()
