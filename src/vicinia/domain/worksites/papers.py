"""The board of a lot, the minutes of a walk, the survey on paper."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from vicinia.domain.worksites import documents, queries
from vicinia.domain.worksites.models import Lot, SiteWalk, Worksite
from vicinia.foundation.documents import pdf, qr
from vicinia.foundation.documents.composing import compose, part


def _page(address: str) -> dict[str, Any]:
    link = settings.PUBLIC_URL.rstrip("/") + address
    return {"link": link, "qr": qr.svg(link)}


def board(*, lot: Lot, language: str) -> bytes:
    """What hangs on the fence: what is done, by whom, until when, and the way to the page."""

    def values() -> dict[str, Any]:
        return {
            "worksite": lot.worksite.name,
            "lot": lot.name,
            "who_to_call": lot.worksite.who_to_call,
            "contractor": lot.contractor.name if lot.contractor else "",
            "until": lot.shown_to,
            "page": part("worksites/papers/page.html", _page(reverse("public_lot", args=[lot.reference]))),
        }

    document = compose(documents.BOARD, language, values)
    context = {"document": document, "size_css": "outreach/a3.css"}
    return pdf.render("outreach/papers/poster.html", context, language=document.language)


def walk(*, walk: SiteWalk) -> bytes:
    """The minutes of a walk with what is to be fixed."""

    def values() -> dict[str, Any]:
        return {
            "worksite": walk.lot.worksite.name,
            "lot": walk.lot.name,
            "reference": walk.reference,
            "day": walk.day,
            "hour": f"{walk.at_time:%H:%M}",
            "place": walk.meeting_point,
            "participants": walk.participants,
            "minutes": walk.minutes,
            "points": part("worksites/papers/points.html", {"points": queries.points_of(walk)}),
        }

    document = compose(documents.WALK, documents.LANGUAGE, values)
    return pdf.render("documents/paper.html", {"document": document}, language=document.language)


def survey(*, worksite: Worksite, language: str) -> bytes:
    """Three questions with boxes, for who has no telephone at hand."""

    def values() -> dict[str, Any]:
        questions = [
            _("Mi avvisano in tempo dei disagi"),
            _("I disagi sono sopportabili"),
            _("Se segnalo un problema, mi rispondono"),
        ]
        shown = {"questions": questions, "marks": range(1, 6)}
        page = _page(reverse("worksite_survey", args=[worksite.reference]))
        return {
            "worksite": worksite.name,
            "questions": part("worksites/papers/questions.html", shown),
            "page": part("worksites/papers/page.html", page),
            "address": settings.HELP_ADDRESS,
        }

    document = compose(documents.SURVEY, language, values)
    return pdf.render("worksites/papers/survey.html", {"document": document}, language=document.language)
