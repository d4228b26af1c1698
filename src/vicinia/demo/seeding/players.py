"""Playing a case story: each of its dated acts becomes the real act of the program."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from vicinia.demo.seeding import agreeing, gathering, reviewing, writing
from vicinia.demo.seeding.asking import ask
from vicinia.demo.seeding.desk import Desk
from vicinia.demo.seeding.happening import Happening
from vicinia.demo.seeding.mediating import ask_to_mediate, mediate
from vicinia.demo.seeding.thinking import think
from vicinia.demo.seeding.watching import follow
from vicinia.demo.stories import SHEETS, Act, Part, Story
from vicinia.domain.agreements.models import BehaviourAgreement
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework import queries as cases
from vicinia.domain.casework.models import Case, Commitment, Intervention, Task
from vicinia.domain.casework.states import CommitmentState, OutcomeVerdict
from vicinia.domain.enforcement import actions as enforcement
from vicinia.domain.enforcement.queries import kind_coded
from vicinia.domain.letters import actions as letters
from vicinia.domain.listening import actions as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import Channel
from vicinia.domain.network import queries as network
from vicinia.domain.outcomes import actions as outcomes
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.domain.referrals import actions as referrals
from vicinia.domain.reviews import actions as reviews
from vicinia.domain.risk import actions as risk
from vicinia.domain.risk.default import default_questions
from vicinia.domain.territory.queries import Location
from vicinia.foundation.accounts.states import Role
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor


class Player:
    """One story: the rows that its acts have made so far, by key."""

    def __init__(self, story: Story, desk: Desk) -> None:
        self.story = story
        self.desk = desk
        self.case: Case | None = None
        self.reports: dict[str, Report] = {}
        self.rows: dict[str, Any] = {}
        self.parts: dict[str, Part] = {part.code: part for part in story.people}
        self.people: dict[str, Person] = {}

    def happenings(self, now: dt.datetime) -> list[Happening]:
        """The acts of the story at their moments."""
        acts = self._plan_first(self.story.in_order(now))
        return [Happening(moment, do=lambda act=act: self._play(act)) for moment, act in acts]  # type: ignore[misc]

    def _plan_first(self, acts: Sequence[tuple[dt.datetime, Act]]) -> list[tuple[dt.datetime, Act]]:
        """The response begins when there is a plan: where a story says both in one breath, the plan goes first."""
        planned_at = min((moment for moment, act in acts if act.verb in ("commit", "plan")), default=None)
        return [
            (planned_at + dt.timedelta(seconds=30), act)
            if planned_at and act.verb == "stage" and act.stage == "response" and moment < planned_at
            else (moment, act)
            for moment, act in acts
        ]

    def _play(self, act: Act) -> None:
        getattr(self, f"_{act.verb}")(act)

    # Who, where, which -------------------------------------------------------------------------------------------

    def _by(self, act: Act) -> Actor:
        return self.desk.actors[act.by] if act.by else Actor.visitor()

    def _resident(self, act: Act) -> Actor:
        return Actor.resident(self.reports[act.key].reference)

    def _report_of(self, key: str) -> Report:
        return Report.objects.select_related("category", "reporter").get(pk=self.reports[key].pk)

    @property
    def _case(self) -> Case:
        assert self.case is not None
        return Case.objects.select_related("owner", "area", "category").get(pk=self.case.pk)

    def _details(self, part: Part) -> PersonDetails | None:
        if not part.name and not part.phone:
            return None
        way = "sms" if part.contact_way == "message" else part.contact_way
        return PersonDetails(
            name=part.name, phone=part.phone, language=part.language, contact_way=way, needs=part.needs
        )

    def _person(self, part: Part) -> Person | None:
        details = self._details(part)
        if details is None:
            return None
        if part.code not in self.people:
            self.people[part.code] = people.meet(by=self.desk.actors[self._someone()], details=details)
        return self.people[part.code]

    def _someone(self) -> str:
        return self.story.owner or next(act.by for act in self.story.acts if act.by)

    def _where(self) -> Location:
        story, town = self.story, self.desk.town
        area_id = self.desk.places.areas[story.quarter]
        if story.place:
            place = town.place(story.place)
            lon, lat = place.lonlat
            return Location(lat=lat, lon=lon, address=story.place, area_id=area_id)
        numbers = [row for row in town.civics_of(story.street) if row.quarter == story.quarter] or list(
            town.civics_of(story.street)
        )
        civic = min(numbers, key=lambda row: abs(row.number - story.number_hint))
        lon, lat = civic.lonlat
        stair = f"scala {story.stair}" if story.stair else ""
        return Location(lat=lat, lon=lon, address=civic.label, place_words=stair, area_id=area_id)

    # Acts of listening -------------------------------------------------------------------------------------------

    def _report(self, act: Act) -> None:
        part = self.parts.get(act.who)
        kind = self.desk.kinds[self.story.kind]
        new = listening.NewReport(
            category=kind,
            title=act.title,
            description=act.text,
            location=self._where(),
            reporter=self._details(part) if part else None,
            language=part.language if part else "it",
            privacy_read=True,
        )
        report = listening.receive(by=self._by(act), new=new, channel=Channel(act.channel)).report
        if report.legal_basis != self.story.legal_basis:
            chosen = self.desk.actors[self._someone()]
            correction = listening.Correction(legal_basis=self.story.legal_basis)
            report = listening.correct(by=chosen, report=report, correction=correction, seen_version=None)
        self.reports[act.key] = report

    def _episode(self, act: Act) -> None:
        listening.add_episode(
            by=self._resident(act), report=self._report_of(act.key), happened_at=clock.now(), text=act.text
        )

    def _message(self, act: Act) -> None:
        listening.write_to_unit(by=self._resident(act), report=self._report_of(act.key), text=act.text)

    def _reply(self, act: Act) -> None:
        report = self._report_of(act.key)
        listening.mark_read(by=self._by(act), report=report)
        listening.write_to_reporter(by=self._by(act), report=report, text=act.text)

    # Acts of casework --------------------------------------------------------------------------------------------

    def _open(self, act: Act) -> None:
        report = self._report_of(next(iter(self.reports)))
        new = casework.OpenCase(
            title=self.story.title,
            category=report.category,
            legal_basis=self.story.legal_basis,
            kind=self.story.case_kind,
            summary=act.text,
        )
        self.case = casework.open_case(by=self._by(act), new=new, reports=[report])

    def _take(self, act: Act) -> None:
        by = self._by(act)
        asked = cases.proposals_to(by).filter(case=self._case).first()
        if asked is not None:
            casework.accept(by=by, proposal=asked)
        elif self._case.owner_id != by.user_id:
            casework.take_charge(by=by, case=self._case)

    def _propose(self, act: Act) -> None:
        casework.propose(by=self._by(act), case=self._case, to=self.desk.staff[act.who], words=act.text)

    def _link(self, act: Act) -> None:
        casework.link_report(by=self._by(act), case=self._case, report=self._report_of(act.key), why=act.text)

    def _contact(self, act: Act) -> None:
        part = self.parts.get(act.who)
        is_reporter = part is not None and part.role == "reporter"
        next_on = clock.today() + dt.timedelta(days=act.next_days) if act.next_days is not None else None
        new = casework.NewContact(
            how=act.how,
            direction=act.direction,
            reached=act.reached,
            summary=act.text,
            agreed=act.agreed,
            minutes=act.minutes or None,
            next_contact_on=next_on,
            person=self._person(part) if part else None,
            with_whom="" if is_reporter else (part.label if part else "un ente della rete"),
        )
        if self.case is None:
            casework.contact_on_report(
                by=self._by(act), report=self._report_of(next(iter(self.reports))), new=new
            )
            return
        casework.contact_in_case(by=self._by(act), case=self._case, new=new)
        self._bring_in(act, part)

    def _bring_in(self, act: Act, part: Part | None) -> None:
        """Who is met or written to belongs to the case; who reported is there already."""
        if part is not None and part.role != "reporter" and (person := self._person(part)):
            casework.add_person(
                by=self._by(act), case=self._case, person=person, role=part.role, label=part.label
            )

    def _stage(self, act: Act) -> None:
        if self._case.stage == act.stage:  # a reopened case is in the response already
            return
        casework.enter_stage(by=self._by(act), case=self._case, stage=act.stage, reason=act.text)

    def _commit(self, act: Act) -> None:
        due_on = clock.today() + dt.timedelta(days=act.due_days)
        body = network.body_coded(act.body) if act.body else None
        new = casework.NewCommitment(
            what=act.text,
            due_on=due_on,
            by_whom=act.kind,
            who="" if act.kind == "reporter" else act.who,
            body=body,
        )
        self.rows[act.key] = casework.add_commitment(by=self._by(act), case=self._case, new=new)

    def _end_commitment(self, act: Act, state: CommitmentState) -> None:
        row = Commitment.objects.select_related("case").get(pk=self.rows[act.key].pk)
        casework.end_commitment(by=self._by(act), commitment=row, state=state, explanation=act.text)

    def _keep(self, act: Act) -> None:
        self._end_commitment(act, CommitmentState.KEPT)

    def _break(self, act: Act) -> None:
        self._end_commitment(act, CommitmentState.NOT_KEPT)

    def _drop(self, act: Act) -> None:
        self._end_commitment(act, CommitmentState.DROPPED)

    def _plan(self, act: Act) -> None:
        planned_on = clock.today() + dt.timedelta(days=act.due_days)
        body = network.body_coded(act.body) if act.body else None
        new = casework.NewIntervention(
            kind=act.kind, way=act.way, what=act.text, cause=act.cause, planned_on=planned_on, body=body
        )
        self.rows[act.key] = casework.plan_intervention(by=self._by(act), case=self._case, new=new)

    def _carry_out(self, act: Act) -> None:
        row = Intervention.objects.select_related("case").get(pk=self.rows[act.key].pk)
        casework.carry_out(by=self._by(act), intervention=row, result=act.text)

    def _cancel(self, act: Act) -> None:
        row = Intervention.objects.select_related("case").get(pk=self.rows[act.key].pk)
        casework.cancel_intervention(by=self._by(act), intervention=row, reason=act.text)

    def _task(self, act: Act) -> None:
        due_on = clock.today() + dt.timedelta(days=act.due_days)
        assignee = self.desk.staff.get(act.who)
        self.rows[act.key] = casework.add_task(
            by=self._by(act), case=self._case, what=act.text, due_on=due_on, assignee=assignee
        )

    def _done(self, act: Act) -> None:
        casework.finish_task(by=self._by(act), task=Task.objects.get(pk=self.rows[act.key].pk))

    def _ask_to_close(self, act: Act) -> None:
        casework.ask_to_close(
            by=self._by(act),
            case=self._case,
            outcome=act.outcome,
            note=act.text,
            consultation=act.consultation,
            explanation="Il caso era già tranquillo: non serviva un'altra verifica.",
        )

    def _close(self, act: Act) -> None:
        self._ask_to_close(act)
        self.desk.approve(self._by(act), self._case)

    def _confirm(self, act: Act) -> None:
        casework.reply_outcome(
            by=self._resident(act),
            report=self._report_of(act.key),
            verdict=OutcomeVerdict.CONFIRMED,
            words=act.text,
        )

    def _contest(self, act: Act) -> None:
        casework.reply_outcome(
            by=self._resident(act),
            report=self._report_of(act.key),
            verdict=OutcomeVerdict.CONTESTED,
            words=act.text,
        )

    def _reopen(self, act: Act) -> None:
        casework.reopen(by=self._by(act), case=self._case, reason=act.text)

    def _watch(self, act: Act) -> None:
        point = cases.watch_points_of(self._case).filter(done_at__isnull=True).select_related("case").first()
        if point is not None:
            casework.note_watch_point(by=self._by(act), point=point, note=act.text)

    def _sheet(self, act: Act) -> None:
        think(by=self._by(act), case=self._case, thinking=SHEETS[self.story.code])

    def _alert(self, act: Act) -> None:
        follow(by=self._by(act), case=self._case, words=act.text)

    def _act(self, act: Act) -> None:
        new = enforcement.NewAct(
            kind=kind_coded(act.kind), number=act.title, issued_on=clock.today(), note=act.text
        )
        enforcement.register(by=self._by(act), case=self._case, new=new)

    def _measure(self, act: Act) -> None:
        lon, lat = self.desk.town.place(act.title).lonlat
        new = outcomes.NewMeasure(
            began_on=clock.today() + dt.timedelta(days=act.due_days),
            radius=200,
            ring=300,
            control=Location(lat=lat, lon=lon, address=act.title),
            why=act.text,
        )
        outcomes.set_measure(by=self._by(act), case=self._case, new=new)

    def _refer(self, act: Act) -> None:
        self.rows[act.key] = ask(by=self._by(act), case=self._case, act=act)

    def _accepts(self, act: Act) -> None:
        referrals.accept(by=self._by(act), referral=self.rows[act.key])

    def _aim(self, act: Act) -> None:
        writing.aim(by=self._by(act), case=self._case, act=act)

    def _letter(self, act: Act) -> None:
        part = self.parts.get(act.who)
        self._bring_in(act, part)
        self.rows[act.key] = writing.draft(by=self._by(act), case=self._case, act=act, part=part)

    def _letter_send(self, act: Act) -> None:
        self.rows[act.key] = writing.send(by=self._by(act), letter=self.rows[act.key], act=act)

    def _letter_answer(self, act: Act) -> None:
        letters.note_answer(by=self._by(act), letter=self.rows[act.key], note=act.text)

    def _table(self, act: Act) -> None:
        self.rows["table"] = gathering.call(by=self._by(act), case=self._case, act=act)

    def _table_write(self, act: Act) -> None:
        gathering.write(by=self._by(act), case=self._case, meeting=self.rows["table"], act=act)

    def _table_undertake(self, act: Act) -> None:
        table, staff = self.rows["table"], self.desk.staff
        gathering.undertake(by=self._by(act), case=self._case, meeting=table, act=act, staff=staff)

    def _table_close(self, act: Act) -> None:
        gathering.close(by=self._by(act), meeting=self.rows["table"])

    def _review(self, act: Act) -> None:
        report = self._report_of(act.key)
        self.rows["review"] = reviewing.ask(by=self._resident(act), report=report, act=act)

    def _go_on_with_review(self, act: Act) -> None:
        step = reviewing.go_on(by=self._by(act), review=self.rows["review"], act=act, staff=self.desk.staff)
        if act.key:
            self.rows[act.key] = step

    _review_chair = _review_settle = _review_meet = _review_recommend = _review_decide = _go_on_with_review

    def _review_accept(self, act: Act) -> None:
        reviews.accept_recommendation(by=self._by(act), recommendation=self.rows[act.key])

    def _ask_mediation(self, act: Act) -> None:
        mediator = next(user for user in self.desk.staff.values() if user.role == Role.MEDIATOR)
        self.rows[act.key] = ask_to_mediate(by=self._by(act), case=self._case, mediator=mediator, act=act)

    def _propose_agreement(self, act: Act) -> None:
        person = self._person(self.parts[act.who])
        assert person is not None, "an agreement is with somebody whom the unit knows"
        self.rows[act.key] = agreeing.propose(by=self._by(act), case=self._case, person=person, act=act)

    def _agreement(self, act: Act) -> None:
        parent = self._person(self.parts[act.who]) if act.who else None
        agreement = BehaviourAgreement.objects.select_related("case").get(pk=self.rows[act.key].pk)
        agreeing.go_on(by=self._by(act), agreement=agreement, act=act, person=parent)

    def _mediate(self, act: Act) -> None:
        mediate(by=self._by(act), file=self.rows[act.key], act=act)

    def _assess(self, act: Act) -> None:
        codes = [question.code for question in default_questions().questions]
        answers = {code: int(place) for code, place in zip(codes, act.text, strict=True)}
        risk.assess(by=self._by(act), case=self._case, answers=answers)
