"""What is decided together: processes, assemblies with minutes and decisions, proposals with who makes them and their results."""

from __future__ import annotations

import datetime as dt

from tests.permissions.leaks.town import Town, again
from vicinia.domain.assemblies import actions as assemblies
from vicinia.domain.assemblies import queries as assemblies_read
from vicinia.domain.assemblies.models import Assembly
from vicinia.domain.assemblies.states import AmendmentState, AssemblyKind, ResolutionState
from vicinia.domain.participation import actions, queries
from vicinia.domain.participation.models import Idea
from vicinia.domain.participation.states import IdeaState, ProcessState, ResultState
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

HOURS = (dt.time(18), dt.time(20))
AHEAD = dt.timedelta(days=20)


def plant_together(town: Town) -> None:
    """Everything of participation, by Lucia; residents propose at the portal."""
    _processes(town)
    _assemblies(town)
    _ideas(town)


def _processes(town: Town) -> None:
    """One that everybody reads, over; one that is only written."""
    by, w, today = town.by("lucia"), town.word, clock.today()
    for part in ("town published", "town kept"):
        row = actions.plan_process(by=by, new=actions.ProcessPlan(w(part), w(part), w(part)))
        new = actions.NewPhase(w(part), today, today, w(part), w(part))
        actions.add_phase(by=by, process=row, new=new)
        if part == "town published":
            actions.enter_process(by=by, process=row, state=ProcessState.OPEN)
            actions.enter_process(by=by, process=row, state=ProcessState.CONCLUDED, outcome=w(part))


def _plan(town: Town, part: str, day: dt.date) -> assemblies.AssemblyPlan:
    w = town.word
    return assemblies.AssemblyPlan(
        w(part), day, *HOURS, w(part), w(part),
        short_notice_reason=w(part), entitled=3, entitled_words=w("town kept"),
    )  # fmt: skip


def _made(town: Town, part: str, day: dt.date, kind: AssemblyKind = AssemblyKind.WORKSHOP) -> Assembly:
    by, w = town.by("lucia"), town.word
    row = assemblies.plan(by=by, kind=kind, new=_plan(town, part, day))
    assemblies.add_point(by=by, assembly=row, new=assemblies.NewPoint(w(part), w(part)))
    seat = assemblies.NewSeat(words=w("town noted"), role=w("town kept"))
    assemblies.add_seats(by=by, assembly=row, new=[seat])
    return row


def _assemblies(town: Town) -> None:
    """One with approved minutes, one whose minutes are being corrected, one called off, one that is only prepared."""
    by, w, today = town.by("lucia"), town.word, clock.today()
    _made(town, "town kept", today + AHEAD)
    off = assemblies.call(by=by, assembly=_made(town, "town published", today + AHEAD))
    assemblies.cancel(by=by, assembly=off, reason=w("town published"))
    for part in ("town said", "town noted"):
        row = assemblies.call(by=by, assembly=_made(town, "town published", today))
        row = assemblies.open_assembly(
            by=by, assembly=row, present=2, chair=w("town noted"), secretary=w("town noted")
        )
        minutes = assemblies_read.minutes_of(row)
        assemblies.write_minutes(by=by, minutes=minutes, text=w("town noted"), seen_version=None)
        assemblies.write_minutes(by=by, minutes=minutes, text=w(part), seen_version=None)
        new = assemblies.NewResolution(w(part), today, owner_words=w("town noted"))
        decided = assemblies.add_resolution(by=by, assembly=row, new=new)
        assemblies.follow_up(by=by, resolution=decided, state=ResolutionState.UNDER_WAY, note=w("town noted"))
        assemblies.make_official(by=by, minutes=minutes)
        until = today + dt.timedelta(days=1)
        assemblies.open_amendments(by=by, minutes=minutes, until=until)
        asked = assemblies.propose_amendment(
            by=by, minutes=minutes, words=w("town noted"), who=w("town noted")
        )
        assemblies.settle_amendment(
            by=by, amendment=asked, state=AmendmentState.REJECTED, answer=w("town noted")
        )
        if part == "town said":
            with clock.at(clock.now() + dt.timedelta(days=2)):
                assemblies.validate(by=by, minutes=again(minutes))


def _ideas(town: Town) -> None:
    """One that is still to be read, one that was accepted and is being done; a neighbour supports it."""
    by, w = town.by("lucia"), town.word

    def sent(part: str, shown: str) -> Idea:
        who = PersonDetails(name=w("town proposer"), phone=town.canaries.phone("town proposer"), email=town.canaries.email("town proposer"))  # fmt: skip
        new = actions.NewIdea(
            w(part), w(part), once=f"{part} by a page", place=w(part), details=who, shown=w(shown),
            files=[town.photo("town idea file")],
        )  # fmt: skip
        return actions.propose(by=Actor.visitor(), new=new).idea

    sent("town ideas", "town ideas")
    idea = sent("town said", "town said")
    actions.publish(by=by, idea=idea)
    neighbour = PersonDetails(name=w("town proposer"), phone=town.canaries.phone("town proposer"))
    actions.support(by=Actor.visitor(), idea=idea, once="by a browser", details=neighbour)
    actions.take_up(by=by, idea=idea)
    actions.answer(by=by, idea=idea, state=IdeaState.ACCEPTED, words=w("town said"))
    result = queries.result_of(idea)
    new = actions.Progress(ResultState.UNDER_WAY, 40, w("town published"), w("town published"))
    actions.follow_result(by=by, result=result, new=new)
    actions.add_milestone(by=by, result=result, title=w("town published"), due_on=clock.today())
