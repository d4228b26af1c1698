"""Programmes, their committee and their sheets, as who asks may see them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from vicinia.domain.assemblies import queries as assemblies
from vicinia.domain.assemblies.models import Assembly, AssemblyRows, ResolutionRows
from vicinia.domain.programme.models import (
    ActionSheet,
    Activity,
    ActivityRows,
    Axis,
    BudgetLine,
    Convention,
    Cost,
    CostRows,
    Indicator,
    Member,
    Milestone,
    MilestoneRows,
    Programme,
    ProgrammeRows,
    SheetRows,
)
from vicinia.domain.programme.states import MemberKind, ProgrammeState, SheetState
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel.actor import Actor

ZERO = Decimal(0)


def programmes(by: Actor) -> ProgrammeRows:
    """The programmes that `by` may see."""
    return Programme.objects.visible_to(by)


def programme_named(by: Actor, reference: str) -> Programme:
    """The visible programme of this reference (404 otherwise)."""
    row: Programme = programmes(by).select_related("manager").one(reference=reference)
    return row


def programmes_told(by: Actor) -> ProgrammeRows:
    """The programmes of which `by` may read how far they are."""
    return Programme.objects.told_to(by)


def programme_told(by: Actor, reference: str) -> Programme:
    """One of these (404 otherwise)."""
    row: Programme = programmes_told(by).one(reference=reference)
    return row


def in_lines(rows: ProgrammeRows) -> QuerySet[Programme]:
    """With what a line of the list shows."""
    is_open = Q(sheets__state__in=(SheetState.UNDER_WAY, SheetState.SUSPENDED))
    return rows.annotate(
        sheet_count=Count("sheets", distinct=True),
        open_count=Count("sheets", filter=is_open, distinct=True),
    )


def axes_of(programme: Programme) -> list[Axis]:
    """The fronts in their order."""
    return list(programme.axes.order_by("position", "id"))


def axis_of(programme: Programme, pk: int) -> Axis:
    """One front (404 otherwise)."""
    row: Axis = programme.axes.one(pk=pk)  # type: ignore[attr-defined]
    row.programme = programme
    return row


def conventions_of(programme: Programme) -> list[Convention]:
    """The contract and the agreements, with who signed them. Two queries."""
    return list(programme.conventions.prefetch_related("bodies").order_by("signed_on", "id"))


def convention_of(programme: Programme, pk: int) -> Convention:
    """One of them (404 otherwise)."""
    row: Convention = programme.conventions.one(pk=pk)  # type: ignore[attr-defined]
    row.programme = programme
    return row


def managers() -> QuerySet[User]:
    """Colleagues who may be responsible for a programme or a sheet."""
    return accounts.users_who_can(Capability.KEEP_PROGRAMME).order_by("name", "id")


# The committee ----------------------------------------------------------------------------------------------------


def members_of(programme: Programme) -> list[Member]:
    """Everybody who sits or sat in the committee."""
    return list(programme.members.select_related("user", "body").order_by("kind", "from_day", "id"))


def member_of(programme: Programme, pk: int) -> Member:
    """One member (404 otherwise)."""
    row: Member = programme.members.select_related("user", "body").one(pk=pk)  # type: ignore[attr-defined]
    row.programme = programme
    return row


def sitting_on(programme: Programme, day: dt.date) -> list[Member]:
    """Who sits in the committee that day."""
    rows: Any = programme.members.on(day)  # type: ignore[attr-defined]
    return list(rows.select_related("user", "body").order_by("kind", "from_day", "id"))


def residents_among(members: Iterable[Member]) -> int:
    """How many of them represent those who live there."""
    return sum(1 for one in members if one.kind == MemberKind.RESIDENT)


def sittings_of(by: Actor, programme: Programme) -> AssemblyRows:
    """The meetings of the committee, newest first."""
    rows: AssemblyRows = assemblies.assemblies(by).filter(programme_link__programme=programme)
    return rows.newest_first()


def decisions_of(by: Actor, programme: Programme) -> ResolutionRows:
    """What the committee decided."""
    rows: ResolutionRows = assemblies.resolutions(by).filter(assembly__programme_link__programme=programme)
    return rows


def programme_of(by: Actor, assembly: Assembly) -> Programme | None:
    """The programme whose committee this meeting is of."""
    return programmes(by).filter(sittings__assembly=assembly).first()


# Sheets -----------------------------------------------------------------------------------------------------------


def sheets(by: Actor) -> SheetRows:
    """The action sheets that `by` may see."""
    rows: SheetRows = ActionSheet.objects.visible_to(by).select_related("axis", "programme")
    return rows


def sheet(by: Actor, pk: int) -> ActionSheet:
    """One sheet (404 otherwise)."""
    row: ActionSheet = sheets(by).select_related("owner").one(pk=pk)
    return row


def sheets_of(programme: Programme) -> list[ActionSheet]:
    """All sheets in their order. One query."""
    rows = ActionSheet.objects.filter(programme=programme).select_related("axis", "owner").in_order()
    found = list(rows)
    for row in found:
        row.programme = programme
    return found


def sheets_to_log(by: Actor) -> SheetRows:
    """The sheets for which an activity may be noted today, in their order."""
    on = sheets(by).filter(programme__state=ProgrammeState.ACTIVE)
    return on.exclude(state__in=(SheetState.DROPPED, SheetState.DONE)).order_by(
        "programme_id", "axis__position", "position", "id"
    )


def last_logged(by: Actor) -> Activity | None:
    """What `by` wrote down last: its sheet and kind are proposed again."""
    return Activity.objects.visible_to(by).live().filter(by_ref=by.ref).order_by("-id").first()


def milestones_of(programme: Programme) -> dict[int, list[Milestone]]:
    """The milestones by sheet, with why they slipped. Two queries."""
    found: dict[int, list[Milestone]] = defaultdict(list)
    rows = Milestone.objects.filter(sheet__programme=programme).prefetch_related("slips").soonest_first()
    for row in rows:
        found[row.sheet_id].append(row)
    return found


def milestone(by: Actor, pk: int) -> Milestone:
    """One milestone (404 otherwise)."""
    rows = Milestone.objects.filter(sheet__in=ActionSheet.objects.visible_to(by).order_by())
    row: Milestone = rows.select_related("sheet__axis", "sheet__programme").one(pk=pk)
    return row


def milestones_due(by: Actor, until: dt.date) -> MilestoneRows:
    """Milestones that fall due: of the sheets that `by` follows, and those that nobody follows."""
    whose = Q(sheet__owner_id=by.user_id) | Q(sheet__owner__isnull=True)
    seen = ActionSheet.objects.visible_to(by).order_by()
    rows: MilestoneRows = Milestone.objects.open().filter(whose, sheet__in=seen, expected_on__lte=until)
    on = rows.filter(sheet__programme__state=ProgrammeState.ACTIVE)
    return on.select_related("sheet__axis", "sheet__programme").soonest_first()


# Activities and money ---------------------------------------------------------------------------------------------


def activities(by: Actor) -> ActivityRows:
    """The activities that `by` may see."""
    return Activity.objects.visible_to(by)


def activity(by: Actor, pk: int) -> Activity:
    """One activity (404 otherwise)."""
    row: Activity = activities(by).select_related("sheet__axis", "sheet__programme").one(pk=pk)
    return row


def activities_in_lines(rows: ActivityRows) -> QuerySet[Activity]:
    """With what a line shows."""
    found: QuerySet[Activity] = rows.select_related("sheet__axis").annotate(link_count=Count("links"))
    return found


def sent_before(once: str) -> Activity | None:
    """The activity that this very page made already."""
    return Activity.objects.filter(once=once).select_related("sheet__axis", "sheet__programme").first()


def budget_of(sheet: ActionSheet) -> list[BudgetLine]:
    """The lines of money of a sheet, with what was spent of each. One query."""
    spent = Sum("costs__amount", filter=Q(costs__void_reason=""))
    return list(sheet.budget_lines.annotate(spent=spent).order_by("id"))


def budget_line(sheet: ActionSheet, pk: int) -> BudgetLine:
    """One line (404 otherwise)."""
    row: BudgetLine = sheet.budget_lines.one(pk=pk)  # type: ignore[attr-defined]
    row.sheet = sheet
    return row


def costs_of(sheet: ActionSheet) -> CostRows:
    """What was spent for a sheet, newest first."""
    rows: CostRows = Cost.objects.filter(sheet=sheet).select_related("line").order_by("-day", "-id")
    return rows


def cost(by: Actor, pk: int) -> Cost:
    """One cost (404 otherwise)."""
    rows = Cost.objects.filter(sheet__in=ActionSheet.objects.visible_to(by).order_by())
    row: Cost = rows.select_related("sheet__axis", "sheet__programme", "line", "activity").one(pk=pk)
    return row


def indicator_of(sheet: ActionSheet, pk: int) -> Indicator:
    """One indicator (404 otherwise)."""
    row: Indicator = sheet.indicators.one(pk=pk)  # type: ignore[attr-defined]
    row.sheet = sheet
    return row


@dataclass(frozen=True)
class Totals:
    """How much was done and spent, of how much there is."""

    activities: int
    hours: Decimal
    spent: Decimal
    budget: Decimal

    @property
    def percent_spent(self) -> int:
        return int(self.spent * 100 / self.budget) if self.budget else 0


def totals_of(programme: Programme) -> dict[int, Totals]:
    """The totals of each sheet. Four queries."""
    pks = list(ActionSheet.objects.filter(programme=programme).order_by("id").values_list("id", flat=True))
    live = Activity.objects.live().filter(sheet__in=pks).order_by()
    done = {row["sheet"]: row for row in live.values("sheet").annotate(n=Count("pk"), h=Sum("hours"))}
    spent = _summed(Cost.objects.live().filter(sheet__in=pks))
    budget = _summed(BudgetLine.objects.filter(sheet__in=pks))
    return {
        pk: Totals(
            activities=done.get(pk, {}).get("n", 0),
            hours=done.get(pk, {}).get("h") or ZERO,
            spent=spent.get(pk, ZERO),
            budget=budget.get(pk, ZERO),
        )
        for pk in pks
    }


def _summed(rows: QuerySet[Any]) -> dict[int, Decimal]:
    return dict(rows.order_by().values_list("sheet").annotate(s=Sum("amount")))


def total_of(each: Iterable[Totals]) -> Totals:
    """All of them together."""
    rows: Sequence[Totals] = list(each)
    return Totals(
        activities=sum(one.activities for one in rows),
        hours=sum((one.hours for one in rows), ZERO),
        spent=sum((one.spent for one in rows), ZERO),
        budget=sum((one.budget for one in rows), ZERO),
    )


# Locks ------------------------------------------------------------------------------------------------------------


def locked(row: Any, *related: str) -> Any:
    """A row of ours, read again and locked until the transaction ends."""
    return type(row).objects.select_for_update(of=("self",)).select_related(*related).get(pk=row.pk)
