"""What who accompanies a household is told. No message says a name, a dwelling or a word of the household."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from vicinia.domain.mobility import queries
from vicinia.domain.mobility.models import FamilyMessage, Offer
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.notifications import actions as notifications


def outside(name: str, argument: str) -> str:
    """The address of a page as one reaches it from a message or from paper."""
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=[argument])


def tell_companions(*, by: Actor, offer: Offer) -> None:
    """Queue a message to who accompanies a household: it has not answered an offer in time."""
    for companion in queries.companions_of(offer.file):
        context = {"reference": offer.reference, "link": outside("rehousing_offer", offer.reference)}
        notifications.queue(
            by=by,
            to=companion.user.email,
            template="offer_unanswered",
            context=context,
            language=settings.LANGUAGE_CODE,
            about=offer,
            key=f"offer_unanswered:{companion.user_id}:{offer.pk}",
        )


def tell_of_message(*, by: Actor, message: FamilyMessage) -> None:
    """Queue a message to who accompanies a household: it has written from its page."""
    for companion in queries.companions_of(message.file):
        link = outside("rehousing_messages", message.file.reference)
        notifications.queue(
            by=by,
            to=companion.user.email,
            template="family_wrote",
            context={"reference": message.file.reference, "link": link},
            language=settings.LANGUAGE_CODE,
            about=message,
            key=f"family_wrote:{companion.user_id}:{message.pk}",
        )
