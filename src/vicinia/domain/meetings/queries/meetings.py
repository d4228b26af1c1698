"""Meetings as who asks may see them: an item about a case that one may not see does not exist."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from vicinia.domain.casework.models import Case
from vicinia.domain.meetings.models import (
    AgendaItem,
    Decision,
    Extract,
    Invited,
    ItemRows,
    Meeting,
    MeetingAction,
    MeetingRows,
    MinutesNote,
)
from vicinia.domain.meetings.states import MeetingState
from vicinia.domain.network.models import BodyPerson, PartnerBody
from vicinia.domain.territory.models import Area
from vicinia.foundation.accounts import queries as accounts
from vicinia.foundation.accounts.models import User
from vicinia.foundation.accounts.states import Capability
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def meetings(by: Actor) -> MeetingRows:
    """The meetings that `by` may see."""
    return Meeting.objects.visible_to(by)


def meeting_named(by: Actor, reference: str) -> Meeting:
    """The visible meeting of this reference (404 otherwise)."""
    row: Meeting = meetings(by).one(reference=reference)
    return row


def meetings_in_lines(by: Actor, rows: MeetingRows) -> QuerySet[Meeting]:
    """With what a line of a list shows: areas, and how many of the items that `by` may see."""
    items = _visible(by).filter(meeting=OuterRef("pk")).order_by().values("meeting")
    counted = items.annotate(n=Count("pk")).values("n")
    areas = Prefetch("areas", Area.objects.defer("boundary"))
    return rows.annotate(item_count=Coalesce(Subquery(counted), 0)).prefetch_related(areas)


def meetings_due(by: Actor) -> MeetingRows:
    """What of one's meetings is of today: to be held today or before, or own minutes to be closed."""
    today = clock.today()
    held = Q(state=MeetingState.HELD, convener_id=by.user_id or 0)
    planned = Q(state=MeetingState.PLANNED, day__lte=today)
    rows: MeetingRows = meetings(by).of(by).filter(held | planned)
    return rows.soonest_first()


def meetings_to_put_on(by: Actor, case: Case) -> MeetingRows:
    """Planned meetings where a case is not on the agenda yet."""
    return meetings(by).planned().exclude(items__case=case).soonest_first()


# The agenda -------------------------------------------------------------------------------------------------------


def _visible(by: Actor) -> ItemRows:
    rows: ItemRows = AgendaItem.objects.visible_to(by)
    return rows


def items_of(by: Actor, meeting: Meeting) -> list[AgendaItem]:
    """The agenda in its order, without what was said. One query."""
    rows = _visible(by).filter(meeting=meeting).select_related("case").defer("said")
    return list(rows.order_by("position", "id"))


def item_of(by: Actor, meeting: Meeting, pk: int) -> AgendaItem:
    """A visible item of a meeting (404 otherwise)."""
    found: AgendaItem = _visible(by).filter(meeting=meeting).select_related("case").one(pk=pk)  # type: ignore[attr-defined]
    found.meeting = meeting
    return found


def minutes_of(by: Actor, meeting: Meeting) -> list[AgendaItem]:
    """The agenda with all that was written about it: decisions, actions, notes. Four queries."""
    rows = _visible(by).filter(meeting=meeting).select_related("case").order_by("position", "id")
    return list(
        rows.prefetch_related(
            Prefetch("decisions", Decision.objects.order_by("id")),
            Prefetch("actions", MeetingAction.objects.in_lines().order_by("due_on", "id")),
            Prefetch("notes", MinutesNote.objects.order_by("id")),
        )
    )


def notes_of(meeting: Meeting) -> QuerySet[MinutesNote]:
    """What was added beneath closed minutes about the meeting as a whole."""
    return meeting.notes.filter(item=None)


