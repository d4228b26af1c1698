"""Notices on paper, the doors to carry them to, the plan, the sheet at the door, the report of an event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from vicinia.domain.outreach import documents, queries
from vicinia.domain.outreach.links import page_url
from vicinia.domain.outreach.models import Event, Notice, NoticeText, PlanLine
from vicinia.domain.outreach.models.notices import FIRST_LANGUAGE
from vicinia.domain.territory import queries as territory
from vicinia.domain.territory.models import Dwelling
from vicinia.foundation.documents import pdf, qr
from vicinia.foundation.documents.composing import compose, part
from vicinia.foundation.kernel.actor import Actor

# Who comes without having signed up writes here.
BLANK_ROWS = 12
_SIZES = {documents.POSTER: "outreach/a3.css", documents.LEAFLET: "outreach/a5.css"}


@dataclass(frozen=True, slots=True)
class SheetText:
    """The notice in one language, as a sheet shows it."""

    language: str
    direction: str
    subject: str
    words: SafeString
    easy: SafeString | str
    is_unread: bool


@dataclass(frozen=True, slots=True)
class StairDoors:
    """A stair with its doors, from the ground up, and the languages spoken there."""

    name: str
    languages: str
    doors: Sequence[Dwelling]


def shown(text: NoticeText, *, with_easy: bool = True) -> SheetText:
    """One text of a notice, made ready for a page or a sheet."""
    return SheetText(
        text.language,
        text.direction,
        text.subject,
        documents.words_of(text),
        documents.words_of(text, easy=True) if with_easy and text.easy else "",
        not text.is_read_again and text.language != FIRST_LANGUAGE,
    )


def sheet(*, notice: Notice, kind: str, languages: Sequence[str], with_easy: bool = False) -> bytes:
    """A poster or a leaflet: the notice in some of its languages, with the way to its page."""
    chosen = [notice.by_language[code] for code in languages if code in notice.by_language]
    texts = [shown(text, with_easy=with_easy) for text in chosen or [notice.first_text]]
    link = page_url(notice)

    def values() -> dict[str, Any]:
        audience = ", ".join(queries.audience_names(notice))
        told = {"texts": texts, "audience": audience, "flag_language": get_language()}
        page = {
            "link": link,
            "qr": qr.svg(link),
            "day": notice.published_at,
            "until": notice.until,
            "reference": notice.reference,
        }
        return {
            "title": notice.first_text.subject,
            "audience": audience,
            "day": notice.published_at,
            "until": notice.until,
            "texts": part("outreach/papers/notice_texts.html", told),
            "page": part("outreach/papers/notice_page.html", page),
        }

    document = compose(kind, texts[0].language, values)
    context = {"document": document, "size_css": _SIZES[kind]}
    return pdf.render("outreach/papers/poster.html", context, language=document.language)


def doors(*, by: Actor, notice: Notice) -> bytes:
    """Every door that the notice is carried to, with boxes to tick."""
    stairs = queries.stairs_of(notice)
    by_stair = territory.doors_by_stair(stairs)
    spoken = queries.languages_spoken(stairs)

    def values() -> dict[str, Any]:
        rows = [
            StairDoors(
                stair.where,
                queries.languages_in_words(spoken.get(stair.pk, {})),
                by_stair[stair.pk],
            )
            for stair in stairs
        ]
        return {
            "title": notice.first_text.subject,
            "reference": notice.reference,
            "languages": queries.languages_in_words(queries.summed(spoken.values())),
            "doors": part("outreach/papers/door_rows.html", {"stairs": rows}),
        }

    document = compose(documents.DOORS, documents.LANGUAGE, values)
    return pdf.render("outreach/papers/doors.html", {"document": document}, language=document.language)


def plan(*, lines: Sequence[PlanLine], totals: queries.PlanTotals, period: str) -> bytes:
    """The communication plan as a table."""

    def values() -> dict[str, Any]:
        table = part("outreach/papers/plan_rows.html", {"lines": lines, "totals": totals})
        return {"period": period, "lines": table}

    document = compose(documents.PLAN, documents.LANGUAGE, values)
    return pdf.render("outreach/papers/plan.html", {"document": document}, language=document.language)


def _event_words(event: Event) -> dict[str, Any]:
    return {
        "title": event.title,
        "day": event.day,
        "hours": f"{event.from_time:%H:%M}–{event.to_time:%H:%M}",
        "place": event.place,
    }


def attendance_sheet(*, by: Actor, event: Event) -> bytes:
    """Who has a place, with a box each, and empty rows."""
    signed = list(queries.sign_ups_of(by, event).confirmed())

    def values() -> dict[str, Any]:
        rows = {"sign_ups": signed, "blank": range(BLANK_ROWS)}
        return {**_event_words(event), "rows": part("outreach/papers/sheet_rows.html", rows)}

    document = compose(documents.SHEET, documents.LANGUAGE, values)
    return pdf.render("outreach/papers/doors.html", {"document": document}, language=document.language)


def event_report(*, event: Event) -> bytes:
    """What came of an event, on one page."""

    def values() -> dict[str, Any]:
        figures = {"event": event, "seats": queries.seats_of(event)}
        return {
            **_event_words(event),
            "figures": part("outreach/papers/report_figures.html", figures),
            "report": event.report,
        }

    document = compose(documents.REPORT, documents.LANGUAGE, values)
    return pdf.render("documents/paper.html", {"document": document}, language=document.language)
