"""What staff decide about a report: done, refused, recorded, told, undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests.cast import Cast
from vicinia.domain.listening import actions, queries
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.states import LegalBasis, ReportState
from vicinia.domain.listening.tests.factories import body, kind, police_kind, report_in
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 16, 9, 0, tzinfo=dt.UTC)
Correction = actions.Correction


@pytest.fixture
def anna(cast: Cast) -> Actor:
    return cast.actor(cast.anna)


def fresh(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)


def told() -> list[str]:
    return list(
        OutboxMessage.objects.exclude(template="report_received")
        .order_by("id")
        .values_list("template", flat=True)
    )


def events(report: Report) -> list[str]:
    about = f"report:{report.reference}"
    return list(Entry.objects.filter(about=about).order_by("id").values_list("event", flat=True))[1:]


ENDS: dict[str, Callable[[Actor, Report], Any]] = {
    "answered": lambda by, report: actions.answer(by=by, report=report, words="Abbiamo provveduto."),
    "redirected": lambda by, report: actions.redirect(by=by, report=report, body=body(), words="A voi."),
    "set_aside": lambda by, report: actions.set_aside(by=by, report=report, reason="Non è di qui."),
    "merged": lambda by, report: actions.merge(by=by, report=report, into=report_in(None)),
}
TOLD = {
    "answered": ["report_answered"],
    "redirected": ["report_redirected", "report_for_body"],
    "set_aside": ["report_set_aside"],
    "merged": ["report_merged"],
}


@pytest.mark.parametrize("state", ENDS)
def test_each_end_is_recorded_told_and_has_someone_who_answers_for_it(
    cast: Cast, anna: Actor, state: str
) -> None:
    report = report_in(cast.crocetta)
    ENDS[state](anna, report)
    ended = fresh(report)
    assert (ended.state, ended.owner, ended.ended_at is None) == (state, cast.anna, False)
    assert events(report) == [f"report.{state}"] and told() == TOLD[state]


@pytest.mark.parametrize("state", ENDS)
@pytest.mark.parametrize("fields", [{"reporter": None}, {"wants_contact": False}])
def test_nobody_is_told_who_is_anonymous_or_wants_no_contact(
    cast: Cast, anna: Actor, state: str, fields: dict[str, Any]
) -> None:
    ENDS[state](anna, report_in(cast.crocetta, **fields))
    assert told() == [name for name in TOLD[state] if name == "report_for_body"]


@pytest.mark.parametrize("state", ENDS)
def test_each_end_is_taken_back_as_if_it_had_not_been(cast: Cast, anna: Actor, state: str) -> None:
    report = report_in(cast.crocetta, category=kind("buche", is_public=True))
    ENDS[state](anna, report)
    before = fresh(report)
    actions.undo(by=anna, report=before)
    again = fresh(report)
    assert (again.state, again.owner, again.ended_at) == (ReportState.RECEIVED, None, None)
    assert (again.answer, again.set_aside_reason, again.redirected_to, again.merged_into) == (
        "",
        "",
        None,
        None,
    )
    assert events(report)[-1] == "report.undone" and again.due_on == report.due_on
    if before.merged_into:
        assert fresh(before.merged_into).me_too_count == 0
    with pytest.raises(Refused, match="niente da annullare"):
        actions.undo(by=anna, report=again)


@pytest.mark.parametrize("state", ENDS)
def test_nothing_ends_twice_or_by_someone_of_another_area(cast: Cast, anna: Actor, state: str) -> None:
    report = report_in(cast.crocetta)
    with pytest.raises(Refused, match="zona"):
        ENDS[state](cast.actor(cast.bruno), report)
    assert fresh(report).state == ReportState.RECEIVED and events(report) == [] and told() == []
    actions.answer(by=anna, report=report, words="Fatto.")
    with pytest.raises(Refused, match="già chiusa"):
        ENDS[state](anna, report)


def test_the_body_is_told_what_it_needs_and_never_who_reported(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    actions.redirect(by=anna, report=report, body=body(), words="Riguarda voi.")
    message = OutboxMessage.objects.get(template="report_for_body")
    assert message.to == "urp@casa.example" and report.reference in message.body
    assert not any(
        word in f"{message.subject} {message.body} {message.body_html}"
        for word in ("Maria", "Bassi", "123456", "posta.example")
    )
    silent = report_in(cast.crocetta, reporter=None)
    actions.redirect(by=anna, report=silent, body=body("sorda", name="Ente senza posta", email=""))
    assert OutboxMessage.objects.filter(about=f"report:{silent.reference}").count() == 0


def test_a_body_outside_gets_nothing_of_a_police_report(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta, category=police_kind())
    with pytest.raises(Refused, match="enti esterni"):
        actions.redirect(by=anna, report=report, body=body(), words="A voi.")
    assert not OutboxMessage.objects.filter(template="report_for_body").exists()
    ours = body("comando", name="Comando", is_internal=True)
    assert actions.redirect(by=anna, report=report, body=ours).state == ReportState.REDIRECTED


def test_taking_tells_the_name_and_the_second_is_told_who_has_it(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    actions.take(by=anna, report=report)
    assert (fresh(report).owner, told()) == (cast.anna, ["report_taken"])
    assert Entry.objects.get(event="report.taken").facts["first_name"] == "Anna"
    with pytest.raises(Refused, match="La segue già Anna Ferri"):
        actions.take(by=cast.actor(cast.carla), report=report)
    with pytest.raises(Refused, match="già tu"):
        actions.take(by=anna, report=report)


def test_handing_back_leaves_nobody_in_charge_and_says_why(cast: Cast, anna: Actor) -> None:
    report = actions.take(by=anna, report=report_in(cast.crocetta))
    actions.hand_back(by=cast.actor(cast.carla), report=report, reason="Anna è in ferie.")
    assert (fresh(report).state, fresh(report).owner) == (ReportState.RECEIVED, None)
    assert Entry.objects.get(event="report.handed_back").note == "Anna è in ferie."
    with pytest.raises(Refused, match="Nessuno segue"):
        actions.hand_back(by=anna, report=report, reason="x")


def test_the_clock_stops_while_waiting_and_goes_on_with_the_days_left(cast: Cast, anna: Actor) -> None:
    with time_machine.travel(MONDAY):
        report = actions.take(by=anna, report=report_in(cast.crocetta))
        waiting = actions.ask_reporter(by=anna, report=report, question="Quale scala?")
        assert (waiting.days_left, str(waiting.due_on)) == (2, "2026-11-30")
        with pytest.raises(Refused, match="Aspettiamo già"):
            actions.ask_reporter(by=anna, report=report, question="Allora?")
    with time_machine.travel(MONDAY + dt.timedelta(days=18)):  # a Friday, the 8th of December is near
        actions.write_to_unit(by=Actor.resident(report.reference), report=report, text="La B.")
    again = fresh(report)
    assert (again.state, again.days_left, str(again.due_on)) == (ReportState.TAKEN, None, "2026-12-09")
    assert told() == ["report_taken", "message_from_unit"]


def test_a_question_asked_late_leaves_one_day_and_resuming_twice_changes_nothing(
    cast: Cast, anna: Actor
) -> None:
    with time_machine.travel(MONDAY):
        report = report_in(cast.crocetta)
    with time_machine.travel(MONDAY + dt.timedelta(days=7)):
        actions.ask_reporter(by=anna, report=report, question="Ancora?")
        resumed = actions.resume(by=anna, report=report)
        assert (resumed.state, str(resumed.due_on)) == (ReportState.RECEIVED, "2026-11-24")
        assert actions.resume(by=anna, report=report).version == resumed.version


def test_a_question_about_what_has_no_date_still_starts_again(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    Report.objects.filter(pk=report.pk).update(due_on=None)
    actions.ask_reporter(by=anna, report=report, question="Quando?")
    assert fresh(report).days_left == 0
    assert actions.resume(by=anna, report=report).due_on is not None


@pytest.mark.parametrize("way", ["take", "undo", "hand_back"])
def test_the_days_left_are_kept_whatever_ends_the_waiting(cast: Cast, anna: Actor, way: str) -> None:
    with time_machine.travel(MONDAY):
        report = report_in(cast.crocetta)
        if way == "hand_back":
            report = actions.take(by=anna, report=report)
        report = actions.ask_reporter(by=anna, report=report, question="Quale scala?")
        extra = {"reason": "Non più mia."} if way == "hand_back" else {}
        getattr(actions, way)(by=anna, report=report, **extra)
    after = fresh(report)
    assert (after.days_left, str(after.due_on)) == (None, "2026-11-18")


def test_taking_back_the_end_of_the_waiting_stops_the_clock_again(cast: Cast, anna: Actor) -> None:
    with time_machine.travel(MONDAY):
        report = actions.ask_reporter(by=anna, report=report_in(cast.crocetta), question="Quale?")
        actions.take(by=anna, report=report)
        undone = actions.undo(by=anna, report=report)
    assert (undone.state, undone.days_left, str(undone.due_on)) == (ReportState.WAITING, 2, "2026-11-30")


def test_what_was_set_aside_while_waiting_waits_again_when_taken_back(cast: Cast, anna: Actor) -> None:
    report = actions.ask_reporter(by=anna, report=report_in(cast.crocetta), question="Quale?")
    actions.set_aside(by=anna, report=report, reason="Nessuna risposta.")
    undone = actions.undo(by=anna, report=report)
    assert (undone.state, undone.days_left, undone.due_on) == (ReportState.WAITING, 2, report.due_on)


def test_merging_counts_one_more_and_leaves_a_line_on_both(cast: Cast, anna: Actor) -> None:
    report, into = report_in(cast.crocetta), report_in(cast.crocetta)
    actions.merge(by=anna, report=report, into=into, reason="stesso civico")
    assert fresh(into).me_too_count == 1 and fresh(report).merged_into == into
    assert (events(report), events(into)) == (["report.merged"], ["report.absorbed"])
    with pytest.raises(Refused, match="unita a un'altra"):
        actions.merge(by=anna, report=into, into=fresh(report))


def test_a_public_kind_is_on_the_map_after_the_first_look_and_stays_off_once_taken_off(
    cast: Cast, anna: Actor
) -> None:
    report = report_in(cast.crocetta, category=kind("buche", is_public=True))
    assert not queries.public_reports().exists()
    actions.take(by=anna, report=report)
    assert queries.public_reports().get() == report
    actions.unpublish(by=anna, report=report)
    actions.answer(by=anna, report=report, words="Chiusa la buca.")
    assert not queries.public_reports().exists()
    assert events(report) == ["report.taken", "report.unpublished", "report.answered"]
    actions.publish(by=anna, report=report)
    assert queries.public_reports().exists()


@pytest.mark.parametrize("state", ["set_aside", "merged"])
def test_what_is_no_problem_or_a_double_never_reaches_the_map(cast: Cast, anna: Actor, state: str) -> None:
    report = report_in(cast.crocetta, category=kind("buche", is_public=True))
    actions.take(by=anna, report=report)
    ENDS[state](anna, report)
    assert not queries.public_reports().filter(pk=report.pk).exists()


def test_a_private_kind_is_never_published_by_itself_or_by_hand(cast: Cast, anna: Actor) -> None:
    report = actions.take(by=anna, report=report_in(cast.crocetta))
    with pytest.raises(Refused, match="mai pubbliche"):
        actions.publish(by=anna, report=report)
    with pytest.raises(Refused, match="zona"):
        actions.unpublish(by=cast.actor(cast.bruno), report=report)
    assert not queries.public_reports().exists()


def test_correcting_says_what_changed_and_an_older_version_meets_both(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    place = Location(lat=44.805, lon=10.615, area_id=cast.stazione.pk, address="Via Nuova, 3")
    change = Correction(title="Musica", location=place, category=kind("lite"))
    actions.correct(by=anna, report=report, correction=change, seen_version=1)
    corrected = fresh(report)
    assert (corrected.title, corrected.area, corrected.category.code) == ("Musica", cast.stazione, "lite")
    facts = Entry.objects.get(event="report.corrected").facts
    assert facts["fields"].startswith("tipo, titolo")
    with pytest.raises(Conflict) as conflict:
        actions.correct(
            by=cast.actor(cast.carla), report=report, correction=Correction(title="Altro"), seen_version=1
        )
    assert (conflict.value.current.title, conflict.value.yours.title) == ("Musica", "Altro")


def test_correcting_nothing_leaves_no_line_and_a_closed_kind_is_refused(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    actions.correct(by=anna, report=report, correction=Correction(title=report.title), seen_version=1)
    assert (fresh(report).version, events(report)) == (1, [])
    with pytest.raises(Refused, match="non si usa"):
        change = Correction(category=kind("vecchio", is_active=False))
        actions.correct(by=anna, report=report, correction=change, seen_version=1)


def test_a_report_of_a_kind_closed_since_is_still_corrected(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    type(report.category).objects.filter(pk=report.category_id).update(is_active=False)
    change = Correction(category=fresh(report).category, title="Nuovo")
    assert actions.correct(by=anna, report=report, correction=change, seen_version=1).title == "Nuovo"


@pytest.mark.parametrize("change", [Correction(legal_basis=LegalBasis.POLICE), "private kind", "no point"])
def test_what_may_no_longer_be_public_leaves_the_map(cast: Cast, anna: Actor, change: Any) -> None:
    report = report_in(cast.crocetta, category=kind("buche", is_public=True))
    actions.take(by=anna, report=report)
    made = {"private kind": Correction(category=kind()), "no point": Correction(location=Location())}
    correction = made.get(change, change) if isinstance(change, str) else change
    actions.correct(by=anna, report=report, correction=correction, seen_version=None)
    assert not queries.public_reports().exists() and not fresh(report).is_published


def test_what_may_still_be_public_stays_on_the_map_when_its_words_are_put_right(
    cast: Cast, anna: Actor
) -> None:
    report = report_in(cast.crocetta, category=kind("buche", is_public=True))
    actions.take(by=anna, report=report)
    actions.publish(by=anna, report=fresh(report))
    actions.correct(by=anna, report=report, correction=Correction(title="Una buca"), seen_version=None)
    assert fresh(report).is_published and queries.public_reports().count() == 1


def test_the_laboratory_loses_sight_of_what_becomes_police_and_cannot_send_it_there(cast: Cast) -> None:
    report, lucia = report_in(cast.crocetta), cast.actor(cast.lucia)
    change = Correction(legal_basis=LegalBasis.POLICE)
    with pytest.raises(Refused, match="pubblica sicurezza"):
        actions.correct(by=lucia, report=report, correction=change, seen_version=None)
    assert queries.reports(lucia).exists()
    actions.correct(by=cast.actor(cast.anna), report=report, correction=change, seen_version=None)
    assert not queries.reports(lucia).exists()


def test_who_turns_out_to_be_at_risk_is_called_sooner_unless_it_was_done(cast: Cast, anna: Actor) -> None:
    with time_machine.travel(MONDAY):
        report = report_in(cast.crocetta)
        spoken = report_in(cast.crocetta)
        actions.note_first_contact(by=anna, report=spoken, at=MONDAY)
        for row in (report, spoken):
            actions.correct(by=anna, report=row, correction=Correction(at_risk=True), seen_version=None)
    assert str(fresh(report).due_on) == "2026-11-17"
    assert str(fresh(spoken).due_on) == "2026-11-30"


def test_the_first_contact_counts_once_and_ended_reports_get_no_new_date(cast: Cast, anna: Actor) -> None:
    report = report_in(cast.crocetta)
    actions.note_first_contact(by=anna, report=report, at=MONDAY)
    actions.note_first_contact(by=anna, report=report, at=MONDAY + dt.timedelta(days=1))
    assert fresh(report).first_contact_at == MONDAY
    ended = report_in(cast.crocetta)
    actions.answer(by=anna, report=ended, words="Fatto.")
    due_on = fresh(ended).due_on
    actions.note_first_contact(by=anna, report=ended, at=MONDAY)
    assert fresh(ended).due_on == due_on


@pytest.mark.parametrize("state", ["merged", "redirected", "set_aside", "taken"])
def test_the_database_itself_refuses_a_state_without_what_it_needs(cast: Cast, state: str) -> None:
    report = report_in(cast.crocetta)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.filter(pk=report.pk).update(state=state)