def items_on(by: Actor, case: Case) -> list[AgendaItem]:
    """Where a case was discussed or will be, newest first, for who sees the meeting. Three queries."""
    rows = AgendaItem.objects.filter(case=case, meeting__in=meetings(by).order_by())
    rows = rows.exclude(meeting__state=MeetingState.CANCELLED).select_related("meeting", "case")
    rows = rows.prefetch_related(
        Prefetch("decisions", Decision.objects.order_by("id")),
        Prefetch("actions", MeetingAction.objects.in_lines().order_by("due_on", "id")),
    )
    return list(rows.order_by("-meeting__day", "-meeting_id")[:20])


# People at the table ----------------------------------------------------------------------------------------------


def invited_one(meeting: Meeting, pk: int) -> Invited:
    """Somebody who is asked to come (404 otherwise)."""
    row: Invited = meeting.invited.select_related("body", "person", "user").one(pk=pk)  # type: ignore[attr-defined]
    row.meeting = meeting
    return row


def colleagues() -> QuerySet[User]:
    """Who may be invited and given something to do."""
    return accounts.users_who_can(Capability.WORK_CASES).order_by("name", "id")


def guest_people() -> QuerySet[BodyPerson]:
    """People of the bodies that are asked."""
    rows = BodyPerson.objects.filter(is_active=True, body__is_active=True)
    return rows.select_related("body").order_by("body__name", "name", "id")


def table_bodies(meeting: Meeting) -> QuerySet[PartnerBody]:
    """The bodies that are invited."""
    ids = meeting.invited.exclude(body=None).order_by().values("body_id")
    rows: QuerySet[PartnerBody] = PartnerBody.objects.filter(pk__in=ids)
    return rows.order_by("name", "id")


# Actions and extracts ---------------------------------------------------------------------------------------------


def action_of(by: Actor, meeting: Meeting, pk: int) -> MeetingAction:
    """An action on a visible item of a meeting (404 otherwise)."""
    rows = MeetingAction.objects.filter(item__in=_visible(by).filter(meeting=meeting).order_by())
    rows = rows.select_related(
        "item__case", "item__meeting", "user", "body", "task__case", "commitment__case"
    )
    row: MeetingAction = rows.one(pk=pk)
    return row


def loose_actions_due(by: Actor, until: dt.date) -> QuerySet[MeetingAction]:
    """Actions in no case that fall due: mine, and those of bodies for who called the meeting."""
    whose = Q(user_id=by.user_id or 0) | Q(user=None, item__meeting__convener_id=by.user_id or 0)
    rows = MeetingAction.objects.loose().filter(whose, due_on__lte=until)
    visible = meetings(by).order_by().values("pk")
    rows = rows.filter(item__meeting__in=visible).select_related("item__meeting", "user", "body")
    return rows.order_by("due_on", "id")


def extracts_of(by: Actor, meeting: Meeting) -> list[Extract]:
    """What was given of the minutes, newest first: only extracts of which `by` may see every item."""
    hidden = meeting.items.exclude(pk__in=_visible(by).order_by().values("pk"))
    rows = meeting.extracts.exclude(items__in=hidden).select_related("body")
    return list(rows.annotate(item_count=Count("items")).order_by("-id"))


def extract_of(by: Actor, meeting: Meeting, pk: int) -> Extract:
    """An extract of which `by` may see every item (404 otherwise)."""
    hidden = meeting.items.exclude(pk__in=_visible(by).order_by().values("pk"))
    row: Extract = meeting.extracts.exclude(items__in=hidden).select_related("body").one(pk=pk)
    return row


def copy_for_person(person_id: int) -> list[dict[str, Any]]:
    """At which meetings a person's cases were discussed and which bodies got it in writing, for their copy."""
    rows = AgendaItem.objects.filter(people=person_id).select_related("meeting").order_by("id")
    extracts = Prefetch("extracts", Extract.objects.select_related("body").order_by("id"))
    return [
        {
            "tavolo": row.meeting.reference,
            "giorno": row.meeting.day.isoformat(),
            "dato a": [extract.body.name for extract in row.extracts.all()],
        }
        for row in rows.prefetch_related(extracts)
    ]
