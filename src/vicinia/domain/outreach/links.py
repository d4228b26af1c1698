"""Addresses that leave the house: in messages, on paper, in calendars."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from vicinia.domain.outreach.models import Event, Notice, Subscription
from vicinia.domain.outreach.queries import leave_token


def _outside(name: str, argument: str) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=[argument])


def page_url(notice: Notice) -> str:
    """The address of a notice's page."""
    return _outside("public_notice", notice.reference)


def event_url(event: Event) -> str:
    """The address of an event's page."""
    return _outside("public_event", event.reference)


def sign_up_url(token: str) -> str:
    """The address of the private page of a sign-up."""
    return _outside("sign_up_page", token)


def confirm_url(token: str) -> str:
    """The address where a subscription is confirmed."""
    return _outside("newsletter_confirm", token)


def leave_url(subscription: Subscription) -> str:
    """The address that ends a subscription."""
    return _outside("newsletter_leave", leave_token(subscription))
