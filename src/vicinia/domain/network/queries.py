"""Reads about partner bodies."""

from __future__ import annotations

from vicinia.domain.network.models import BodyRows, PartnerBody


def bodies() -> BodyRows:
    """The bodies that can be asked."""
    return PartnerBody.objects.active()


def body_coded(code: str) -> PartnerBody | None:
    return PartnerBody.objects.active().filter(code=code).first()
