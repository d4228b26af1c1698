"""What was done and what it cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from vicinia.domain.programme import events, queries, rules
from vicinia.domain.programme.models import ActionSheet, Activity, ActivityLink, BudgetLine, Cost
from vicinia.foundation.attachments import actions as attachments
from vicinia.foundation.journal import actions as journal
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


@dataclass(frozen=True)
class Done:
    """What was done for a sheet, on a day. `people` is how many were counted there."""

    sheet: ActionSheet
    day: dt.date
    kind: str
    what: str
    hours: Decimal = Decimal(1)
    people: int = 0
    cases: int = 0
    deliverables: str = ""

    def columns(self) -> dict[str, object]:
        """The values by column of the row."""
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(frozen=True)
class NewCost:
    """What was paid, of which line, with its receipt."""

    line: BudgetLine
    day: dt.date
    amount: Decimal
    what: str
    supplier: str = ""
    document: str = ""
    activity: Activity | None = None
    files: Sequence[UploadedFile[Any]] = ()


@transaction.atomic
def log_activity(*, by: Actor, new: Done, once: str) -> Activity:
    """Note what was done. `once` is the token of the page that sends it: twice the same makes one."""
    # The lock makes two taps at the same moment come one after the other.
    sheet = queries.locked(new.sheet, "programme", "axis")
    row = Activity(once=once, by_ref=by.ref, by_name=by.name, **new.columns() | {"sheet": sheet})
    rules.may_log(by, row, clock.today()).require()
    if (there := queries.sent_before(once)) is not None:
        return there

    row.save(force_insert=True)

    journal.record(events.LOGGED, by=by, about=row.sheet.programme, code=row.sheet.code)
    return row


@transaction.atomic
def change_activity(*, by: Actor, activity: Activity, new: Done, seen_version: int | None) -> Activity:
    """Correct what was noted. Reports that were frozen stay as they are."""
    row: Activity = queries.locked(activity, "sheet__programme", "sheet__axis")
    row.require_version(seen_version, yours=new)
    rules.may_correct(by, row).require()
    for name, value in new.columns().items():
        setattr(row, name, value)
    rules.may_log(by, row, clock.today()).require()

    row.save()

    journal.record(events.RELOGGED, by=by, about=row.sheet.programme, code=row.sheet.code)
    return row


@transaction.atomic
def void_activity(*, by: Actor, activity: Activity, reason: str) -> Activity:
    """Cross out what was noted by mistake: it stays to be read and counts no more."""
    row: Activity = queries.locked(activity, "sheet__programme", "sheet__axis")
    rules.may_void(by, row, reason).require()

    row.void_reason = reason.strip()
    row.save()

    journal.record(events.VOIDED, by=by, about=row.sheet.programme, code=row.sheet.code)
    return row


@transaction.atomic
def link_records(*, by: Actor, activity: Activity, records: Collection[tuple[str, int]]) -> Activity:
    """Name the records that an activity is about: those that `by` may see and that may be named. Others' choices stay."""
    row: Activity = queries.locked(activity, "sheet__programme", "sheet__axis")
    rules.may_correct(by, row).require()
    wanted = {
        (source, link.record_id)
        for source in {source for source, _pk in records}
        for link in queries.links_to(by, source, [pk for name, pk in records if name == source])
    }
    there = {(link.source, link.record_id): link for link in row.links.order_by("id")}
    shown = {
        (source, link.record_id)
        for source in {source for source, _pk in there}
        for link in queries.links_to(by, source, [pk for name, pk in there if name == source])
    }
    rules.may_have(len(wanted | (set(there) - shown)), rules.MOST_LINKS).require()

    gone = [link.pk for key, link in there.items() if key in shown and key not in wanted]
    ActivityLink.objects.filter(pk__in=gone).delete()
    for source, record_id in sorted(wanted - set(there)):
        ActivityLink.objects.create(activity=row, source=source, record_id=record_id)

    journal.record(events.LINKED, by=by, about=row.sheet.programme, code=row.sheet.code)
    return row


# Money ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_budget_line(*, by: Actor, sheet: ActionSheet, title: str, source: str, amount: Decimal) -> BudgetLine:
    """Add money to a sheet: for what, from whom, how much."""
    row: ActionSheet = queries.locked(sheet, "programme", "axis")
    line = BudgetLine(sheet=row, title=title, source=source, amount=amount)
    rules.may_budget(by, line).require()
    rules.may_have(row.budget_lines.count() + 1, rules.MOST_LINES).require()

    line.save(force_insert=True)

    journal.record(events.BUDGETED, by=by, about=row.programme, code=row.code)
    return line


@transaction.atomic
def change_budget_line(
    *, by: Actor, line: BudgetLine, title: str, source: str, amount: Decimal, seen_version: int | None
) -> BudgetLine:
    """Change what a line is for, or how much it is."""
    row: BudgetLine = queries.locked(line, "sheet__programme", "sheet__axis")
    row.require_version(seen_version, yours=title)
    row.title, row.source, row.amount = title, source, amount
    rules.may_budget(by, row).require()

    row.save()

    journal.record(events.BUDGETED, by=by, about=row.sheet.programme, code=row.sheet.code)
    return row


@transaction.atomic
def record_cost(*, by: Actor, sheet: ActionSheet, new: NewCost) -> Cost:
    """Note what was paid, with its receipt."""
    row: ActionSheet = queries.locked(sheet, "programme", "axis")
    values = {one.name: getattr(new, one.name) for one in fields(new) if one.name != "files"}
    cost = Cost(sheet=row, by_ref=by.ref, by_name=by.name, **values)
    rules.may_spend(by, cost, clock.today()).require()

    cost.save(force_insert=True)
    for file in new.files:
        attachments.attach(by=by, about=cost, file=file)

    journal.record(events.SPENT, by=by, about=row.programme, code=row.code)
    return cost


@transaction.atomic
def add_receipts(*, by: Actor, cost: Cost, files: Sequence[UploadedFile[Any]]) -> Cost:
    """Keep a receipt that came later."""
    row: Cost = queries.locked(cost, "sheet__programme", "sheet__axis", "line")
    rules.may_change(by, row.sheet.programme).require()

    for file in files:
        attachments.attach(by=by, about=row, file=file)

    journal.record(events.RECEIPT, by=by, about=row.sheet.programme, code=row.sheet.code)
    return row


@transaction.atomic
def void_cost(*, by: Actor, cost: Cost, reason: str) -> Cost:
    """Cross out a cost noted by mistake: it stays to be read and counts no more."""
    row: Cost = queries.locked(cost, "sheet__programme", "sheet__axis", "line")
    rules.may_void(by, row, reason).require()

    row.void_reason = reason.strip()
    row.save()

    journal.record(events.UNSPENT, by=by, about=row.sheet.programme, code=row.sheet.code)
    return row
