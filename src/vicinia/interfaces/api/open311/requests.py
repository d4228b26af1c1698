"""Reports as service requests: the published ones to read for anybody, new ones to send with a key."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report, ReportRows
from vicinia.domain.listening.queries import similar
from vicinia.foundation.kernel.errors import NotVisible
from vicinia.interfaces.api.open311 import services
from vicinia.interfaces.api.open311.answers import (
    MOST_ROWS,
    Answer,
    Problem,
    as_instant,
    caller,
    listed,
    parameter,
    period,
)
from vicinia.interfaces.api.open311.sending import receive_request, source_of

PLACES = 3  # decimals of a degree that anybody is told: about a hundred metres


def requests(request: HttpRequest) -> Answer:
    """Published reports, the latest first, at most a thousand."""
    references = listed(request, "service_request_id")
    if references:
        rows = listening.public_reports().filter(reference__in=references[:MOST_ROWS])
    else:
        rows = _filtered(request)
    return Answer("service_requests", _as_requests(list(_page(request, rows.newest_first()))), "request")


def one_request(request: HttpRequest, reference: str) -> Answer:
    """A list with one published report."""
    row = listening.public_reports().filter(reference=reference).first()
    if row is None:
        raise NotVisible
    return Answer("service_requests", _as_requests([row]), "request")


def send_request(request: HttpRequest) -> Answer:
    """Take in a report."""
    by = caller(request)
    report = receive_request(request, by)
    value: dict[str, Any] = {
        "service_request_id": report.reference,
        "service_notice": _notice(report),
        "account_id": None,
    }
    return Answer("service_requests", [value], "request")


def token(request: HttpRequest, token: str) -> Answer:
    """The number behind a token. Numbers are given at once, so a token is the number, to the key that sent it."""
    by = caller(request)
    report = listening.report_of_source(source_of(by), token)
    if report is None:
        raise NotVisible
    value = {"service_request_id": report.reference, "token": report.reference}
    return Answer("service_requests", [value], "request")


def _notice(report: Report) -> str:
    if report.due_on is None:
        return ""
    return _("%(unit)s la guarda entro il %(day)s.") % {
        "unit": settings.UNIT_NAME,
        "day": report.due_on.strftime("%d/%m/%Y"),
    }


def _filtered(request: HttpRequest) -> ReportRows:
    start, end = period(request)
    rows: ReportRows = listening.public_reports().filter(received_at__range=(start, end))
    codes = listed(request, "service_code")
    if codes:
        for code in codes[:50]:
            services.kind_offered(code)
        rows = rows.filter(category__code__in=codes)
    states = {state.lower() for state in listed(request, "status")}
    if states - {"open", "closed"}:
        raise Problem(400, _("status: può essere open, closed o tutti e due."))
    if states == {"open"}:
        return rows.open()
    return rows.ended() if states == {"closed"} else rows


def _page(request: HttpRequest, rows: ReportRows) -> ReportRows:
    page, size = _count(request, "page", 1), _count(request, "page_size", MOST_ROWS)
    size = min(size, MOST_ROWS)
    return rows[(page - 1) * size : page * size]


def _count(request: HttpRequest, name: str, otherwise: int) -> int:
    word = parameter(request, name)
    if not word:
        return otherwise
    if not (word.isascii() and word.isdigit() and int(word[:6]) >= 1 and len(word) <= 5):
        raise Problem(400, _("%(name)s: serve un numero da 1 in su.") % {"name": name})
    return int(word)


def _as_requests(rows: Sequence[Report]) -> list[dict[str, Any]]:
    """What anybody is told: kind, street, day, about where. Never words, numbers of houses or hours."""
    streets = similar.public_streets(rows)
    return [_as_request(row, streets[row.pk]) for row in rows]


def _as_request(row: Report, street: str) -> dict[str, Any]:
    changed_at = row.ended_at or row.updated_at
    return {
        "service_request_id": row.reference,
        "status": "open" if row.is_open else "closed",
        "status_notes": None,
        "service_name": row.category.name,
        "service_code": row.category.code,
        "description": None,
        "agency_responsible": settings.UNIT_NAME,
        "service_notice": None,
        "requested_datetime": _day(row.received_at),
        "updated_datetime": _day(max(changed_at, row.received_at)),
        "expected_datetime": None,
        "address": street or None,
        "address_id": None,
        "zipcode": None,
        "lat": round(row.lat or 0.0, PLACES),
        "long": round(row.lon or 0.0, PLACES),
        "media_url": None,
    }


def _day(value: dt.datetime) -> str:
    local = timezone.localtime(value)
    return as_instant(local.replace(hour=0, minute=0, second=0, microsecond=0))
