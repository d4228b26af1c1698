"""Network meetings of the town: called about a case, held, written up and closed by the real actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from vicinia.demo.stories import Act
from vicinia.domain.casework.models import Case
from vicinia.domain.meetings import actions
from vicinia.domain.meetings.models import AgendaItem, Meeting
from vicinia.domain.meetings.states import Attendance
from vicinia.domain.network import queries as network
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def call(*, by: Actor, case: Case, act: Act) -> Meeting:
    """Call a meeting with some bodies, with the case first on its agenda."""
    plan = actions.MeetingPlan(
        title=act.title,
        day=clock.today() + dt.timedelta(days=act.due_days),
        from_time=dt.time(10),
        to_time=dt.time(11, 30),
        place="Sala civica",
        areas=[case.area] if case.area else [],
    )
    meeting = actions.plan(by=by, new=plan)
    bodies = [network.body_named(code) for code in act.body.split()]
    actions.invite(by=by, meeting=meeting, guests=actions.NewGuests(bodies=bodies))
    agenda = [actions.NewItem(case=case, to_decide=act.text), actions.NewItem(subject=act.agreed)]
    actions.add_items(by=by, meeting=meeting, new=agenda)
    actions.send_invitations(by=by, meeting=meeting)
    return meeting


def write(*, by: Actor, case: Case, meeting: Meeting, act: Act) -> AgendaItem:
    """Begin, and write what was said and decided about the case."""
    meeting = actions.hold(by=by, meeting=meeting)
    minutes = actions.ItemMinutes(said=act.text, decisions=act.agreed.split("; "))
    return actions.write_item(by=by, item=meeting.items.get(case=case), minutes=minutes, seen_version=None)


def undertake(*, by: Actor, case: Case, meeting: Meeting, act: Act, staff: Mapping[str, User]) -> None:
    """A colleague or a body takes something on."""
    body = network.body_named(act.body) if act.body else None
    due_on = clock.today() + dt.timedelta(days=act.due_days)
    new = actions.NewAction(what=act.text, due_on=due_on, user=staff.get(act.who), body=body)
    actions.add_action(by=by, item=meeting.items.get(case=case), new=new)


def close(*, by: Actor, meeting: Meeting) -> Meeting:
    """Everybody came; the minutes are closed."""
    marks = {one.pk: str(Attendance.YES) for one in meeting.invited.all()}
    actions.mark_attendance(by=by, meeting=meeting, marks=marks, seen_version=None)
    return actions.close_minutes(by=by, meeting=meeting, seen_version=None)
