"""Reports to the funder: computed from what is recorded, or read back as they were frozen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import override

from vicinia.domain.assemblies.states import AssemblyState, MinutesStage
from vicinia.domain.programme.documents import LANGUAGE, REPORT
from vicinia.domain.programme.models import (
    HEADINGS,
    ActionSheet,
    Activity,
    Cost,
    FunderQuery,
    FunderReport,
    FunderReportRows,
    Programme,
    SheetNote,
)
from vicinia.domain.programme.queries import keeping, measuring
from vicinia.domain.programme.rules import Missing, ReportFacts, SheetFacts, missing
from vicinia.domain.programme.states import LIVE_SHEETS, Measure, Scope, SheetState
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.documents import queries as documents
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.models import label_of
from vicinia.foundation.kernel.registries import countables
from vicinia.foundation.look.context import current_town

SCHEMA = 1
ZERO = Decimal(0)


def reports(by: Actor) -> FunderReportRows:
    """The reports that `by` may see."""
    rows: FunderReportRows = FunderReport.objects.visible_to(by).select_related("programme")
    return rows


def report_named(by: Actor, reference: str) -> FunderReport:
    """The visible report of this reference (404 otherwise)."""
    row: FunderReport = reports(by).one(reference=reference)
    return row


def reports_due(by: Actor, until: dt.date) -> FunderReportRows:
    """Reports that wait for one of us and fall due."""
    rows: FunderReportRows = reports(by).open().filter(due_on__lte=until)
    return rows.order_by("due_on", "id")


def notes_of(report: FunderReport) -> dict[int, SheetNote]:
    """What is said of each sheet, by sheet."""
    return {row.sheet_id: row for row in SheetNote.objects.filter(report=report).order_by("id")}


def questions_of(report: FunderReport) -> list[FunderQuery]:
    """What the funder asked, in order."""
    return list(report.queries.order_by("id"))


def question_of(report: FunderReport, pk: int) -> FunderQuery:
    """One question (404 otherwise)."""
    row: FunderQuery = report.queries.one(pk=pk)  # type: ignore[attr-defined]
    row.report = report
    return row


def texts_to_choose(programme: Programme) -> list[tuple[str, documents.Text]]:
    """The texts with which a report may be written: the one in force, ours, and that of the last report."""
    found = [documents.text_of(REPORT, LANGUAGE)]
    ours = documents.our_text(REPORT, LANGUAGE)
    last = programme.reports.order_by("-id").first()
    for text in (ours, documents.kept_text(last.text_digest, LANGUAGE) if last else None):
        if text is not None and text.digest not in {one.digest for one in found}:
            found.append(text)
    return [(one.digest, one) for one in found]


# Computed ---------------------------------------------------------------------------------------------------------


def sheets_told(report: FunderReport) -> list[ActionSheet]:
    """The sheets that a report tells of: those whose days meet its period."""
    return [
        row
        for row in keeping.sheets_of(report.programme)
        if row.from_day <= report.to_day and row.to_day >= report.from_day
    ]


def content_of(by: Actor, report: FunderReport) -> dict[str, Any]:
    """All that a report says, in plain values: words, figures, and the records behind each."""
    programme = report.programme
    with override(LANGUAGE):
        town = current_town()
        sheets = _sheets(report)
        return {
            "schema": SCHEMA,
            "town": {"name": town.name, "unit": town.unit, "help_phone": town.help_phone},
            "reference": report.reference,
            "from_day": report.from_day.isoformat(),
            "to_day": report.to_day.isoformat(),
            "words": report.words,
            "note": report.check_note,
            "protocol": report.protocol,
            "programme": {
                "reference": programme.reference,
                "title": programme.title,
                "aim": programme.aim,
                "funder": programme.funder,
                "act": programme.act,
                "from_day": programme.from_day.isoformat(),
                "to_day": programme.to_day.isoformat(),
            },
            "axes": [
                {"id": axis.pk, "position": axis.position, "title": axis.title}
                for axis in keeping.axes_of(programme)
            ],
            "sheets": sheets,
            "totals": _totals(report, sheets),
            "committee": _committee(by, report),
            "conventions": [
                {
                    "title": row.title,
                    "who": ", ".join([*sorted(one.name for one in row.bodies.all()), row.others]).strip(", "),
                    "signed_on": row.signed_on.isoformat(),
                    "protocol": row.protocol,
                }
                for row in keeping.conventions_of(programme)
                if row.signed_on <= report.to_day
            ],
            "questions": [
                {"asked_on": row.asked_on.isoformat(), "words": row.words, "answer": row.answer}
                for row in questions_of(report)
            ],
        }


def _activities(report: FunderReport) -> dict[int, list[Activity]]:
    found: dict[int, list[Activity]] = {}
    rows = Activity.objects.live().between(report.from_day, report.to_day)
    for row in rows.filter(sheet__programme=report.programme).order_by("day", "id"):
        found.setdefault(row.sheet_id, []).append(row)
    return found


def _costs(report: FunderReport) -> dict[int, list[Cost]]:
    found: dict[int, list[Cost]] = {}
    rows = Cost.objects.live().filter(day__lte=report.to_day, sheet__programme=report.programme)
    for row in rows.order_by("day", "id"):
        found.setdefault(row.sheet_id, []).append(row)
    return found


def _sheets(report: FunderReport) -> list[dict[str, Any]]:
    activities, costs = _activities(report), _costs(report)
    reached = measuring.PeopleReached(row for rows in activities.values() for row in rows)
    counts = measuring.Counts(report.from_day, report.to_day)
    notes, milestones = notes_of(report), keeping.milestones_of(report.programme)
    told = []
    for sheet in sheets_told(report):
        done = activities.get(sheet.pk, [])
        paid = costs.get(sheet.pk, [])
        people = reached.of(done)
        in_period = [row for row in paid if row.day >= report.from_day]
        note = notes.get(sheet.pk)
        told.append(
            {
                "id": sheet.pk,
                "axis": sheet.axis.position,
                "code": sheet.code,
                "title": sheet.title,
                "state": sheet.state,
                "state_words": sheet.get_state_display(),
                "from_day": sheet.from_day.isoformat(),
                "to_day": sheet.to_day.isoformat(),
                "words": note.words if note else "",
                "headings": [
                    [str(label_of(ActionSheet, name)), getattr(sheet, name)]
                    for name in HEADINGS
                    if getattr(sheet, name)
                ],
                "milestones": [_milestone(row) for row in milestones.get(sheet.pk, [])],
                "activities": [_activity(row) for row in done],
                "figures": {
                    "activities": {"value": len(done), "ids": [row.pk for row in done]},
                    "hours": {
                        "value": str(sum((row.hours for row in done), ZERO)),
                        "ids": [row.pk for row in done if row.hours],
                    },
                    "people": {
                        "value": people.total,
                        "known": people.known,
                        "counted": people.counted,
                        "ids": [row.pk for row in done],
                    },
                    "cases": {"value": sum(row.cases for row in done), "ids": []},
                    "spent": {
                        "value": str(sum((row.amount for row in in_period), ZERO)),
                        "ids": [row.pk for row in in_period],
                    },
                },
                "budget": _budget(sheet, paid, report.from_day),
                "indicators": _indicators(sheet, done, counts),
            }
        )
    return told


def _milestone(row: Any) -> dict[str, Any]:
    return {
        "title": row.title,
        "planned_on": row.planned_on.isoformat(),
        "expected_on": row.expected_on.isoformat(),
        "done_on": row.done_on.isoformat() if row.done_on else "",
        "slip_days": row.slip_days,
        "reasons": [one.reason for one in row.slips.all()],
    }


def _activity(row: Activity) -> dict[str, Any]:
    return {
        "id": row.pk,
        "day": row.day.isoformat(),
        "kind": row.get_kind_display(),
        "what": row.what,
        "hours": str(row.hours),
        "people": row.people,
        "deliverables": row.deliverables,
    }


def _budget(sheet: ActionSheet, paid: Sequence[Cost], since: dt.date) -> list[dict[str, Any]]:
    told = []
    for line in sheet.budget_lines.order_by("id"):
        of_line = [row for row in paid if row.line_id == line.pk]
        now = [row for row in of_line if row.day >= since]
        told.append(
            {
                "id": line.pk,
                "title": line.title,
                "source": line.source,
                "amount": str(line.amount),
                "spent": str(sum((row.amount for row in now), ZERO)),
                "spent_so_far": str(sum((row.amount for row in of_line), ZERO)),
                "ids": [row.pk for row in now],
            }
        )
    return told


def _indicators(
    sheet: ActionSheet, done: Sequence[Activity], counts: measuring.Counts
) -> list[dict[str, Any]]:
    named = measuring.named_by(sheet, done)
    told = []
    for row in sheet.indicators.order_by("id"):
        figure = measuring.figure_of(row, counts, named.get(row.source, set()))
        countable = countables.get(row.source)
        kinds = measuring.kinds_of(row.source)
        told.append(
            {
                "id": row.pk,
                "title": row.title,
                "source": row.source,
                "source_words": str(countable.title) if countable else row.source,
                "kinds": [str(kinds.get(kind, kind)) for kind in row.kinds],
                "measure": row.measure,
                "measure_words": str(Measure(row.measure).label),
                "scope_words": str(Scope(row.scope).label),
                "unit": str(countable.unit) if countable and row.measure == Measure.RECORDS else "",
                "value": figure.value,
                "is_known": figure.is_known,
                "goal": row.goal,
                "ids": list(figure.record_ids),
            }
        )
    return told


def _totals(report: FunderReport, sheets: Sequence[dict[str, Any]]) -> dict[str, Any]:
    activities = [row for rows in _activities(report).values() for row in rows]
    told = {sheet["id"] for sheet in sheets}
    people = measuring.PeopleReached(activities).of([row for row in activities if row.sheet_id in told])
    return {
        "activities": sum(sheet["figures"]["activities"]["value"] for sheet in sheets),
        "hours": str(sum((_money(sheet["figures"]["hours"]["value"]) for sheet in sheets), ZERO)),
        "people": people.total,
        "people_known": people.known,
        "people_counted": people.counted,
        "spent": str(sum((_money(sheet["figures"]["spent"]["value"]) for sheet in sheets), ZERO)),
        "budget": str(sum((_money(line["amount"]) for sheet in sheets for line in sheet["budget"]), ZERO)),
        "spent_so_far": str(
            sum(
                (_money(line["spent_so_far"]) for sheet in sheets for line in sheet["budget"]),
                ZERO,
            )
        ),
    }


def _money(words: str) -> Decimal:
    return Decimal(words)


def _committee(by: Actor, report: FunderReport) -> dict[str, Any]:
    held = keeping.sittings_of(by, report.programme).filter(state=AssemblyState.HELD)
    sittings = [
        row
        for row in held.select_related("minutes").order_by("day", "id")
        if report.from_day <= row.meets_on <= report.to_day
    ]
    decisions = keeping.decisions_of(by, report.programme).filter(
        assembly__in=[row.pk for row in sittings], assembly__minutes__stage=MinutesStage.VALIDATED
    )
    members = keeping.sitting_on(report.programme, report.to_day)
    return {
        "members": len(members),
        "residents": keeping.residents_among(members),
        "sittings": [
            {
                "id": row.pk,
                "reference": row.reference,
                "day": row.meets_on.isoformat(),
                "title": row.title,
                "present": row.present,
                "entitled": row.entitled,
                "is_validated": row.minutes.is_validated,
            }
            for row in sittings
        ],
        "decisions": [
            {
                "id": row.pk,
                "reference": row.reference,
                "words": row.words,
                "who": row.who_in_public,
                "due_on": row.due_on.isoformat(),
                "state_words": row.get_state_display(),
            }
            for row in decisions.select_related("owner_body").order_by("id")
        ],
    }


# Checked ----------------------------------------------------------------------------------------------------------


def gaps_in(by: Actor, report: FunderReport, content: dict[str, Any]) -> list[Missing]:
    """What is missing in a report, computed from what it would say now."""
    costs = [row for rows in _costs(report).values() for row in rows if row.day >= report.from_day]
    with_receipt = attachments.of_each(costs)
    without: dict[int, int] = {}
    for row in costs:
        if not with_receipt[row.pk]:
            without[row.sheet_id] = without.get(row.sheet_id, 0) + 1
    today = clock.today()
    late = keeping.decisions_of(by, report.programme).overdue(today).count()
    committee = content["committee"]
    return missing(
        ReportFacts(
            to_day=report.to_day,
            today=today,
            has_words=bool(content["words"].strip()),
            sheets=[_facts(sheet, without.get(sheet["id"], 0), today) for sheet in content["sheets"]],
            sittings=len(committee["sittings"]),
            open_minutes=sum(1 for one in committee["sittings"] if not one["is_validated"]),
            residents=committee["residents"],
            resident_seats=report.programme.resident_seats,
            late_decisions=late,
        )
    )


def _facts(sheet: dict[str, Any], without_receipt: int, today: dt.date) -> SheetFacts:
    waits = sheet["state"] not in (SheetState.DROPPED, SheetState.DONE)
    late = [
        one
        for one in sheet["milestones"]
        if waits and not one["done_on"] and one["expected_on"] < today.isoformat()
    ]
    over = [one for one in sheet["budget"] if _money(one["spent_so_far"]) > _money(one["amount"])]
    return SheetFacts(
        code=sheet["code"],
        title=sheet["title"],
        is_live=sheet["state"] in LIVE_SHEETS,
        has_words=bool(sheet["words"].strip()),
        activities=sheet["figures"]["activities"]["value"],
        late_milestones=len(late),
        costs_without_receipt=without_receipt,
        lines_overspent=len(over),
        indicators=len(sheet["indicators"]),
        indicators_without_goal=sum(1 for one in sheet["indicators"] if one["goal"] is None),
        sources_gone=sum(1 for one in sheet["indicators"] if not one["is_known"]),
    )
