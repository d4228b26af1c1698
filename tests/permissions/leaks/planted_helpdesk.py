"""The help desk: where and when, who comes, who waits, what was noted of whom and what is followed."""

from __future__ import annotations

import datetime as dt

from tests.permissions.leaks.town import Town, again
from vicinia.domain.helpdesk import actions, queries
from vicinia.domain.helpdesk.models import HelpPoint
from vicinia.domain.helpdesk.states import FileState, Kind, TicketState
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


def plant_helpdesk(town: Town) -> None:
    """Everything of the help desk, by Lucia; somebody books at the portal."""
    point = _point(town)
    _appointments(town, point)
    _queue(town, point)
    _files(town)


def _point(town: Town) -> HelpPoint:
    by, w = town.by("lucia"), town.word
    part = "town published"
    details = actions.PointDetails(w(part), w(part), w(part), w(part), w(part), seats=5)
    point = actions.add_point(by=by, code="sportello", details=details)
    for weekday in range(7):
        actions.add_hours(by=by, point=point, hours=actions.Hours(weekday, dt.time(0, 5), dt.time(23, 55)))
    day = actions.DayPlan(clock.today() + dt.timedelta(days=40), reason=w(part))
    actions.set_day(by=by, point=point, plan=day)
    return point


def _appointments(town: Town, point: HelpPoint) -> None:
    w, part = town.word, "town help"
    slot = queries.slots_for_residents(point)[-1].slots[0]
    new = actions.NewAppointment(
        slot.starts_at, name=w(part), words=w(part), contact="phone", contact_value=town.canaries.phone(part)
    )
    actions.book(by=Actor.visitor(), point=point, new=new, once="by a page")


def _queue(town: Town, point: HelpPoint) -> None:
    """Numbers and tables are for everybody who waits."""
    by, w = town.by("lucia"), town.word
    for _number in range(2):
        actions.take_number(by=by, point=point)
    ticket = actions.call_next(by=by, point=point, table=w("town published")[:20])
    actions.turn(by=by, ticket=ticket, state=TicketState.WAITING)
    actions.call_next(by=by, point=point, table=w("town published")[:20])


def _files(town: Town) -> None:
    by, w, part = town.by("lucia"), town.word, "town help"
    who = PersonDetails(name=w(part), phone=town.canaries.phone(part))
    note = actions.NewContact(Kind.INFORMATION, "by a page", words=w(part), details=who)
    contact = actions.note_contact(by=by, new=note)
    slip = actions.note_contact(by=by, new=actions.NewContact(Kind.REPORT, "by another", words=w(part)))
    actions.strike_contact(by=by, contact=slip, reason=w(part))
    new = actions.NewFile(w(part), w(part), next_words=w(part))
    file = actions.open_file(by=by, new=new, owner=town.cast.lucia, contact=contact)
    actions.write_note(by=by, file=file, words=w(part), files=[town.photo("town help file")])
    answered = actions.Step(FileState.ANSWERED, w(part), clock.today(), w(part))
    actions.enter_file(by=by, file=file, step=answered)
    waits = actions.Step(FileState.WAITING, w(part), clock.today(), w(part))
    actions.enter_file(by=by, file=again(file), step=waits)
