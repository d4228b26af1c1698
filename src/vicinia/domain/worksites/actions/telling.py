"""What who complains, the bodies of a lot and the unit are told. Nobody's name, and no word of a complaint, is in a message to a body."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.urls import reverse

from vicinia.domain.network.models import PartnerBody
from vicinia.domain.people import queries as people
from vicinia.domain.worksites.models import Complaint
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.actions import give_link
from vicinia.foundation.accounts.models import LinkPurpose
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications

LINK_LASTS = dt.timedelta(days=800)


def new_token(*, by: Actor, complaint: Complaint) -> str:
    """A fresh private link to the page of who complained."""
    return give_link(by=by, purpose=LinkPurpose.COMPLAINT, about=complaint.reference, valid_for=LINK_LASTS)


def link_of(token: str) -> str:
    """The address of that page as residents reach it."""
    return _outside("complaint_mine", token)


def _outside(name: str, argument: str) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=[argument])


def tell_resident(
    *, by: Actor, complaint: Complaint, template: str, key: str, token: str = "", words: str = ""
) -> None:
    """Queue a message to who complained, if we know where they read."""
    address = people.reach(complaint.person).email if complaint.person else ""
    if not address:
        return
    context = {"reference": complaint.reference, "lot": complaint.lot.name, "words": words}
    context["link"] = link_of(token or new_token(by=by, complaint=complaint))
    notifications.queue(
        by=by,
        to=address,
        template=template,
        context=context,
        language=complaint.language,
        about=complaint,
        key=f"{template}:{key}:{complaint.pk}",
    )


def tell_body(*, by: Actor, complaint: Complaint, body: PartnerBody | None, template: str, key: str) -> None:
    """Queue a message to a body of the lot: that there is something, where to read it and until when to answer."""
    if body is None or not body.email:
        return
    context = {
        "reference": complaint.reference,
        "lot": complaint.lot.name,
        "kind": complaint.get_kind_display(),
        "urgent": "1" if complaint.is_urgent else "",
        "day": f"{complaint.reply_due_on:%d/%m/%Y}",
        "link": _outside("partner_complaint", complaint.reference),
    }
    notifications.queue(
        by=by,
        to=body.email,
        template=template,
        context=context,
        language="it",
        about=complaint,
        key=f"{template}:{key}:{body.pk}:{complaint.pk}",
    )


def tell_unit(*, by: Actor, complaint: Complaint, capability: Capability, template: str, key: str) -> None:
    """Queue a message to the colleagues whose role has a capability."""
    for user in accounts.users_who_can(capability).order_by("id"):
        context = {
            "reference": complaint.reference,
            "lot": complaint.lot.name,
            "link": _outside("site_complaint", complaint.reference),
        }
        notifications.queue(
            by=by,
            to=user.email,
            template=template,
            context=context,
            language=settings.LANGUAGE_CODE,
            about=complaint,
            key=f"{template}:{key}:{user.pk}:{complaint.pk}",
        )
