"""Addresses that leave the house: in messages, on paper, in calendars."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from vicinia.domain.helpdesk.models import HelpPoint


def _outside(name: str, argument: str) -> str:
    return settings.PUBLIC_URL.rstrip("/") + reverse(name, args=[argument])


def appointment_url(token: str) -> str:
    """The address of the private page of an appointment."""
    return _outside("appointment_page", token)


def point_url(point: HelpPoint) -> str:
    """The address of a help desk's page."""
    return _outside("public_help_point", point.code)
