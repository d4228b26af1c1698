"""The slip of an appointment and the hours to hang on the door."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.formats import time_format

from vicinia.domain.helpdesk import queries
from vicinia.domain.helpdesk.documents import HOURS, SLIP
from vicinia.domain.helpdesk.links import appointment_url, point_url
from vicinia.domain.helpdesk.models import Appointment, HelpPoint
from vicinia.foundation.documents import pdf, qr
from vicinia.foundation.documents.composing import Composed, compose, part


def _where(point: HelpPoint, link: str) -> dict[str, Any]:
    return {
        "point": point.name,
        "address": point.address,
        "directions": point.directions,
        "phone": point.phone,
        "page": part("helpdesk/papers/page.html", {"link": link, "qr": qr.svg(link)}),
    }


def slip(*, appointment: Appointment, token: str, language: str) -> bytes:
    """When and where, the code to say, the page to change it; no name, as slips are lost."""

    def values() -> dict[str, Any]:
        starts_at = timezone.localtime(appointment.starts_at)
        return {
            **_where(appointment.point, appointment_url(token)),
            "day": starts_at.date(),
            "hour": time_format(starts_at, "G:i"),
            "code": appointment.code,
        }

    return _printed(compose(SLIP, language, values))


def hours(*, point: HelpPoint, language: str) -> bytes:
    """The week, and the days that are unlike others."""

    def values() -> dict[str, Any]:
        days = queries.announced_days(point)
        week = {"week": [one for one in queries.week_of(point) if one.openings]}
        return {
            **_where(point, point_url(point)),
            "week": part("helpdesk/papers/week.html", week),
            "days": part("helpdesk/papers/days.html", {"days": days}) if days else "",
        }

    return _printed(compose(HOURS, language, values))


def _printed(document: Composed) -> bytes:
    return pdf.render("documents/paper.html", {"document": document}, language=document.language)
