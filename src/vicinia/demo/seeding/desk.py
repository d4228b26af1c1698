"""What the unit does with the post of an ordinary day: answers, passes on, sets aside, joins, opens cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random

from vicinia.demo.pictures import photo
from vicinia.demo.rhythm import PlannedReport
from vicinia.demo.rises import EMERGING
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.seeding.housing import details_of
from vicinia.demo.seeding.setting import Places
from vicinia.demo.town import Town
from vicinia.demo.words import (
    answer,
    closing_note,
    commitment,
    contact_note,
    intervention,
    redirection,
    set_aside_reason,
)
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework import queries as cases
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.states import CaseKind, CommitmentState, Outcome
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening import queries as reports
from vicinia.domain.listening.models import Category, Report
from vicinia.domain.listening.rules import may_redirect
from vicinia.domain.listening.states import Channel, ReportState
from vicinia.domain.network import queries as network
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.territory.queries import Location
from vicinia.foundation.accounts.models import User
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor

# Of a hundred reports that are old enough, how many end in which way. The rest are answered.
REDIRECTED, SET_ASIDE = 27, 6
FRESH = dt.timedelta(days=6)  # younger than this, many are still waiting to be looked at
CASE_AFTER = 2  # reports of one story, before a case is opened on the place
CASE_LASTS = dt.timedelta(days=38)


class Desk:
    """The unit at work: reports come in, and each brings about what is done with it later."""

    def __init__(
        self, *, town: Town, staff: dict[str, User], places: Places, now: dt.datetime, seed: int
    ) -> None:
        self.town = town
        self.staff = staff
        self.actors = {username: user.as_actor() for username, user in staff.items()}
        self.places = places
        self.now = now
        self.rng = Random(seed)  # noqa: S311  a town of fiction, not a secret
        self.kinds: dict[str, Category] = {kind.code: kind for kind in reports.kinds_in_use()}
        self._later: list[Happening] = []
        self._first_of_story: dict[str, Report] = {}
        self._told_of_story: dict[str, int] = {}
        self._case_of_story: dict[str, Case] = {}

    def followings(self) -> list[Happening]:
        """What the last happening brings about."""
        later, self._later = self._later, []
        return [happening for happening in later if happening.at < self.now]

    def later(self, delay: dt.timedelta, do: Callable[[], object], *, at_hour: int | None = None) -> None:
        """Do something after a while, on a working day at office hours."""
        moment = clock.now() + delay
        if at_hour is not None:
            day = moment.astimezone(self.now.tzinfo).date()
            while not clock.is_working_day(day):
                day += dt.timedelta(days=1)
            wall = dt.time(at_hour, self.rng.randrange(60), self.rng.randrange(60))
            moment = max(moment, dt.datetime.combine(day, wall, self.now.tzinfo))
        self._later.append(Happening(moment, do=do))

    def operator_of(self, quarter: str) -> Actor:
        """An operator whose team looks after a quarter."""
        area = self.places.areas[quarter]
        near = [
            actor
            for name, actor in self.actors.items()
            if area in actor.area_ids and self.staff[name].role == "operator"
        ]
        return self.rng.choice(near)

    # What comes in -------------------------------------------------------------------------------------------

    def arrival(self, planned: PlannedReport) -> Happening:
        """A planned report reaches the unit."""
        return Happening(planned.received_at, do=lambda: self._take_in(planned))

    def _take_in(self, planned: PlannedReport) -> None:
        channel = Channel(planned.channel)
        is_by_staff = channel not in (Channel.WEB, Channel.EMAIL, Channel.PARTNER)
        by = self.operator_of(planned.quarter) if is_by_staff else Actor.visitor()
        report = listening.receive(by=by, new=self._new(planned), channel=channel).report
        self._decide(planned, report)

    def _new(self, planned: PlannedReport) -> listening.NewReport:
        return listening.NewReport(
            category=self.kinds[planned.kind],
            title=planned.title,
            description=planned.description,
            location=self._where(planned),
            since_words=planned.since_words,
            frequency=planned.frequency,
            who_suffers=planned.who_suffers,
            happened_at=planned.happened_at,
            at_risk=planned.at_risk,
            reporter=self.details_of(planned),
            on_behalf_of=planned.on_behalf_of,
            wants_contact=planned.wants_contact,
            language=planned.language,
            privacy_read=True,
            files=[photo(planned.kind, self.rng)] if planned.has_photo and self._is_recent(planned) else (),
        )

    def _is_recent(self, planned: PlannedReport) -> bool:
        return self.now - planned.received_at < dt.timedelta(days=45)

    def _where(self, planned: PlannedReport) -> Location:
        address = planned.civic.label if planned.civic else planned.place
        area_id = self.places.areas[planned.quarter]
        if not address:
            return Location(
                place_words=planned.place_words, area_id=area_id if self.rng.random() < 0.7 else None
            )
        return Location(
            lat=planned.lat,
            lon=planned.lon,
            address=address,
            place_words=planned.place_words,
            area_id=area_id,
        )

    def details_of(self, planned: PlannedReport) -> PersonDetails | None:
        who = planned.reporter
        if who is None:
            return None
        return details_of(who)

    # What is done with it --------------------------------------------------------------------------------------

    def _decide(self, planned: PlannedReport, report: Report) -> None:
        age = self.now - planned.received_at
        if planned.rise == EMERGING.code or (age < FRESH and self.rng.random() < 0.45):
            return
        by = self.operator_of(planned.quarter)
        self.later(
            dt.timedelta(hours=2),
            lambda: self._take(by, report),
            at_hour=self.rng.randrange(8, 12),
        )
        if report.wants_contact:
            self.later(
                dt.timedelta(hours=6),
                lambda: self._first_contact(by, planned, report),
                at_hour=self.rng.randrange(12, 18),
            )
        days = dt.timedelta(days=1 + self.rng.randrange(6))
        self.later(days, lambda: self._end(by, planned, report), at_hour=self.rng.randrange(9, 17))

    def _take(self, by: Actor, report: Report) -> None:
        again = self._again(report)
        if again.state == ReportState.RECEIVED:
            listening.take(by=by, report=again)

    def _again(self, report: Report) -> Report:
        return Report.objects.select_related("category", "reporter").get(pk=report.pk)

    def _first_contact(self, by: Actor, planned: PlannedReport, report: Report) -> None:
        again = self._again(report)
        if not again.is_open:
            return
        reached = self.rng.random() < 0.88
        summary = contact_note(planned.kind, self.rng) if reached else ""
        casework.contact_on_report(
            by=by,
            report=again,
            new=casework.NewContact(summary=summary, reached=reached, minutes=4 + self.rng.randrange(18)),
        )

    def _end(self, by: Actor, planned: PlannedReport, report: Report) -> None:
        again = self._again(report)
        if not again.is_open or again.state == ReportState.LINKED:
            return
        if planned.story and not planned.rise and self._part_of_story(by, planned, again):
            return
        self._end_alone(by, planned, again)

    def _end_alone(self, by: Actor, planned: PlannedReport, report: Report) -> None:
        dice = self.rng.randrange(100)
        if dice < REDIRECTED and self._pass_on(by, report):
            return
        if REDIRECTED <= dice < REDIRECTED + SET_ASIDE:
            listening.set_aside(by=by, report=report, reason=set_aside_reason(self.rng))
        elif dice < REDIRECTED + SET_ASIDE + 3 and report.wants_contact:
            listening.ask_reporter(
                by=by, report=report, question="A che ora succede di solito? Così passiamo al momento giusto."
            )
        else:
            listening.answer(by=by, report=report, words=answer(planned.kind))

    def _pass_on(self, by: Actor, report: Report) -> bool:
        """Pass a report on to the body that is competent. False if there is none, or if it may not have this report."""
        code, words = redirection(self.rng)
        body = network.body_coded(code)
        if body is None or not may_redirect(by, report, body):
            return False
        listening.redirect(by=by, report=report, body=body, words=words)
        return True

    # Reports that come back to one place -------------------------------------------------------------------------

    def _part_of_story(self, by: Actor, planned: PlannedReport, report: Report) -> bool:
        """Join the case of the place, or open it when reports come back. False while it is a single report."""
        story = planned.story
        case = self._case_of_story.get(story)
        if case is not None:
            return self._join(by, Case.objects.get(pk=case.pk), report)
        self._told_of_story[story] = self._told_of_story.get(story, 0) + 1
        if self._told_of_story[story] < CASE_AFTER:
            return False
        self._case_of_story[story] = self._open(by, planned, report)
        return True

    def _join(self, by: Actor, case: Case, report: Report) -> bool:
        if not case.is_open or case.legal_basis != report.legal_basis:
            return False
        casework.link_report(by=by, case=case, report=report, why="stesso posto, stesso problema")
        return True

    def _open(self, by: Actor, planned: PlannedReport, report: Report) -> Case:
        new = casework.OpenCase(
            title=report.title, category=report.category, legal_basis=report.legal_basis, kind=CaseKind.PLACE
        )
        case = casework.take_charge(by=by, case=casework.open_case(by=by, new=new, reports=[report]))
        promise, deed = commitment(planned.kind, self.rng), intervention(planned.kind, self.rng)
        due_on = clock.today() + dt.timedelta(days=promise.days)
        body = network.body_coded(promise.body) if promise.body else None
        row = casework.add_commitment(
            by=by,
            case=case,
            new=casework.NewCommitment(
                what=promise.what, due_on=due_on, by_whom=promise.by, who=promise.who, body=body
            ),
        )
        self.later(
            dt.timedelta(days=promise.days),
            lambda: casework.end_commitment(by=by, commitment=row, state=CommitmentState.KEPT),
            at_hour=15,
        )
        planned_on = clock.today() + dt.timedelta(days=7 + self.rng.randrange(10))
        helper = network.body_coded(deed.body) if deed.body else None
        work = casework.plan_intervention(
            by=by,
            case=case,
            new=casework.NewIntervention(
                kind=deed.kind,
                what=deed.what,
                planned_on=planned_on,
                way=deed.way,
                cause=deed.cause,
                body=helper,
            ),
        )
        self.later(
            planned_on - clock.today(),
            lambda: casework.carry_out(by=by, intervention=work, result=deed.result),
            at_hour=16,
        )
        self.later(CASE_LASTS, lambda: self._close(by, case), at_hour=11)
        return case

    def _close(self, by: Actor, case: Case) -> None:
        case = Case.objects.get(pk=case.pk)
        outcome = self.rng.choice([Outcome.SOLVED, Outcome.IMPROVED, Outcome.IMPROVED, Outcome.CONTAINED])
        words = {
            "note": closing_note(outcome, self.rng),
            "explanation": "Sentite le famiglie: non serve altro.",
        }
        spoken = "Sentito per telefono: dice che va meglio."
        casework.ask_to_close(by=by, case=case, outcome=outcome, consultation=spoken, **words)
        self.later(dt.timedelta(days=1), lambda: self.approve(by, case), at_hour=9)

    def approve(self, by: Actor, case: Case) -> None:
        """The coordinator reads how a case ended and closes it."""
        case = Case.objects.get(pk=case.pk)
        if case.is_open:
            coordinator = self.actors["lucia.marchesi"]
            casework.approve_closing(by=coordinator, request=cases.closing_of(case))
        self.watch(by, case)

    def watch(self, by: Actor, case: Case) -> None:
        """Look at a closed case on each of the days that closing has planned."""
        for days in cases.watch_days():
            self.later(dt.timedelta(days=days), lambda: self._look_again(by, case), at_hour=10)

    def _look_again(self, by: Actor, case: Case) -> None:
        case = Case.objects.get(pk=case.pk)
        point = cases.watch_points_of(case).filter(done_at__isnull=True).select_related("case").first()
        if point is None or case.is_open:
            return
        came_back = cases.new_reports_since_closing(case)
        note = (
            "Qualcosa è tornato: ci ripassiamo la prossima settimana."
            if came_back
            else "Passati di sera e di mattina: tranquillo."
        )
        casework.note_watch_point(by=by, point=point, note=note)
