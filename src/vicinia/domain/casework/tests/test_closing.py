"""Stages, closing, what the reporter says of it, watching, reopening."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine

from tests.cast import Cast
from vicinia.domain.casework import actions, queries
from vicinia.domain.casework.models import Case, OutcomeReply, WatchPoint
from vicinia.domain.casework.states import Outcome, OutcomeVerdict, Stage
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening import queries as listening
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import ReportState
from vicinia.domain.listening.tests.factories import kind, report_in
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
CONFIRMED, CONTESTED = OutcomeVerdict.CONFIRMED, OutcomeVerdict.CONTESTED


def closed_case(cast: Cast, anna: Actor, **fields: object) -> Case:
    case = case_of(anna, report_in(cast.crocetta, **fields))
    return close_case(anna, case, outcome=Outcome.SOLVED, note="Si dorme.", consultation="Contenta.")


def reply(report: Report, verdict: str, words: str = "") -> OutcomeReply:
    resident = Actor.resident(report.reference)
    return actions.reply_outcome(by=resident, report=report, verdict=verdict, words=words)


def test_a_stage_is_entered_when_what_it_requires_is_there(cast: Cast, anna: Actor) -> None:
    case = case_of(anna, report_in(cast.crocetta))
    with pytest.raises(Refused, match="Non abbiamo ancora parlato"):
        actions.enter_stage(by=anna, case=case, stage=Stage.ANALYSIS)
    neighbour = actions.NewContact(with_whom="portiere")
    actions.contact_in_case(by=anna, case=case, new=neighbour)
    with pytest.raises(Refused, match="Non abbiamo ancora parlato"):
        actions.enter_stage(by=anna, case=case, stage=Stage.ANALYSIS)
    actions.contact_in_case(by=anna, case=case, new=actions.NewContact())
    actions.enter_stage(by=anna, case=case, stage=Stage.ANALYSIS, reason="Sentite le parti.")
    assert Case.objects.get().stage == Stage.ANALYSIS
    line = Entry.objects.get(event="case.stage")
    assert (line.facts["stage"], line.note) == ("Approfondimento", "Sentite le parti.")


def test_no_stage_closes_a_case_without_saying_how_it_ended(cast: Cast, anna: Actor) -> None:
    case = case_of(anna, report_in(cast.crocetta))
    with pytest.raises(Refused, match="dicendo com'è finita"):
        actions.enter_stage(by=anna, case=case, stage=Stage.CLOSED)
    assert Case.objects.get().is_open


def test_closing_tells_every_reporter_and_plans_the_days_of_watching(cast: Cast, anna: Actor) -> None:
    case = case_of(anna, report_in(cast.crocetta))
    second = report_in(cast.crocetta, reporter=None)
    actions.link_report(by=anna, case=case, report=second)
    with time_machine.travel(dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)):
        close_case(anna, case, outcome=Outcome.IMPROVED, note="Meglio.", consultation="Sì.")
    assert {row.state for row in Report.objects.all()} == {ReportState.ANSWERED}
    days = [str(point.due_on) for point in queries.watch_points_of(case)]
    assert days == ["2026-12-31", "2027-03-01", "2027-05-30"]
    message = OutboxMessage.objects.get(template="case_closed")
    assert "Meglio." in message.body and "migliorato" in message.body
    assert Entry.objects.get(event="case.closed").facts["outcome"] == "migliorato"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"outcome": "boh", "note": "x", "consultation": "x"}, "esito"),
        ({"outcome": "solved", "note": "", "consultation": "x"}, "cambiato"),
        ({"consultation": ""}, "che cosa ne pensa"),
        ({"explanation": ""}, "verifica"),
    ],
)
def test_a_closing_that_says_too_little_leaves_everything_open(
    cast: Cast, anna: Actor, values: dict[str, str], sentence: str
) -> None:
    case = case_of(anna, report_in(cast.crocetta))
    with pytest.raises(Refused, match=sentence):
        close_case(anna, case, **values)
    assert Case.objects.get().is_open and not WatchPoint.objects.exists()
    assert not OutboxMessage.objects.filter(template="case_closed").exists()


def test_a_task_left_keeps_a_case_open(cast: Cast, anna: Actor) -> None:
    case = case_of(anna, report_in(cast.crocetta, reporter=None))
    actions.add_task(by=anna, case=case, what="Telefonare", due_on=clock.today())
    with pytest.raises(Refused, match="una cosa da fare"):
        close_case(anna, case, outcome=Outcome.SOLVED, note="Fatto.")


def test_who_confirmed_may_contest_later_and_nobody_answers_twice_the_same(cast: Cast, anna: Actor) -> None:
    closed_case(cast, anna)
    report = Report.objects.get()
    assert reply(report, CONFIRMED).handled_at is not None and not queries.contested(anna).exists()
    with pytest.raises(Refused, match="già risposto"):
        reply(report, CONFIRMED)
    with pytest.raises(Refused, match="poche parole"):
        reply(report, CONTESTED, " ")
    contest = reply(report, CONTESTED, "È ricominciato.")
    assert queries.contested(anna).get() == contest
    with pytest.raises(Refused, match="già risposto"):
        reply(report, CONFIRMED)
    assert list(
        Entry.objects.filter(event__in=["case.confirmed", "case.contested"])
        .order_by("id")
        .values_list("event", flat=True)
    ) == ["case.confirmed", "case.contested"]


def test_what_is_open_or_in_no_case_has_no_outcome_to_answer(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    with pytest.raises(Refused, match="ancora aperto"):
        reply(report, CONFIRMED)
    assert queries.reply_to_closing(report, case_of(anna, report)) is None


def test_a_contest_reaches_who_followed_and_who_assigns(cast: Cast, anna: Actor) -> None:
    closed_case(cast, anna)
    reply(Report.objects.get(), CONTESTED, "Continua.")
    readers = [user for user in cast.everybody if queries.contested(cast.actor(user)).exists()]
    assert readers == [cast.anna, cast.carla]


def test_a_contest_is_answered_without_reopening_and_the_reporter_reads_why(cast: Cast, anna: Actor) -> None:
    case = closed_case(cast, anna)
    contest = reply(Report.objects.get(), CONTESTED, "Continua.")
    with pytest.raises(Refused, match="coordinatore"):
        actions.handle_contest(by=cast.actor(cast.lucia), reply=contest, answer="No.")
    with pytest.raises(Refused, match="motivo"):
        actions.handle_contest(by=anna, reply=contest, answer=" ")
    actions.handle_contest(by=anna, reply=contest, answer="Torniamo a vedere lunedì.")
    assert not queries.contested(anna).exists() and not queries.open_contests(case).exists()
    assert "Torniamo a vedere" in OutboxMessage.objects.get(template="message_from_unit").body


def test_reopening_keeps_who_was_in_charge_and_cancels_what_was_to_be_watched(
    cast: Cast, anna: Actor
) -> None:
    case = closed_case(cast, anna)
    reply(Report.objects.get(), CONTESTED, "Continua.")
    with pytest.raises(Refused, match="zona"):
        actions.reopen(by=cast.actor(cast.bruno), case=case, reason="x")
    actions.reopen(by=anna, case=case, reason="È ricominciato.")
    again = Case.objects.get()
    assert (again.stage, again.owner, again.outcome, again.closed_at) == (Stage.RESPONSE, cast.anna, "", None)
    assert again.next_contact_on == clock.add_working_days(clock.today(), 2)
    assert not queries.watch_points_of(again).exists() and not queries.contested(anna).exists()
    assert Report.objects.get().state == ReportState.LINKED
    assert OutboxMessage.objects.filter(template="case_reopened").count() == 1
    with pytest.raises(Refused, match="già aperto"):
        actions.reopen(by=anna, case=case, reason="x")


def test_each_closing_is_answered_for_itself(cast: Cast, anna: Actor) -> None:
    case = closed_case(cast, anna)
    reply(Report.objects.get(), CONTESTED, "Continua.")
    actions.reopen(by=anna, case=case, reason="È ricominciato.")
    close_case(anna, case, outcome=Outcome.SOLVED, note="Ora sì.", consultation="Sì.")
    assert reply(Report.objects.get(), CONFIRMED).verdict == CONFIRMED


def test_watching_counts_the_new_reports_of_the_kind_in_the_place_and_no_others(
    cast: Cast, anna: Actor
) -> None:
    case = closed_case(cast, anna)
    with time_machine.travel(clock.now() + dt.timedelta(days=31)):
        report_in(cast.crocetta)
        report_in(cast.crocetta, category=kind("buche"))
        report_in(cast.stazione)
        point = queries.watch_points_due(anna).get()
        looked = actions.note_watch_point(by=anna, point=point, note="Una nuova, lieve.")
        assert (looked.new_reports, looked.note) == (1, "Una nuova, lieve.")
        assert Entry.objects.get(event="case.watched").facts["count"] == 1
        with pytest.raises(Refused, match="già stato guardato"):
            actions.note_watch_point(by=anna, point=point, note="x")
        assert not queries.watch_points_due(anna).exists()
    assert case.reference


def test_without_a_point_the_area_counts_and_without_an_area_nothing(cast: Cast, anna: Actor) -> None:
    case = closed_case(cast, anna)
    assert queries.new_reports_since_closing(case) == 0
    report_in(cast.crocetta)
    case.lat = case.lon = None
    assert queries.new_reports_since_closing(case) == 1
    case.area = None
    assert queries.new_reports_since_closing(case) == 0
    case.closed_at = None
    assert queries.new_reports_since_closing(case) == 0


def test_a_reopened_case_is_not_watched(cast: Cast, anna: Actor) -> None:
    case = closed_case(cast, anna)
    point = queries.watch_points_of(case)[0]
    actions.reopen(by=anna, case=case, reason="Di nuovo.")
    with pytest.raises(Refused, match="di nuovo aperto"):
        actions.note_watch_point(by=anna, point=point, note="x")


def test_the_follow_page_knows_the_case_and_what_was_decided_together(cast: Cast, anna: Actor) -> None:
    case = case_of(anna, report_in(cast.crocetta))
    for told in (True, False):
        new = actions.NewCommitment(what=f"Detto {told}", due_on=clock.today(), told_to_reporter=told)
        actions.add_commitment(by=anna, case=case, new=new)
    assert [row.what for row in queries.told_commitments(case)] == ["Detto True"]
    assert listening.followed_report(Report.objects.get().reference).owner == cast.anna
