"""Complaints that are answered, go up, are confirmed or become a case; walks; the survey; whose data it is."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import kind
from vicinia.domain.mediation import queries as mediation_read
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.people.models import Person
from vicinia.domain.worksites import actions, jobs, queries, rules
from vicinia.domain.worksites.models import Complaint, Lot, SurveyAnswer, WalkPoint
from vicinia.domain.worksites.states import (
    ComplaintChannel,
    ComplaintState,
    Escalation,
    LotState,
    Side,
    WalkState,
    WorksiteState,
)
from vicinia.domain.worksites.tests.conftest import MARIA, VISITOR, send
from vicinia.domain.worksites.tests.test_works import refused
from vicinia.foundation.attachments import queries as attachments
from vicinia.foundation.attachments.tests.factories import phone_photo, upload
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def told():
    return list(OutboxMessage.objects.order_by("id").values_list("template", "to"))


def test_a_complaint_reaches_who_builds_and_who_directs(lot):
    sent = send(lot)
    row = sent.complaint
    assert queries.complaint_of_link(sent.token) == row
    assert (row.state, str(row), row.is_open, row.is_late) == (
        ComplaintState.RECEIVED,
        row.reference,
        True,
        False,
    )
    assert clock.working_days_between(clock.today(), row.due_on) == rules.REPLY_DAYS
    assert told() == [
        ("complaint_received", "maria@posta.example"),
        ("complaint_for_you", "edil@impresa.example"),
        ("complaint_for_you", "direzione@impresa.example"),
    ]
    for message in OutboxMessage.objects.exclude(template="complaint_received"):
        assert "Maria" not in message.body and "ovunque" not in message.body
    with pytest.raises(NotVisible):
        queries.complaint_of_link("x")


def test_danger_is_urgent_and_sent_twice_is_one(lot, lucia):
    row = send(lot, kind="safety", details=None, once="una", files=[upload(phone_photo())]).complaint
    assert (row.is_urgent, row.reply_due_on) == (True, clock.today())
    again = send(lot, once="una")
    assert (again.complaint, again.token) == (row, "")
    assert [one for one in told() if one[0] == "complaint_urgent"] == [
        ("complaint_urgent", "carla@prova.example"),
        ("complaint_urgent", "lucia@prova.example"),
    ]
    assert attachments.of(row).count() == 1
    assert rules.is_urgent("dust", ticked=True)
    assert refused(lambda: actions.make_urgent(by=lucia, complaint=row)).status == 409


def test_who_may_complain_of_what(lot, lucia, anna, site):
    assert refused(lambda: send(lot, words=" ")).status == 409
    assert refused(lambda: send(lot, by=anna)).status == 403
    assert send(lot, by=lucia, channel=ComplaintChannel.PHONE).complaint.channel == "phone"
    Lot.objects.update(state=LotState.HABITABLE)
    done = Lot.objects.select_related("worksite").get()
    assert "finito da tempo" in str(refused(lambda: send(done)).sentence)
    site.refresh_from_db()
    site.state = WorksiteState.DRAFT
    site.save()
    hidden = Lot.objects.select_related("worksite", "contractor", "manager").get()
    assert "non è ancora aperto" in str(refused(lambda: send(hidden)).sentence)


def test_the_body_of_the_lot_answers_and_never_knows_who_wrote(lot, complaint, paolo, anna, lucia, cast):
    assert list(queries.complaints(paolo)) == [complaint]
    assert not queries.complaints(anna)
    assert not queries.visible_people(paolo)
    past = clock.today() - DAY
    answer = lambda **more: actions.answer(  # noqa: E731
        **{"by": paolo, "complaint": complaint, "words": "Laviamo le scale."} | more
    )
    assert refused(lambda: answer(words=" ")).status == 409
    assert refused(lambda: answer(promised_on=past)).status == 409
    assert refused(lambda: answer(by=anna)).status == 403
    row = answer(promised_on=clock.today() + DAY)
    assert (row.state, row.due_on, row.is_late) == (ComplaintState.ANSWERED, clock.today() + DAY, False)
    reply = queries.replies_of(row)[0]
    assert (reply.side, reply.by_name) == (Side.BODY, "Edil Bianchi")
    assert told()[-1] == ("complaint_answered", "maria@posta.example")
    assert "Laviamo le scale." in OutboxMessage.objects.order_by("id").last().body
    assert answer(by=lucia, words="Anche domani.").promised_on == clock.today() + DAY
    with clock.at(clock.now() + 3 * DAY):
        assert list(Complaint.objects.all().overdue_promises()) == [row]
        assert list(queries.complaints_due(lucia, clock.today())) == [row]
        assert not queries.complaints_due(anna, clock.today())
    Lot.objects.update(contractor=None, state=LotState.TERMINATED, state_reason="x")
    assert not queries.complaints(paolo)


def test_done_confirmed_contested_and_closed(complaint, paolo, anna, lucia):
    maria = Actor.author(complaint.reference)
    stranger = Actor.author("SC2000-0001")
    assert refused(lambda: actions.confirm(by=maria, complaint=complaint)).status == 409
    assert refused(lambda: actions.finish(by=paolo, complaint=complaint, words="")).status == 409
    row = actions.finish(by=paolo, complaint=complaint, words="Lavato tutto.")
    assert row.state == ComplaintState.DONE
    assert refused(lambda: actions.answer(by=paolo, complaint=row, words="x")).status == 409
    assert refused(lambda: actions.confirm(by=stranger, complaint=row)).status == 403
    assert refused(lambda: actions.reopen(by=maria, complaint=row, words="")).status == 409
    row = actions.reopen(by=maria, complaint=row, words="È ancora sporco.")
    assert (row.state, row.promised_on, row.escalation) == (ComplaintState.RECEIVED, None, Escalation.NONE)
    assert told()[-1] == ("complaint_for_you", "direzione@impresa.example")
    assert refused(lambda: actions.reopen(by=maria, complaint=row, words="x")).status == 409
    actions.finish(by=lucia, complaint=row, words="Ora sì.")
    assert actions.confirm(by=maria, complaint=row).state == ComplaintState.CLOSED
    assert refused(lambda: actions.close_complaint(by=lucia, complaint=row, words="x")).status == 409
    row = actions.reopen(by=maria, complaint=row, words="Di nuovo.")
    assert refused(lambda: actions.close_complaint(by=lucia, complaint=row, words="")).status == 409
    assert refused(lambda: actions.close_complaint(by=paolo, complaint=row, words="x")).status == 403
    assert actions.close_complaint(by=lucia, complaint=row, words="Parlato a voce.").state == "closed"
    assert [one.side for one in queries.replies_of(row)] == [
        Side.BODY,
        Side.RESIDENT,
        Side.UNIT,
        Side.RESIDENT,
        Side.UNIT,
    ]


def test_more_is_written_and_it_becomes_urgent(complaint, lucia, anna):
    maria = Actor.author(complaint.reference)
    assert actions.write(by=maria, complaint=complaint, words="Anche oggi.").side == Side.RESIDENT
    count = len(told())
    assert actions.write(by=lucia, complaint=complaint, words="Passiamo domani.").side == Side.UNIT
    assert len(told()) == count + 1
    assert refused(lambda: actions.write(by=anna, complaint=complaint, words="x")).status == 403
    assert refused(lambda: actions.make_urgent(by=anna, complaint=complaint)).status == 403
    row = actions.make_urgent(by=lucia, complaint=complaint)
    assert (row.is_urgent, row.reply_due_on) == (True, clock.today())
    assert list(queries.complaints_due(lucia, clock.today())) == [row]
    answered = actions.answer(by=lucia, complaint=send(row.lot).complaint, words="Sì.")
    assert refused(lambda: actions.make_urgent(by=lucia, complaint=answered)).status == 409


def test_an_answer_that_does_not_come_goes_up_each_step_once(complaint):
    def run_on(working_days):
        day = clock.add_working_days(complaint.reply_due_on, working_days)
        with clock.at(clock.start_of(day) + dt.timedelta(hours=9)):
            return jobs.chase()

    count = len(told())
    assert jobs.chase() == 0
    assert [run_on(1), run_on(1)] == [1, 0]
    assert told()[count:] == [("complaint_late", "edil@impresa.example")]
    assert run_on(2) == 1
    assert told()[-1] == ("complaint_stuck", "direzione@impresa.example")
    assert [run_on(3), run_on(9)] == [1, 0]
    assert told()[-1] == ("complaint_left", "carla@prova.example")
    complaint.refresh_from_db()
    assert complaint.escalation == Escalation.COORDINATOR


def test_what_is_urgent_does_not_wait_for_monday(lot):
    row = send(lot, urgent=True).complaint
    late = lambda days: rules.step_due(row, row.reply_due_on + days * DAY)  # noqa: E731
    assert [late(0), late(1), late(2)] == [Escalation.NONE, Escalation.MANAGER, Escalation.COORDINATOR]
    row.is_urgent, row.reply_due_on = False, dt.date(2026, 5, 8)
    assert rules.step_due(row, dt.date(2026, 5, 9)) == Escalation.NONE
    row.state = ComplaintState.ANSWERED
    assert rules.step_due(row, dt.date(2026, 6, 9)) == Escalation.NONE


def test_after_weeks_everybody_is_told_at_once_and_an_answer_stops_it(complaint, lot, lucia):
    other = send(lot).complaint
    answered = actions.answer(by=lucia, complaint=other, words="Sì.")
    with clock.at(clock.now() + 40 * DAY):
        assert queries.late_complaints() == [complaint]
        assert not actions.chase(by=Actor.job("x"), complaint=answered)
        assert jobs.chase() == 1
    assert [one for one, _to in told()][-3:] == ["complaint_late", "complaint_stuck", "complaint_left"]
    site = queries.numbers_of(lot.worksite)
    assert (site.all, site.open, site.late, site.escalated) == (2, 2, 0, 1)


def test_a_body_without_an_address_is_rung_not_written_to(lot, lucia):
    for body in queries.both_of(lot):
        body.email = ""
        body.save()
    Lot.objects.update(manager=None)
    fresh = Lot.objects.select_related("worksite", "contractor", "manager").get()
    send(fresh, details=PersonDetails(name="Ugo Neri", phone="059 123456"))
    assert told() == []


def test_a_case_and_a_mediation_come_of_it(complaint, lucia, anna, cast, house):
    given = {"title": "Polvere e liti", "category": kind()}
    act = lambda by=lucia, **more: actions.open_case_from(  # noqa: E731
        **{"by": by, "complaint": complaint, **given, **more}
    )
    assert refused(lambda: act(anna)).status == 403
    mute = Actor.job("x", frozenset({"keep_worksites"}))
    assert refused(lambda: act(mute)).status == 403
    with pytest.raises(Conflict):
        act(seen_version=99)
    case = act()
    assert (case.title, case.area, case.lat) == ("Polvere e liti", cast.crocetta, house.lat)
    complaint.refresh_from_db()
    assert complaint.case == case
    assert refused(act).status == 409
    report = Report.objects.get(case_link__case=case)
    assert (report.description, report.reporter) == (complaint.words, complaint.person)
    assert not mediation_read.has_open(case)


def test_a_case_without_a_house_stands_in_the_area_of_the_site(lot, lucia, site, cast):
    lot.buildings.clear()
    row = send(lot, details=None, place="in cortile").complaint
    case = actions.open_case_from(by=lucia, complaint=row, title="x", category=kind())
    assert (case.area, case.lat) == (cast.crocetta, None)
    stair = queries.stairs_to_choose(lucia)[0]
    other = send(lot, stair=stair).complaint
    case = actions.open_case_from(by=lucia, complaint=other, title="y", category=kind())
    assert case.lat == stair.building.lat


def test_a_new_link_closes_the_old_ones(lucia, lot):
    sent = send(lot)
    token = actions.renew_link(by=lucia, complaint=sent.complaint)
    assert queries.complaint_of_link(token) == sent.complaint
    with pytest.raises(NotVisible):
        queries.complaint_of_link(sent.token)
    nameless = send(lot, details=None).complaint
    assert refused(lambda: actions.renew_link(by=lucia, complaint=nameless)).status == 409


# Walks ------------------------------------------------------------------------------------------------------------


def test_a_walk_with_minutes_and_points(lucia, anna, lot, builder):
    plan = actions.WalkPlan(clock.today() + DAY, dt.time(10), "Cortile", "Impresa e due abitanti")
    assert refused(lambda: actions.plan_walk(by=anna, lot=lot, new=plan)).status == 403
    walk = actions.plan_walk(by=lucia, lot=lot, new=plan)
    assert str(walk) == walk.reference
    hold = lambda **more: actions.hold_walk(  # noqa: E731
        **{"by": lucia, "walk": walk, "minutes": "Il ponteggio copre l'entrata.", "participants": "Tre"}
        | more
    )
    assert "altro giorno" in str(refused(hold).sentence)
    assert refused(lambda: rules.may_print_walk(walk).require()).status == 409
    today = actions.WalkPlan(clock.today(), dt.time(11), "Scala A")
    walk = actions.change_walk(by=lucia, walk=walk, new=today, seen_version=1)
    assert list(queries.walks_due(lucia, clock.today())) == [walk]
    assert not queries.walks_due(anna, clock.today())
    assert refused(lambda: hold(minutes="")).status == 409
    walk = hold(files=[upload(phone_photo())])
    assert (walk.state, attachments.of(walk).count()) == (WalkState.HELD, 1)
    assert hold(minutes="Corretto.").minutes == "Corretto."
    assert (
        refused(lambda: actions.change_walk(by=lucia, walk=walk, new=today, seen_version=None)).status == 409
    )
    assert refused(lambda: actions.cancel_walk(by=lucia, walk=walk, reason="x")).status == 409
    new = actions.NewPoint("Spostare il ponteggio", clock.today(), who=" ")
    assert refused(lambda: actions.add_point(by=lucia, walk=walk, new=new)).status == 409
    point = actions.add_point(by=lucia, walk=walk, new=actions.NewPoint("Pulire", clock.today(), who="Ugo"))
    other = actions.add_point(by=lucia, walk=walk, new=actions.NewPoint("x", clock.today(), body=builder))
    assert (point.owner, other.owner) == ("Ugo", "Edil Bianchi")
    assert list(queries.points_due(lucia, clock.today())) == [point, other]
    assert not queries.points_due(anna, clock.today())
    with clock.at(clock.now() + DAY):
        assert point.is_late
    assert actions.finish_point(by=lucia, point=point).done_on == clock.today()
    assert actions.finish_point(by=lucia, point=point).done_on is None
    actions.drop_point(by=lucia, point=other)
    assert queries.points_of(walk) == [point]
    actions.note_print(by=lucia, walk=walk)
    with pytest.raises(IntegrityError), transaction.atomic():
        WalkPoint.objects.update(who="")


def test_a_walk_that_does_not_take_place(lucia, lot):
    plan = actions.WalkPlan(clock.today(), dt.time(10), "Cortile")
    walk = actions.plan_walk(by=lucia, lot=lot, new=plan)
    assert refused(lambda: actions.cancel_walk(by=lucia, walk=walk, reason="")).status == 409
    walk = actions.cancel_walk(by=lucia, walk=walk, reason="Sciopero.")
    new = actions.NewPoint("x", clock.today(), who="y")
    assert refused(lambda: actions.add_point(by=lucia, walk=walk, new=new)).status == 409


# Survey and people ------------------------------------------------------------------------------------------------


def test_a_few_answers_are_no_picture(lucia, anna, lot, site):
    def put(once, by=VISITOR, **more):
        new = actions.NewAnswer(4, 2, 3, once, **more)
        return actions.answer_survey(by=by, worksite=site, new=new)

    assert [put("a", words="Orari chiari"), put("a"), put("b"), put("c")] == [True, False, True, True]
    assert refused(lambda: put("d", anna)).status == 403
    assert put("d", lucia, channel=ComplaintChannel.PAPER)
    few = queries.survey_of(site)
    assert (few.answers, few.is_enough, few.informed) == (4, False, None)
    assert queries.survey_words(site) == []
    put("e")
    assert (queries.survey_of(site).informed, queries.survey_of(site).bearable) == (4.0, 2.0)
    assert queries.survey_words(site) == ["Orari chiari"]
    actions.enter_lot(by=lucia, lot=lot, state=LotState.COMPLETED, day=clock.today())
    actions.enter_worksite(by=lucia, worksite=site, state=WorksiteState.CLOSED)
    assert refused(lambda: put("f")).status == 409
    assert put("f", lucia)
    with pytest.raises(IntegrityError), transaction.atomic():
        SurveyAnswer.objects.update(heard=6)


def test_people_are_visible_to_who_keeps_worksites_get_a_copy_and_are_forgotten(cast, lucia, anna, lot):
    sent = send(lot, place="scala A", files=[upload(phone_photo())])
    row = sent.complaint
    maria = Person.objects.get()
    actions.answer(by=lucia, complaint=row, words="Arriviamo.")
    actions.write(by=Actor.author(row.reference), complaint=row, words="Grazie, Maria")
    assert set(queries.visible_people(lucia, [maria.pk]).values_list("person_id", flat=True)) == {maria.pk}
    assert not queries.visible_people(anna)
    assert queries.of_person(lucia, maria) == [row]
    (copy,) = queries.copy_for_person(maria.pk)
    assert copy["testo"] == row.words and copy["risposte"] == ["Arriviamo.", "Grazie, Maria"]
    people.erase(by=cast.actor(cast.carla), person=maria)
    row.refresh_from_db()
    assert (row.words, row.place, row.person) == ("…", "", None)
    assert [one.words for one in queries.replies_of(row)] == ["Arriviamo.", "…"]
    assert not attachments.of(row).filter(removed_at=None)
    assert not OutboxMessage.objects.filter(to=MARIA.email).exists()
    with pytest.raises(NotVisible):
        queries.complaint_of_link(sent.token)
    assert queries.complaint_named(lucia, row.reference) == row
