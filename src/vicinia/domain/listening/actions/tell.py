"""What residents are told, with a private link to their own report."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from vicinia.domain.listening.models import MeToo, Report
from vicinia.domain.listening.queries import similar
from vicinia.domain.people import queries as people
from vicinia.foundation.accounts.actions import give_link
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.verdict import Sentence
from vicinia.foundation.notifications import actions as notifications

FOLLOW_LINK_LASTS = dt.timedelta(days=400)


def follow_token(*, by: Actor, report: Report) -> str:
    """A fresh private link to the follow page of a report."""
    return give_link(by=by, purpose=LinkPurpose.FOLLOW, about=report.reference, valid_for=FOLLOW_LINK_LASTS)


def follow_url(token: str) -> str:
    """The address of the follow page as residents reach it."""
    return settings.PUBLIC_URL.rstrip("/") + reverse("follow", args=[token])


def tell_reporter(
    *, by: Actor, report: Report, template: str, key: str, token: str = "", email: str = "", **words: Sentence
) -> None:
    """Queue a message to the reporter, if they want to be reached and left an e-mail address."""
    if report.reporter is None or not report.wants_contact:
        return
    address = email or people.reach(report.reporter).email
    if not address:
        return
    link = follow_url(token or follow_token(by=by, report=report))
    context: dict[str, Sentence] = {
        "reference": report.reference,
        "title": report.title,
        "link": link,
        **words,
    }
    notifications.queue(
        by=by, to=address, template=template, context=context, language=report.language, about=report, key=key
    )


def tell_joined(*, by: Actor, me_too: MeToo, email: str, language: str) -> None:
    """Confirm to someone that they joined a report. It is somebody else's: neither its number nor its page is theirs."""
    report = me_too.report
    with override(language):
        kind = report.category.label
    street = similar.public_streets([report])[report.pk]
    notifications.queue(
        by=by,
        to=email,
        template="me_too_received",
        context={"kind": kind, "street": street, "words": me_too.words},
        language=language,
        about=me_too,
        key=f"me-too:{me_too.pk}",
    )
