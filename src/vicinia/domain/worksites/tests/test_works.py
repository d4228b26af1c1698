"""Worksites, lots, their times, slips, and disruptions with their notices."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from vicinia.domain.outreach import actions as outreach
from vicinia.domain.outreach.models import Notice
from vicinia.domain.territory.models import Dwelling
from vicinia.domain.worksites import actions, queries, rules
from vicinia.domain.worksites.models import Disruption, Lot, Slip
from vicinia.domain.worksites.states import DisruptionKind, DisruptionState, LotState, WorksiteState
from vicinia.domain.worksites.tests.conftest import VISITOR, new_disruption
from vicinia.foundation.kernel import clock, registries
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def refused(act):
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.verdict


def enter(by, lot, state, **more):
    return actions.enter_lot(by=by, lot=lot, state=state, day=more.pop("day", clock.today()), **more)


# Worksites and lots -----------------------------------------------------------------------------------------------


def test_a_worksite_is_opened_with_a_lot_and_closed_without_works(lucia, anna, site, house):
    def go(state):
        return actions.enter_worksite(by=lucia, worksite=site, state=state)

    assert "almeno un lotto" in str(refused(lambda: go(WorksiteState.OPEN)).sentence)
    assert not queries.shown_worksites()
    with pytest.raises(NotVisible):
        queries.shown_worksite(site.reference)
    today = clock.today()
    plan = actions.LotPlan("Lotto 1", today, today + 10 * DAY, buildings=[house])
    assert refused(lambda: actions.add_lot(by=anna, worksite=site, new=plan)).status == 403
    backwards = actions.LotPlan("Lotto 1", today, today - DAY)
    assert refused(lambda: actions.add_lot(by=lucia, worksite=site, new=backwards)).status == 409
    lot = actions.add_lot(by=lucia, worksite=site, new=plan)
    assert str(lot) == f"{lot.reference} Lotto 1"
    row = go(WorksiteState.OPEN)
    assert queries.shown_worksite(row.reference) == site
    assert queries.shown_lot(lot.reference) == lot
    closed = go(WorksiteState.CLOSED)
    assert (closed.is_shown, str(closed)) == (True, f"{site.reference} Tetti di via Roma")
    assert go(WorksiteState.OPEN).state == WorksiteState.OPEN


def test_the_words_of_a_worksite_and_a_lot_change(lucia, anna, site, lot, house, manager):
    plan = actions.WorksitePlan("Altro nome", "x", "y")
    act = lambda by, seen: actions.change_worksite(by=by, worksite=site, new=plan, seen_version=seen)  # noqa: E731
    assert refused(lambda: act(anna, None)).status == 403
    assert act(lucia, None).name == "Altro nome"
    with pytest.raises(Conflict):
        act(lucia, 1)
    planned = lot.planned_from
    stair = queries.stairs_to_choose(lucia)[0]
    new = actions.LotPlan("Lotto A", clock.today(), clock.today() + DAY, stairs=[stair], manager=manager)
    row = actions.change_lot(by=lucia, lot=lot, new=new, seen_version=None)
    assert (row.name, row.planned_from, row.contractor) == ("Lotto A", planned, lot.contractor)
    assert list(row.stairs.all()) == [stair]
    draft = actions.add_lot(by=lucia, worksite=site, new=new)
    later = actions.LotPlan("Lotto B", clock.today() + DAY, clock.today() + 2 * DAY)
    assert (
        actions.change_lot(by=lucia, lot=draft, new=later, seen_version=None).forecast_to == later.planned_to
    )


def test_works_need_a_contractor_and_stops_a_reason(lucia, anna, site, house, builder):
    today = clock.today()
    lot = actions.add_lot(by=lucia, worksite=site, new=actions.LotPlan("Uno", today, today + 9 * DAY))
    assert refused(lambda: enter(anna, lot, LotState.TENDERED)).status == 403
    lot = enter(lucia, lot, LotState.TENDERED)
    assert enter(lucia, enter(lucia, lot, LotState.DESIGNED), LotState.TENDERED).state == LotState.TENDERED
    assert "impresa" in str(refused(lambda: enter(lucia, lot, LotState.CONTRACTED)).sentence)
    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.update(state=LotState.CONTRACTED)
    lot = enter(lucia, lot, LotState.CONTRACTED, contractor=builder)
    assert refused(lambda: enter(lucia, lot, LotState.HANDED_OVER, day=today + DAY)).status == 409
    lot = enter(lucia, enter(lucia, lot, LotState.HANDED_OVER), LotState.IN_PROGRESS)
    assert lot.began_on == today
    assert "motivo" in str(refused(lambda: enter(lucia, lot, LotState.SUSPENDED, reason=" ")).sentence)
    lot = enter(lucia, lot, LotState.SUSPENDED, reason="Piove da un mese.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Lot.objects.update(state_reason="")
    lot = enter(lucia, enter(lucia, lot, LotState.IN_PROGRESS), LotState.TERMINATED, reason="Fallita.")
    assert lot.state_reason == "Fallita."
    lot = enter(lucia, lot, LotState.RESTARTED, contractor=builder)
    assert (lot.state_reason, lot.began_on) == ("", today)
    site.refresh_from_db()
    actions.enter_worksite(by=lucia, worksite=site, state=WorksiteState.OPEN)
    close = lambda: actions.enter_worksite(by=lucia, worksite=site, state=WorksiteState.CLOSED)  # noqa: E731
    assert "lavori in corso" in str(refused(close).sentence)
    early = refused(lambda: enter(lucia, lot, LotState.COMPLETED, day=today - DAY))
    assert "prima di cominciare" in str(early.sentence)
    lot = enter(lucia, lot, LotState.COMPLETED)
    assert (lot.ended_on, lot.is_late) == (today, False)
    lot = enter(lucia, lot, LotState.IN_PROGRESS)
    assert lot.ended_on is None
    for state in (LotState.COMPLETED, LotState.TESTED, LotState.HABITABLE):
        lot = enter(lucia, lot, state)
    assert lot.state_moves.count() == 15
    assert close().state == WorksiteState.CLOSED


# Times ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def phase(lucia, lot):
    today = clock.today()
    new = actions.NewPhase("Facciate", today + 20 * DAY, today + 40 * DAY)
    return actions.add_phase(by=lucia, lot=lot, new=new)


@pytest.fixture
def home(lucia, lot):
    door = queries.dwellings_to_choose(lot)[0]
    today = clock.today()
    new = actions.NewIntervention(door, "refurbish", today + 5 * DAY, today + 25 * DAY, must_be_empty=True)
    return actions.add_intervention(by=lucia, lot=lot, new=new)


def test_phases_and_dwellings(lucia, anna, lot, phase, home, monkeypatch):
    today = clock.today()
    bad = actions.NewPhase("x", today, today - DAY)
    assert refused(lambda: actions.add_phase(by=lucia, lot=lot, new=bad)).status == 409
    assert queries.lines_of(lot) == [home, phase]
    assert "roma" in str(home).lower() and str(phase) == "Facciate"
    again = actions.NewIntervention(home.dwelling, home.kind, today, today)
    assert "già in programma" in str(
        refused(lambda: actions.add_intervention(by=lucia, lot=lot, new=again)).sentence
    )
    assert actions.change_phase(by=lucia, phase=phase, title="Tetti", seen_version=1).title == "Tetti"
    mark = lambda row, began, ended, by=lucia: actions.mark(by=by, row=row, began_on=began, ended_on=ended)  # noqa: E731
    assert refused(lambda: mark(phase, None, today)).status == 409
    assert refused(lambda: mark(phase, today, today - DAY)).status == 409
    assert refused(lambda: mark(phase, today + DAY, None)).status == 409
    assert refused(lambda: mark(phase, today, None, anna)).status == 403
    done = mark(phase, today - 2 * DAY, today)
    assert (done.shown_from, done.shown_to, done.slipped_by) == (today - 2 * DAY, today, -40)
    assert mark(home, today, None).began_on == today
    monkeypatch.setattr(rules, "MOST_PHASES", 1)
    good = actions.NewPhase("y", today, today, is_milestone=True)
    assert refused(lambda: actions.add_phase(by=lucia, lot=lot, new=good)).status == 409
    actions.drop_phase(by=lucia, phase=phase)
    actions.drop_intervention(by=lucia, intervention=home)
    assert queries.lines_of(lot) == []
    for get in (queries.phase_of, queries.intervention_of):
        with pytest.raises(NotVisible):
            get(lot, 999)


def test_a_slip_keeps_its_reason_and_tells_who_depends(lucia, anna, lot, phase, home, monkeypatch):
    told = []
    monkeypatch.setattr(registries, "works_slipped", [lambda by, slip: told.append(slip)])
    was, now = phase.forecast_to, phase.forecast_to + 400 * DAY
    days = actions.Days(phase.forecast_from, now, "Mancano i ponteggi.")
    assert refused(lambda: actions.slip(by=anna, row=phase, new=days)).status == 403
    made = actions.slip(by=lucia, row=phase, new=days)
    phase.refresh_from_db()
    assert (phase.forecast_to, phase.slipped_by, phase.planned_to) == (now, 400, was)
    assert (made.slip.days, made.slip.what, made.slip.reason) == (400, "Facciate", "Mancano i ponteggi.")
    assert refused(lambda: actions.slip(by=lucia, row=phase, new=days)).status == 409
    silent = actions.Days(phase.forecast_from, now + DAY, " ")
    assert refused(lambda: actions.slip(by=lucia, row=phase, new=silent)).status == 409
    with pytest.raises(Conflict):
        actions.slip(by=lucia, row=phase, new=days, seen_version=99)
    assert [(one.lot_reference, one.dwelling_ids, one.must_be_empty_ids) for one in told] == [
        (lot.reference, (home.dwelling_id,), (home.dwelling_id,))
    ]
    actions.slip(by=lucia, row=home, new=actions.Days(home.forecast_from, home.forecast_to + DAY, "Ritardo."))
    assert told[-1].what == str(home)
    with pytest.raises(IntegrityError), transaction.atomic():
        Slip.objects.update(reason="")


def test_a_lot_may_take_its_phases_along(lucia, lot, phase, home):
    actions.mark(by=lucia, row=home, began_on=clock.today(), ended_on=None)
    new = actions.Days(lot.forecast_from, lot.forecast_to + 30 * DAY, "Fermi.", with_phases=True)
    was = phase.forecast_from
    actions.slip(by=lucia, row=lot, new=new)
    phase.refresh_from_db()
    assert phase.forecast_from == was + 30 * DAY
    assert [slip.what for slip in queries.slips_of(lot)] == ["Facciate", "Lotto 1"]
    for state in (LotState.COMPLETED,):
        enter(lucia, lot, state)
    lot.refresh_from_db()
    more = actions.Days(lot.forecast_from, lot.forecast_to + DAY, "x")
    assert "già finito" in str(refused(lambda: actions.slip(by=lucia, row=lot, new=more)).sentence)


# Disruptions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", DisruptionKind.values)
def test_a_notice_is_due_working_days_before(kind):
    monday = dt.date(2026, 5, 11)
    due = rules.notice_due(kind, monday)
    assert clock.working_days_between(due, monday - DAY) + 1 >= rules.NOTICE_LEAD_DAYS[kind]
    assert due < monday and clock.is_working_day(due)


def test_a_disruption_says_when_and_for_whom(lucia, anna, lot, house):
    plan = lambda by=lucia, **more: actions.plan_disruption(  # noqa: E731
        by=by, lot=lot, new=new_disruption(house, **more)
    )
    assert refused(lambda: plan(buildings=[])).status == 409
    assert refused(lambda: plan(to_time=dt.time(7))).status == 409
    assert refused(lambda: plan(anna)).status == 403
    row = plan(to_time=dt.time(7), to_day=clock.today() + 31 * DAY)
    assert str(row) == row.reference
    assert (row.is_told, row.is_late, row.is_over) == (False, False, False)
    assert queries.names_of_places(row) == ["Via Roma 1"]
    assert list(queries.shown_disruptions(lot=lot, worksite=lot.worksite)) == [row]
    with clock.at(clock.now() + 28 * DAY):
        assert row.is_late
        assert list(Disruption.objects.late()) == [row]
    assert not queries.disruptions_due(anna, row.notice_due_on)
    assert list(queries.disruptions_due(lucia, row.notice_due_on)) == [row]
    with pytest.raises(IntegrityError), transaction.atomic():
        Disruption.objects.update(to_day=clock.today() - DAY)


def test_its_notice_is_written_in_the_languages_of_who_lives_there(lucia, anna, cut, settle):
    settle("ar", "tl")
    assert refused(lambda: actions.prepare_notice(by=anna, disruption=cut)).status == 403
    row = actions.prepare_notice(by=lucia, disruption=cut)
    notice = row.notice
    assert set(notice.by_language) == {"it", "ar"}
    assert notice.first_text.subject == "Manca l'acqua"
    assert "08:00" in notice.first_text.body and "Via Roma 1" in notice.first_text.body
    assert "{" not in notice.first_text.body
    assert notice.by_language["ar"].subject == "انقطاع الماء"
    assert refused(lambda: actions.prepare_notice(by=lucia, disruption=row)).status == 409
    assert queries.proof_of(lucia, row).stairs == 2
    assert not queries.proof_of(lucia, row).is_whole
    outreach.approve_notice(by=lucia, notice=notice)
    outreach.publish_notice(by=lucia, notice=Notice.objects.get())
    told = queries.disruption_named(lucia, row.reference)
    assert told.is_told
    assert not Disruption.objects.untold()
    new = new_disruption(cut.buildings.get())
    stuck = refused(lambda: actions.change_disruption(by=lucia, disruption=told, new=new))
    assert "già uscito" in str(stuck.sentence)


def test_every_kind_has_words_in_every_language(lucia, lot, house, settle):
    from vicinia.domain.worksites import notices

    settle("ur", "zh-hans")
    for kind in DisruptionKind.values:
        later = clock.today() + 32 * DAY
        new = new_disruption(house, kind=kind, to_day=later, remark="Due *ore* {{ x }}")
        texts = notices.texts_of(actions.plan_disruption(by=lucia, lot=lot, new=new))
        assert set(texts) == {"it", "ur", "zh-hans"}
        assert "Due \\*ore\\* (( x ))" in texts["it"].body
        assert "ore" not in texts["ur"].body
        assert all(text.subject and "08:00" in text.body for text in texts.values())


def test_what_was_not_told_is_written_anew_and_what_somebody_wrote_stays(lucia, cut, settle, house):
    settle("ro")
    row = actions.prepare_notice(by=lucia, disruption=cut)
    mine = outreach.NewText("Titolo nostro", "Testo nostro.", "ro")
    outreach.write_text(by=lucia, notice=row.notice, text=mine)
    new = new_disruption(house, ahead=40, from_time=dt.time(9))
    row = actions.change_disruption(by=lucia, disruption=row, new=new)
    notice = Notice.objects.get()
    assert "09:00" in notice.first_text.body
    assert notice.by_language["ro"].body == "Testo nostro."
    assert row.stale_since is not None
    assert list(queries.disruptions_due(lucia, clock.today())) == [row]
    assert actions.confirm_days(by=lucia, disruption=row).stale_since is None
    assert refused(lambda: actions.confirm_days(by=lucia, disruption=row)).status == 409


def test_a_slip_moves_what_was_not_told_and_marks_what_was(lucia, lot, phase, house):
    def plan(**more):
        return actions.plan_disruption(by=lucia, lot=lot, new=new_disruption(house, phase=phase, **more))

    waits, told, begun = plan(), plan(kind="lift"), plan(ahead=-1)
    waits = actions.prepare_notice(by=lucia, disruption=waits)
    told = actions.prepare_notice(by=lucia, disruption=told)
    outreach.approve_notice(by=lucia, notice=told.notice)
    outreach.publish_notice(by=lucia, notice=told.notice)
    days = actions.Days(phase.forecast_from + 7 * DAY, phase.forecast_to + 7 * DAY, "Pioggia.")
    made = actions.slip(by=lucia, row=phase, new=days)
    assert (made.moved, made.stale) == ([waits], [told])
    for row in (waits, told, begun):
        row.refresh_from_db()
    assert waits.from_day == clock.today() + 37 * DAY
    assert waits.notice_due_on == rules.notice_due("water", waits.from_day)
    assert waits.notice.until == waits.to_day
    assert (told.from_day, told.stale_since is not None) == (clock.today() + 30 * DAY, True)
    assert begun.from_day == clock.today() - DAY
    along = actions.Days(lot.forecast_from, lot.forecast_to + 5 * DAY, "Ancora.", with_phases=True)
    made = actions.slip(by=lucia, row=lot, new=along)
    assert (made.moved, made.stale) == ([waits], [told])


def test_a_disruption_is_called_off(lucia, cut):
    row = actions.prepare_notice(by=lucia, disruption=cut)
    assert refused(lambda: actions.cancel_disruption(by=lucia, disruption=row, reason="")).status == 409
    row = actions.cancel_disruption(by=lucia, disruption=row, reason="Non serve più.")
    assert (row.state, row.notice.state) == (DisruptionState.CANCELLED, "withdrawn")
    assert not queries.shown_disruptions(lot=row.lot)
    for act in (
        lambda: actions.cancel_disruption(by=lucia, disruption=row, reason="x"),
        lambda: actions.prepare_notice(by=lucia, disruption=row),
        lambda: actions.change_disruption(by=lucia, disruption=row, new=new_disruption(None, buildings=[])),
    ):
        assert refused(act).status == 409
    with pytest.raises(IntegrityError), transaction.atomic():
        Disruption.objects.update(end_reason="")


def test_one_without_a_notice_is_called_off_and_one_that_is_over_gets_none(lucia, lot, house, cut):
    assert actions.cancel_disruption(by=lucia, disruption=cut, reason="x").notice is None
    past = actions.plan_disruption(by=lucia, lot=lot, new=new_disruption(house, ahead=-1))
    assert "già passato" in str(refused(lambda: actions.prepare_notice(by=lucia, disruption=past)).sentence)


# Who sees what ----------------------------------------------------------------------------------------------------


def test_who_sees_what(cast, lucia, anna, paolo, site, lot, cut):
    draft = actions.plan_worksite(by=lucia, new=actions.WorksitePlan("Bozza", "x", "y"))
    assert set(queries.worksites(anna)) == {site, draft}
    assert set(queries.worksites(VISITOR)) == {site}
    assert list(queries.lots(VISITOR)) == list(queries.lots(paolo)) == [lot]
    assert list(queries.disruptions(VISITOR)) == [cut]
    assert queries.worksite_named(lucia, draft.reference) == draft
    with pytest.raises(NotVisible):
        queries.worksite_named(VISITOR, draft.reference)
    assert queries.proof_of(lucia, cut) is None
    waiting = queries.waiting(lucia)
    assert (waiting.worksites, waiting.untold, waiting.late_notices, waiting.complaints) == (1, 1, 0, 0)
    assert queries.with_counts(queries.worksites(lucia)).get(pk=site.pk).lot_count == 1
    assert [row.pk for row in queries.lots_of(site)] == [lot.pk]
    assert Dwelling.objects.count() == queries.dwellings_to_choose(lot).count()
