"""Reads about partner bodies."""

from __future__ import annotations

from vicinia.domain.network.models import BodyRows, PartnerBody


def bodies() -> BodyRows:
    """The bodies that can be asked."""
    return PartnerBody.objects.active()


def every_body() -> BodyRows:
    """Every body, those still asked first."""
    rows: BodyRows = PartnerBody.objects.order_by("-is_active", "name", "id")
    return rows


def body_named(code: str) -> PartnerBody:
    """The body of this code, also one that is no longer asked (404 otherwise)."""
    body: PartnerBody = PartnerBody.objects.one(code=code)
    return body


def body_coded(code: str) -> PartnerBody | None:
    return PartnerBody.objects.active().filter(code=code).first()
