"""What the laboratory tells the neighbourhood: notices, events, who signs up, who wants to be written to, the plan."""

from __future__ import annotations

import datetime as dt

from tests.permissions.leaks.town import SOON, Town, again
from vicinia.domain.outreach import actions as outreach
from vicinia.domain.outreach.actions import (
    EventPlan,
    NewDelivery,
    NewLine,
    NewNotice,
    NewSubscription,
    NewText,
)
from vicinia.domain.outreach.models import Event, Notice
from vicinia.foundation.kernel import clock

HOURS = (dt.time(10), dt.time(12))


def plant_telling(town: Town) -> None:
    """Everything of the laboratory, by Lucia."""
    _subscribers(town)
    _notices(town)
    _events(town)
    _plan(town)


def _texts(town: Town, part: str) -> list[NewText]:
    w = town.word
    return [
        NewText(w(part), w(part), easy=w(part)),
        NewText(w(part), w(part), "en", w(part)),
    ]


def _notices(town: Town) -> None:
    """One that is out and was carried around, one that is only written, one that was given up."""
    by, w = town.by("lucia"), town.word
    out = outreach.prepare_notice(by=by, new=NewNotice(_texts(town, "town published")))
    outreach.mark_read_again(by=by, notice=out, language="en", reader=w("town kept"))
    outreach.publish_notice(by=by, notice=outreach.approve_notice(by=by, notice=again(out)), ways=["email"])
    carried = NewDelivery(
        "poster", clock.today(), w("town kept"), place=w("town kept"), remark=w("town kept"), photos=[town.photo("town kept")],
    )  # fmt: skip
    outreach.record_delivery(by=by, notice=again(out), new=carried)
    outreach.prepare_notice(by=by, new=NewNotice(_texts(town, "town draft")))
    given_up: Notice = outreach.prepare_notice(by=by, new=NewNotice(_texts(town, "town draft")))
    outreach.withdraw_notice(by=by, notice=given_up, reason=w("town kept"))


def _events(town: Town) -> None:
    """One to come with who signed up, one that is over and reported, one called off, one that is only asked for."""
    by, w = town.by("lucia"), town.word

    def plan(part: str, day: dt.date) -> EventPlan:
        return EventPlan(
            w(part), day, *HOURS, w(part), description=w(part), access=w(part), asked_by=w("town kept"), places=9,
        )  # fmt: skip

    to_come = clock.today() + SOON
    open_event = outreach.announce_event(
        by=by, event=outreach.request_event(by=by, new=plan("town published", to_come))
    )
    new = outreach.NewSignUp(
        2, w("town sign-up"), "phone", town.canaries.phone("town sign-up"), w("town sign-up")
    )
    outreach.sign_up(by=by, event=open_event, new=new)
    outreach.request_event(by=by, new=plan("town draft", to_come))
    off: Event = outreach.announce_event(
        by=by, event=outreach.request_event(by=by, new=plan("town published", to_come))
    )
    outreach.cancel_event(by=by, event=off, reason=w("town published"))
    over = outreach.request_event(by=by, new=plan("town published", clock.today()))
    over = outreach.hold_event(by=by, event=outreach.announce_event(by=by, event=over))
    over = outreach.count_event(by=by, event=over, counts=outreach.Counts(3))
    outreach.report_event(by=by, event=over, report=w("town kept"))


def _subscribers(town: Town) -> None:
    new = NewSubscription(town.canaries.email("town subscriber"))
    outreach.subscribe_at_desk(by=town.by("lucia"), new=new, paper_at=town.word("town consents"))


def _plan(town: Town) -> None:
    by, w = town.by("lucia"), town.word
    line = NewLine(w("town kept"), "press", w("town kept"), clock.today())
    outreach.add_line(by=by, new=line)
    dropped = outreach.add_line(by=by, new=NewLine(w("town kept"), "press", w("town kept"), clock.today()))
    outreach.drop_line(by=by, line=dropped, reason=w("town kept"))
