"""From the register to alerts: what is counted, what is found, what is seen again, what comes back."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.db.models import F

from vicinia.domain.foresight import actions, jobs, queries
from vicinia.domain.foresight.counts import Counts, Grid
from vicinia.domain.foresight.engine import Looked
from vicinia.domain.foresight.models import Alert, AlertMove, AlertSighting, FrozenCounts, Run
from vicinia.domain.foresight.states import RunState
from vicinia.domain.foresight.tests.factories import (
    JOB,
    alert_in,
    background,
    burst,
    cell_of,
    group,
    reports,
    run_with,
    signal,
)
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import kind, police_kind
from vicinia.domain.territory.tests.factories import CivicNumberFactory, PlaceFactory, StreetFactory
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Refused
from vicinia.foundation.notifications.models import OutboxMessage

pytestmark = pytest.mark.django_db
YESTERDAY = clock.today() - dt.timedelta(days=1)


def found_again(alert, **fields):
    """A later run in which the same cells rise again."""
    return lambda counts: [signal(counts, alert.cells, **fields)]


def night_after(alert, nights=1, **fields):
    last_day = alert.run.last_day + dt.timedelta(days=nights)
    return run_with(found_again(alert, **fields), last_day=last_day)


# ---------------------------------------------------------------- what is counted


def test_only_what_may_be_counted_is_counted(cast):
    area, at = cast.crocetta, {"lat": 44.805, "lon": 10.605}
    group()
    reports(area, [YESTERDAY] * 3, **at)
    reports(area, [YESTERDAY], **at, state="set_aside", set_aside_reason="prova")
    reports(area, [YESTERDAY], **at, legal_basis="police", category=police_kind())
    reports(area, [YESTERDAY], **at, legal_basis="police")
    reports(area, [clock.today(), YESTERDAY - dt.timedelta(days=365)], **at)
    reports(area, [YESTERDAY], lat=None, lon=None)
    merged = reports(area, [YESTERDAY], **at)[0]
    Report.objects.filter(pk=merged.pk).update(state="merged", merged_into=Report.objects.first())
    run = run_with(lambda counts: [])
    counts = queries.counts_of(queries.inputs_of(run)[0].counts)
    assert counts.total == 3
    assert counts.areas == ((area.pk, 364, 4),)


def test_a_report_counts_on_the_day_of_the_town(cast):
    """Half past midnight in Italy is the day before in UTC."""
    group()
    row = reports(cast.crocetta, [YESTERDAY], lat=44.8, lon=10.6)[0]
    Report.objects.filter(pk=row.pk).update(received_at=clock.start_of(YESTERDAY) + dt.timedelta(minutes=30))
    run = run_with(lambda counts: [])
    assert queries.counts_of(queries.inputs_of(run)[0].counts).by_day([cell_of(row)])[-1] == 1


def test_the_same_counts_are_kept_once(cast):
    group("A", kind("rumore"))
    group("B", kind("rifiuti"))
    nothing = (lambda counts: [], lambda counts: [])
    run_with(*nothing)
    assert FrozenCounts.objects.count() == 1
    assert Run.objects.get().inputs.count() == 2


# ---------------------------------------------------------------- what is found


def test_an_alert_says_where_and_keeps_its_curve(cast):
    street = StreetFactory(kind="Via", name="Verdi")
    for number in range(6):
        CivicNumberFactory(street=street, lat=44.8052, lon=10.6052 + number * 1e-5)
    CivicNumberFactory(street=street, lat=44.8152, lon=10.6252)
    alert = alert_in(cast.crocetta)
    assert alert.reference.startswith(str(clock.today().year))
    assert alert.area == cast.crocetta
    assert alert.place_name == "Via Verdi"
    assert len(alert.curve) == 60
    assert sum(observed for _day, observed, _expected, _usual in alert.curve) == 9
    # All nine reports of the town, and six of its seven numbers, are here.
    assert alert.intensity == pytest.approx((9 / 6) / (9 / 7), abs=0.01)
    PlaceFactory(name="Parco Verdi", lat=44.8053, lon=10.6053)
    assert Entry.objects.filter(event="alert.found").count() == 1


def test_nothing_is_an_alert_above_the_threshold(cast):
    group()
    row = burst(cast.crocetta, YESTERDAY)[0]
    run = run_with(lambda counts: [signal(counts, [cell_of(row)], p_value=1 / 60)])
    assert not run.alerts.exists()
    assert run.threshold_days == pytest.approx(365 / 6)
    assert run.inputs.get().signals == 1


def test_who_follows_the_area_is_told_once(cast):
    alert = alert_in(cast.crocetta)
    told = OutboxMessage.objects.filter(template="alert_found")
    assert {message.to for message in told} == {cast.anna.email, cast.carla.email}
    body = told[0].body
    assert "9 segnalazioni" in body and f"/allerte/{alert.reference}" in body
    assert "Musica alta" not in body, "nothing of the reports' words"
    night_after(alert)
    assert told.count() == 2


def test_the_same_rise_is_one_alert(cast):
    alert = alert_in(cast.crocetta)
    burst(cast.crocetta, clock.today(), number=2, days=1)
    run = night_after(alert, observed=11)
    assert Alert.objects.count() == 1 and not run.alerts.exists()
    seen = AlertSighting.objects.get()
    assert (seen.alert, seen.observed, seen.new_reports) == (alert, 11, 2)
    again = Alert.objects.get()
    assert (again.observed, again.last_day) == (alert.observed, alert.last_day)


def test_a_known_rise_is_followed_under_the_threshold_until_chance_explains_it(cast):
    alert = alert_in(cast.crocetta)
    night_after(alert, p_value=0.04)
    assert AlertSighting.objects.count() == 1
    night_after(alert, 2, p_value=0.2)
    assert AlertSighting.objects.count() == 1


def test_a_rise_elsewhere_or_of_another_kind_is_another_alert(cast):
    alert = alert_in(cast.crocetta)
    group("Rifiuti", kind("rifiuti"))
    run = run_with(
        lambda counts: [signal(counts, ["1:1"])],
        lambda counts: [signal(counts, alert.cells)],
        last_day=alert.run.last_day + dt.timedelta(days=1),
    )
    assert {(row.group.name, tuple(row.cells)) for row in run.alerts.all()} == {
        ("Rifiuti", tuple(alert.cells)),
        ("Rumore", ("1:1",)),
    }


def test_what_was_dismissed_does_not_come_back_for_the_same_reports(cast, carla):
    alert = alert_in(cast.crocetta)
    actions.dismiss(by=carla, alert=alert, reason="chance", words="una festa")
    run = night_after(alert)
    assert Alert.objects.count() == 1
    assert not run.alerts.exists() and not AlertSighting.objects.exists()


def test_what_was_dismissed_comes_back_when_it_grows(cast, carla):
    alert = alert_in(cast.crocetta)
    actions.dismiss(by=carla, alert=alert, reason="chance")
    burst(cast.crocetta, clock.today(), number=5, days=1)
    run = night_after(alert, observed=14)
    back = run.alerts.get()
    assert back.follows == alert
    assert Alert.objects.get(pk=alert.pk).state == "dismissed"
    assert OutboxMessage.objects.filter(template="alert_found").count() == 4


# ---------------------------------------------------------------- kept as it was found


def test_the_database_keeps_an_alert_as_it_was_found(cast, carla):
    alert = alert_in(cast.crocetta)
    night_after(alert)
    for change in ({"observed": 99}, {"cells": ["1:1"]}, {"curve": []}, {"p_value": 0.5}, {"group": None}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Alert.objects.filter(pk=alert.pk).update(**change)
    actions.dismiss(by=carla, alert=alert, reason="chance")
    for rows in (AlertSighting.objects, AlertMove.objects, FrozenCounts.objects):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(id=F("id") + 1000)


# ---------------------------------------------------------------- runs


def test_a_night_is_one_run_however_often_it_is_asked_for(cast):
    group()
    first = run_with(lambda counts: [])
    assert first.state == RunState.DONE
    assert actions.queue_night(by=JOB, last_day=first.last_day) == first
    assert Run.objects.count() == 1


def test_now_takes_in_today(cast, carla):
    group()
    burst(cast.crocetta, clock.today(), number=2, days=1)
    run = actions.ask_now(by=carla)
    assert run.takes_in_today and run.last_day == clock.today()
    with pytest.raises(Refused, match="già in corso"):
        actions.ask_now(by=carla)
    run = actions.begin_run(by=JOB, run=run)
    assert queries.counts_of(run.inputs.get().counts).total == 2


def test_an_operator_does_not_ask(cast, anna):
    group()
    with pytest.raises(Refused) as refused:
        actions.ask_now(by=anna)
    assert refused.value.verdict.status == 403


def test_a_dead_run_is_noticed_and_another_one_asked_for(cast, carla):
    group()
    run = actions.begin_run(by=JOB, run=actions.ask_now(by=carla))
    Run.objects.filter(pk=run.pk).update(leased_until=clock.now() - dt.timedelta(seconds=1))
    another = actions.ask_now(by=carla)
    run.refresh_from_db()
    assert (run.state, run.error, another.state) == ("failed", "interrupted", "queued")
    # The worker that was only slow comes back: what it found is nobody's.
    late = actions.finish_run(by=JOB, run=run, found=[actions.Found(run.inputs.get(), Looked((), 1, 0, "x"))])
    assert late.state == "failed"


def test_progress_is_said_and_keeps_the_run_alive(cast, carla):
    group()
    run = actions.begin_run(by=JOB, run=actions.ask_now(by=carla))
    Run.objects.update(leased_until=clock.now() - dt.timedelta(seconds=1))
    actions.note_progress(by=JOB, run=run, done=30, total=100)
    run.refresh_from_db()
    assert run.percent == 30 and not run.is_dead


def test_a_run_that_fails_says_so_without_words(cast, carla, monkeypatch):
    group()
    actions.ask_now(by=carla)
    monkeypatch.setattr(jobs.engine, "look", lambda *args, **kwargs: 1 / 0)
    monkeypatch.setattr(jobs, "queue_night", lambda: None)
    assert jobs.watch() == 1
    run = Run.objects.get()
    assert (run.state, run.error) == ("failed", "ZeroDivisionError")
    monkeypatch.undo()
    monkeypatch.setattr(jobs, "queue_night", lambda: None)
    actions.ask_again(by=carla, run=run)
    monkeypatch.setattr(jobs.engine, "look", lambda *args, **kwargs: Looked((), 0, 0, ""))
    jobs.watch()
    run.refresh_from_db()
    assert (run.state, run.error, run.percent) == ("done", "", 100)
    assert actions.fail_run(by=JOB, run=run, error="late").state == "done"


def at(hour, days=0):
    day = clock.today() + dt.timedelta(days=days)
    return clock.at(clock.start_of(day) + dt.timedelta(hours=hour))


def test_the_night_begins_after_two_and_makes_its_groups(cast):
    kind()
    with at(1):
        assert jobs.queue_night() is None
    with at(3):
        run = jobs.queue_night()
        assert run.last_day == YESTERDAY
        assert queries.groups_in_use().get().name == "Convivenza"
        assert jobs.queue_night() is None, "it waits already"


def test_a_town_without_kinds_has_no_night(cast):
    with at(3):
        assert jobs.queue_night() is None


def test_a_night_that_fails_is_tried_again_an_hour_later_and_three_times_at_most(cast):
    group()
    for hour in (3, 5, 7):
        with at(hour):
            run = jobs.queue_night()
            assert run.state == "queued"
            actions.begin_run(by=JOB, run=run)
            actions.fail_run(by=JOB, run=run, error="MemoryError")
            assert jobs.queue_night() is None, "not at once"
    with at(9):
        assert jobs.queue_night() is None
    with at(3, days=1):
        assert jobs.queue_night().last_day == clock.today() - dt.timedelta(days=1)


def test_a_night_that_died_is_taken_up_again(cast):
    group()
    with at(3):
        run = actions.begin_run(by=JOB, run=jobs.queue_night())
    with at(4):
        again = jobs.queue_night()
        assert (again.pk, again.state) == (run.pk, "queued")


def test_the_night_waits_while_somebody_else_is_looking(cast, carla):
    group()
    asked = actions.ask_now(by=carla)
    assert actions.queue_night(by=JOB, last_day=YESTERDAY) is None
    assert Run.objects.get() == asked


# ---------------------------------------------------------------- the engine itself, and again


@pytest.fixture
def found_by_the_engine(cast):
    group()
    background(cast.crocetta, YESTERDAY - dt.timedelta(days=15), days=350)
    burst(cast.crocetta, YESTERDAY)
    return jobs.carry_out(actions.queue_night(by=JOB, last_day=YESTERDAY))


def test_the_engine_finds_what_rises(found_by_the_engine, cast):
    run = found_by_the_engine
    assert (run.state, run.tests) == ("done", 2), "circles, and the area as a whole"
    assert run.engine.startswith("watch")
    alert = run.alerts.get()
    assert alert.observed == 9 and alert.expected < 2
    assert alert.first_day == YESTERDAY - dt.timedelta(days=3)
    behind = queries.reports_behind(cast.actor(cast.carla), alert)
    assert (len(behind.reports), behind.hidden) == (9, 0)
    assert alert.cells == [Grid(100).cell_of(44.8052, 10.6052)]


def test_an_alert_is_computed_again_to_the_last_digit(found_by_the_engine, anna, capsys):
    from django.core.management import call_command

    alert = Alert.objects.get()
    # What happens to the register later changes nothing: the counts were frozen.
    Report.objects.all().delete()
    actions.ask_to_recompute(by=anna, alert=alert)
    actions.ask_to_recompute(by=anna, alert=alert)
    jobs.watch()
    row = queries.recomputations_of(alert).get()
    assert row.is_same and row.observed == 9
    call_command("foresight_recompute", alert.reference)
    assert "the same" in capsys.readouterr().out


def test_an_alert_that_comes_out_otherwise_is_said(found_by_the_engine, cast, monkeypatch):
    from django.core.management import call_command

    monkeypatch.setattr(jobs.engine, "look", lambda *args, **kwargs: Looked((), 1, 0, "another engine"))
    with pytest.raises(SystemExit):
        call_command("foresight_recompute")
    row = queries.recomputations_of(Alert.objects.get()).get()
    assert (row.is_same, row.engine) == (False, "another engine")


def test_a_town_with_too_little_to_say_what_is_usual(cast):
    group()
    burst(cast.crocetta, YESTERDAY, number=5)
    run = jobs.carry_out(actions.queue_night(by=JOB, last_day=YESTERDAY))
    assert (run.state, run.tests, run.threshold_days) == ("done", 0, None)


def test_a_town_with_one_place_only(cast):
    group()
    burst(cast.crocetta, YESTERDAY, number=40)
    run = jobs.carry_out(actions.queue_night(by=JOB, last_day=YESTERDAY))
    assert run.state == "done" and not run.alerts.exists()


def test_a_whole_area_that_rises_is_an_alert_of_its_own(cast):
    """Everywhere in the area a little: no circle is striking, the area is; its curve is that of its own past."""
    group()
    whole = Counts.of(
        [(YESTERDAY - dt.timedelta(days=day), None, None, cast.crocetta.pk) for day in range(8) for _ in range(5)]
        + [(YESTERDAY - dt.timedelta(days=day), None, None, cast.crocetta.pk) for day in range(8, 360, 3)],
        grid=Grid(100), first_day=YESTERDAY - dt.timedelta(days=364), last_day=YESTERDAY,
    )  # fmt: skip
    looked = jobs.engine.look(whole, jobs.Looking(7, 750), seed=1)
    assert (looked.scans, looked.trends) == (0, 1)
    [signal] = looked.signals
    assert (signal.method, signal.area_id, signal.cells) == ("trend", cast.crocetta.pk, ())
    assert (
        signal.first_day >= YESTERDAY - dt.timedelta(days=9) and signal.observed >= 35 > 4 * signal.expected
    )
    run = run_with(lambda counts: [signal])
    alert = run.alerts.get()
    assert (alert.area, alert.lat, alert.radius_m) == (cast.crocetta, None, 0)
    assert [day.expected for day in alert.curve_days] == [expected for expected, _usual in signal.usual]


def test_a_run_keeps_where_reports_repeat(found_by_the_engine, cast, carla, anna, bruno):
    PlaceFactory(name="Piazza Grande", lat=cast.crocetta.south + 0.0052, lon=cast.crocetta.west + 0.0052)
    burst(cast.crocetta, YESTERDAY - dt.timedelta(days=20), number=80, days=40)
    again = jobs.carry_out(actions.ask_now(by=carla))
    [watched] = queries.groups_looked_at()
    shown = queries.repeats_of(carla, watched)
    assert shown and shown.kept and shown.day == again.last_day
    first = shown.places[0]
    assert (first.name, first.area, first.reports >= 9) == ("Piazza Grande", "Crocetta", True)
    assert first.low > 1 and first.low <= first.relative <= first.high
    counted = queries.counts_of(again.inputs.get().counts).total
    assert shown.kept.share == pytest.approx(sum(place.reports for place in shown.places) / counted)
    soon = next(one for one in shown.kept.near if (one.metres, one.days) == (0, 7))
    assert soon.observed > 3 * soon.expected and soon.p_value <= 0.01
    assert queries.repeats_of(anna, watched).elsewhere == 0
    elsewhere = queries.repeats_of(bruno, watched)
    assert elsewhere.places == [] and elsewhere.elsewhere == len(shown.places)
    assert "person" not in str(again.inputs.get().repeats).lower()


def test_before_any_run_nothing_repeats(carla):
    assert queries.groups_looked_at() == [] and queries.repeats_of(carla, group()) is None


def test_two_circles_of_one_rise_are_one_sighting(cast):
    alert = alert_in(cast.crocetta)
    run_with(
        lambda counts: [signal(counts, alert.cells), signal(counts, alert.cells, p_value=0.001)],
        last_day=alert.run.last_day + dt.timedelta(days=1),
    )
    assert AlertSighting.objects.filter(alert=alert).count() == 1 and Alert.objects.count() == 1


def test_a_rise_that_goes_on_the_day_after_has_new_reports_only(cast):
    alert = alert_in(cast.crocetta)
    day = alert.last_day + dt.timedelta(days=1)
    burst(cast.crocetta, day, number=4, days=1)
    run_with(found_again(alert, first_day=day, last_day=day), last_day=day)
    assert AlertSighting.objects.get().new_reports == 4


def test_a_group_that_is_not_in_use_is_not_read(cast, carla):
    watched = group()
    background(cast.crocetta, YESTERDAY, places=2, each=3)
    idle = actions.save_group(
        by=carla, group=None, new=actions.NewGroup("Altro", [kind("altro")], is_active=False)
    )
    run = run_with(lambda counts: [])
    assert [row.group for row in run.inputs.all()] == [watched] and not idle.is_active
