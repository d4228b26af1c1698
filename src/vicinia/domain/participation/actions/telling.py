"""What who proposes is told, with the private link to their own proposal."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse

from vicinia.domain.participation import queries
from vicinia.domain.participation.models import Author, Idea
from vicinia.domain.people import queries as people
from vicinia.foundation.accounts.actions import give_link
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications

LINK_LASTS = dt.timedelta(days=800)


def new_token(*, by: Actor, idea: Idea) -> str:
    """A fresh private link to the page of who made this proposal."""
    return give_link(by=by, purpose=LinkPurpose.IDEA, about=idea.reference, valid_for=LINK_LASTS)


def link_of(token: str) -> str:
    """The address of that page as residents reach it."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("idea_mine", args=[token])


def tell_author(
    *, by: Actor, author: Author, template: str, key: str, token: str = "", words: str = ""
) -> None:
    """Queue a message to who made a proposal, if we know where they read."""
    idea = author.idea
    address = people.reach(author.person).email if author.person else ""
    if not address:
        return
    context = {"reference": idea.reference, "title": idea.title, "words": words}
    context["link"] = link_of(token or new_token(by=by, idea=idea))
    notifications.queue(
        by=by,
        to=address,
        template=template,
        context=context,
        language=idea.language,
        about=idea,
        key=f"{template}:{key}:{author.pk}",
    )


def tell_authors(*, by: Actor, idea: Idea, template: str, key: str, words: str = "") -> None:
    """The same to everybody who proposed it, also by one that was merged."""
    for author in queries.authors_to_tell(idea):
        tell_author(by=by, author=author, template=template, key=key, words=words)
