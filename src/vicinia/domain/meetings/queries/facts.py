"""What actions and rules ask for, whoever acts: locked rows, who sits at the table, whose data an item is about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from vicinia.domain.casework.models import Case
from vicinia.domain.listening.states import LegalBasis
from vicinia.domain.meetings.models import AgendaItem, Invited, Meeting, MeetingAction
from vicinia.domain.meetings.rules import Table
from vicinia.domain.meetings.states import Attendance
from vicinia.foundation.accounts.states import ROLE_CAPABILITIES, Capability


def locked(meeting: Meeting) -> Meeting:
    """The meeting, read again and locked until the transaction ends."""
    row: Meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    return row


def locked_item(item: AgendaItem) -> AgendaItem:
    """The same of an item, with its case."""
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("case", "meeting")
    row: AgendaItem = rows.get(pk=item.pk)
    return row


def locked_action(action: MeetingAction) -> MeetingAction:
    """The same of an action, with its item and meeting."""
    rows = MeetingAction.objects.select_for_update(of=("self",)).select_related("item__meeting")
    row: MeetingAction = rows.get(pk=action.pk)
    return row


def invited_to(meeting: Meeting) -> list[Invited]:
    """Everybody who is asked to come, in the order of asking."""
    return list(meeting.invited.select_related("body", "person", "user").order_by("id"))


def unmarked(meeting: Meeting) -> int:
    """Of how many nobody has said whether they were there."""
    return meeting.invited.filter(attendance=Attendance.UNKNOWN).count()


def every_item(meeting: Meeting) -> list[AgendaItem]:
    """The whole agenda, for what happens to the meeting as such; pages read `items_of`."""
    return list(meeting.items.select_related("case").order_by("position", "id"))


def has_police(items: Iterable[AgendaItem]) -> bool:
    return any(item.case is not None and item.case.legal_basis == LegalBasis.POLICE for item in items)


def table_at(invited: Iterable[Invited], cases: Sequence[Case]) -> Table:
    """These people over these cases."""
    around = list(invited)
    users = [one.user for one in around if one.user is not None]
    return Table(
        outsiders=tuple(one.name for one in around if one.is_external),
        unable=tuple(user.name for user in users if not _sees_police(user.role)),
        has_police=any(case.legal_basis == LegalBasis.POLICE for case in cases),
    )


def _sees_police(role: str) -> bool:
    return Capability.SEE_POLICE_CASES in ROLE_CAPABILITIES[role]


def table_with(meeting: Meeting, invited: Iterable[Invited] = (), cases: Sequence[Case] = ()) -> Table:
    """The table of a meeting with some more people or cases."""
    on_it = [item.case for item in every_item(meeting) if item.case is not None]
    return table_at([*invited_to(meeting), *invited], [*on_it, *cases])


def table_of(meeting: Meeting) -> Table:
    return table_with(meeting)


def people_in(item: AgendaItem) -> list[int]:
    """The ids of the people whose case an item is about, today."""
    if item.case is None:
        return []
    return list(item.case.case_people.order_by("id").values_list("person_id", flat=True))


def items_with(person_id: int) -> list[AgendaItem]:
    """Every item that was about a case of this person."""
    return list(AgendaItem.objects.filter(people=person_id).order_by("id"))
