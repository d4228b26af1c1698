"""The report and the action sheet as tagged PDF."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from vicinia.domain.programme.documents import LANGUAGE, REPORT, SHEET
from vicinia.domain.programme.drawing import Point, Row, Timeline, timeline
from vicinia.domain.programme.models import ActionSheet
from vicinia.domain.programme.papers.forms import Frozen, day
from vicinia.foundation.documents import pdf
from vicinia.foundation.documents.composing import compose, compose_kept, part


def report(frozen: Frozen) -> bytes:
    """The report to the funder."""
    said = frozen.content

    def values() -> dict[str, Any]:
        shown = {"content": said, "sheets": [_sheet(one) for one in said["sheets"]]}
        return {
            "reference": said["reference"],
            "edition": str(frozen.number),
            "programme": said["programme"]["title"],
            "funder": said["programme"]["funder"],
            "act": said["programme"]["act"],
            "from_day": day(said["from_day"]),
            "to_day": day(said["to_day"]),
            "words": said["words"],
            "frozen_on": frozen.frozen_at,
            "fingerprint": frozen.digest,
            "totals": part("programme/papers/totals.html", {"totals": _money_in(said["totals"])}),
            "timeline": part("programme/papers/timeline.html", {"timeline": timeline_of(said)}),
            "sheets": part("programme/papers/sheets.html", shown),
            "committee": part("programme/papers/committee.html", {"committee": _committee(said)}),
            "questions": part("programme/papers/questions.html", {"questions": _questions(said)}),
        }

    document = compose_kept(REPORT, frozen.text_digest, LANGUAGE, values)
    context = {"document": document, "town": SimpleNamespace(**said["town"])}
    return pdf.render("documents/paper.html", context, language=document.language, made_at=frozen.frozen_at)


def timeline_of(said: dict[str, Any]) -> Timeline:
    """The stripes of a report, as they were on the last day of its period."""
    rows = [
        Row(
            f"{sheet['code']} {sheet['title']}",
            day(sheet["from_day"]),
            day(sheet["to_day"]),
            sheet["state_words"],
            [_point(one) for one in sheet["milestones"]],
        )
        for sheet in said["sheets"]
    ]
    programme = said["programme"]
    return timeline(rows, day(programme["from_day"]), day(programme["to_day"]), day(said["to_day"]))


def _point(one: dict[str, Any]) -> Point:
    done = day(one["done_on"]) if one["done_on"] else None
    return Point(one["title"], day(one["planned_on"]), day(one["expected_on"]), done)


def _money_in(totals: dict[str, Any]) -> dict[str, Any]:
    money = ("hours", "spent", "budget", "spent_so_far")
    return {name: Decimal(value) if name in money else value for name, value in totals.items()}


def _sheet(one: dict[str, Any]) -> dict[str, Any]:
    figures = one["figures"]
    return {
        **one,
        "from_day": day(one["from_day"]),
        "to_day": day(one["to_day"]),
        "hours": Decimal(figures["hours"]["value"]),
        "spent": Decimal(figures["spent"]["value"]),
        "milestones": [
            {
                **row,
                "planned_on": day(row["planned_on"]),
                "expected_on": day(row["expected_on"]),
                "done_on": day(row["done_on"]) if row["done_on"] else None,
            }
            for row in one["milestones"]
        ],
        "activities": [
            {**row, "day": day(row["day"]), "hours": Decimal(row["hours"])} for row in one["activities"]
        ],
        "budget": [
            {**row, **{name: Decimal(row[name]) for name in ("amount", "spent", "spent_so_far")}}
            for row in one["budget"]
        ],
    }


def _committee(said: dict[str, Any]) -> dict[str, Any]:
    committee = said["committee"]
    return {
        **committee,
        "sittings": [{**row, "day": day(row["day"])} for row in committee["sittings"]],
        "decisions": [{**row, "due_on": day(row["due_on"])} for row in committee["decisions"]],
    }


def _questions(said: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**row, "asked_on": day(row["asked_on"])} for row in said["questions"]]


# The action sheet -------------------------------------------------------------------------------------------------


def sheet(
    row: ActionSheet, *, headings: Any, drawn: Timeline, budget: Any, measured: Any, made_at: dt.datetime
) -> bytes:
    """One action sheet as it stands."""

    def values() -> dict[str, Any]:
        return {
            "code": row.code,
            "title": row.title,
            "programme": row.programme.title,
            "axis": row.axis.title,
            "state": row.get_state_display(),
            "headings": part("programme/papers/headings.html", {"headings": headings}),
            "timeline": part("programme/papers/timeline.html", {"timeline": drawn}),
            "budget": part("programme/papers/budget.html", {"budget": budget}),
            "indicators": part("programme/papers/indicators.html", {"measured": measured}),
        }

    document = compose(SHEET, LANGUAGE, values)
    return pdf.render(
        "documents/paper.html", {"document": document}, language=document.language, made_at=made_at
    )
