"""What is decided about an alert, and what it sets going."""

import datetime as dt

import pytest

from vicinia.domain.casework import queries as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.foresight import actions, queries
from vicinia.domain.foresight.models import Alert, KindGroup
from vicinia.domain.foresight.tests.factories import alert_in, burst, group, run_with, signal
from vicinia.domain.listening.tests.factories import kind, report_in
from vicinia.domain.outcomes import actions as outcomes
from vicinia.domain.problems.models import Sheet
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused

pytestmark = pytest.mark.django_db


def test_dismissed_with_a_reason_and_taken_back_with_another(alert, carla):
    dismissed = actions.dismiss(by=carla, alert=alert, reason="over", words="la festa è finita")
    assert (dismissed.state, dismissed.dismissed_as) == ("dismissed", "over")
    back = actions.take_back(by=carla, alert=alert, reason="è ricominciata")
    assert (back.state, back.dismissed_as) == ("new", "")
    moves = queries.story_of(alert).moves
    assert [(move.label, move.reason) for move in moves] == [
        ("Nuova", "è ricominciata"),
        ("Archiviata", "la festa è finita"),
    ]
    assert list(Entry.objects.filter(about=f"alert:{alert.reference}").values_list("event", flat=True)) == [
        "alert.found", "alert.dismissed", "alert.taken_back",
    ]  # fmt: skip


def test_watched_until_a_day(alert, carla):
    day = clock.today() + dt.timedelta(days=30)
    assert actions.watch(by=carla, alert=alert, until=day).watched_until == day
    assert actions.watch(by=carla, alert=alert, until=day + dt.timedelta(days=5)).state == "watched"


def test_an_alert_of_elsewhere_does_not_exist(alert, anna, bruno):
    assert queries.alert_named(anna, alert.reference) == alert
    with pytest.raises(NotVisible):
        queries.alert_named(bruno, alert.reference)
    with pytest.raises(NotVisible):
        actions.dismiss(by=bruno, alert=alert, reason="over")
    with pytest.raises(Refused) as refused:
        actions.dismiss(by=anna, alert=alert, reason="over")
    assert refused.value.verdict.status == 403
    assert (queries.new_alerts(anna).count(), queries.new_alerts(bruno).count()) == (1, 0)


def test_a_place_problem_is_opened_with_its_sheet_begun(alert, carla):
    case = actions.open_case(by=carla, alert=alert)
    assert (case.kind, case.area_id) == ("place", alert.area_id)
    assert case.owner_id == carla.user_id
    assert casework.reports_in(case).count() == 9
    sheet = Sheet.objects.get(case=case)
    assert "9 segnalazioni" in sheet.events
    assert "150 metri" in sheet.where and sheet.when.startswith(("Dal ", "Il "))
    row = Alert.objects.get()
    assert (row.state, row.case) == ("acted", case)
    assert Entry.objects.filter(about=f"case:{case.reference}", event="case.born_of_alert").exists()
    assert [found.pk for found in queries.alerts_of_case(carla, case)] == [alert.pk]


def test_no_place_problem_twice_on_the_same_reports(alert, carla):
    actions.open_case(by=carla, alert=alert)
    actions.take_back(by=carla, alert=alert, reason="era un altro problema")
    with pytest.raises(Refused, match="già in altri casi"):
        actions.open_case(by=carla, alert=alert)


def test_a_case_that_is_open_already_follows(alert, carla, cast):
    case = case_of(carla, report_in(cast.crocetta))
    linked = actions.link_case(by=carla, alert=alert, case=case, words="stesso luogo")
    assert (linked.state, linked.case) == ("acted", case)
    assert case in queries.cases_to_link(carla, alert)


# ---------------------------------------------------------------- what lies behind


def test_reports_that_one_may_not_see_are_counted_only(alert, cast, anna, carla):
    from vicinia.domain.listening.models import Report

    hidden = Report.objects.order_by("pk")[:2]
    Report.objects.filter(pk__in=[row.pk for row in hidden]).update(area=cast.stazione)
    behind = queries.reports_behind(anna, alert)
    assert (len(behind.reports), behind.hidden, behind.places) == (7, 2, 1)
    assert queries.reports_behind(carla, alert).hidden == 0


def test_what_was_done_here_the_last_time(alert, cast, anna, carla):
    case = actions.open_case(by=carla, alert=alert)
    began = clock.today() - dt.timedelta(weeks=6)
    measure = outcomes.NewMeasure(
        began_on=began, radius=150, ring=300, control=Location(lat=44.9, lon=10.9, address="Altrove")
    )
    outcomes.set_measure(by=carla, case=case, new=measure)
    later = alert_in(cast.crocetta, name="Rifiuti", last_day=clock.today(), kind_=kind("rifiuti"))
    last = queries.last_time(anna, later)
    assert [row.pk for row in last.alerts] == [alert.pk]
    assert [happened.case for happened in last.cases] == [case]
    assert last.cases[0].outcome is not None and last.cases[0].outcome.sentences
    own = queries.last_time(carla, Alert.objects.get(pk=alert.pk))
    assert [happened.case for happened in own.cases] == [case]
    assert own.alerts == []


def test_what_one_may_not_see_was_not_done(alert, cast, bruno, carla):
    actions.open_case(by=carla, alert=alert)
    later = alert_in(cast.crocetta, name="Rifiuti", last_day=clock.today(), kind_=kind("rifiuti"))
    Case.objects.update(owner=None)
    assert queries.last_time(bruno, later).is_empty


# ---------------------------------------------------------------- what is watched


def test_settings_are_changed_and_the_journal_says_how(carla, anna):
    new = actions.NewSettings(budget=12, longest_days=14, radius_m=800, history_days=365, grid_m=100)
    row = actions.change_settings(by=carla, new=new, seen_version=0)
    assert (row.budget, row.radius_m) == (12, 800)
    words = Entry.objects.get(event="foresight.settings").facts["what"]
    assert "6 → 12" in words and "750 → 800" in words
    actions.change_settings(by=carla, new=new)
    assert Entry.objects.filter(event="foresight.settings").count() == 1
    with pytest.raises(Conflict):
        actions.change_settings(by=carla, new=new, seen_version=1)
    with pytest.raises(Refused):
        actions.change_settings(by=anna, new=new)


def test_a_kind_is_in_one_group(carla, anna):
    noise, rubbish = kind("rumore"), kind("rifiuti")
    first = actions.save_group(by=carla, group=None, new=actions.NewGroup("Vivere insieme", [noise]))
    with pytest.raises(Refused, match="Rumore"):
        actions.save_group(by=carla, group=None, new=actions.NewGroup("Altro", [noise, rubbish]))
    changed = actions.save_group(
        by=carla, group=first, new=actions.NewGroup("Vivere insieme", [rubbish]), seen_version=1
    )
    assert list(queries.kinds_of(changed)) == [rubbish]
    with pytest.raises(Conflict):
        actions.save_group(by=carla, group=first, new=actions.NewGroup("Altro", [noise]), seen_version=1)
    with pytest.raises(Refused):
        actions.save_group(by=anna, group=None, new=actions.NewGroup("Altro", [noise]))


def test_groups_are_proposed_from_those_of_the_categories(carla):
    kind("rumore"), kind("rifiuti")
    assert actions.propose_groups(by=carla) == 1
    assert actions.propose_groups(by=carla) == 0
    kind("buche")
    assert queries.kinds_unwatched() == 1
    actions.propose_groups(by=carla)
    group = KindGroup.objects.get()
    assert (group.name, queries.kinds_of(group).count(), queries.kinds_unwatched()) == ("Convivenza", 3, 0)


# ---------------------------------------------------------------- how well


def test_promised_and_seen(cast, carla, anna, bruno):
    useless = alert_in(cast.crocetta)
    actions.dismiss(by=carla, alert=useless, reason="chance")
    useful = alert_in(cast.crocetta, name="Rifiuti", last_day=clock.today(), kind_=kind("rifiuti"))
    actions.dismiss(by=carla, alert=useful, reason="over")
    found = queries.quality(carla)
    assert (found.promised, found.whole.found, found.whole.useless, found.whole.useful) == (6, 2, 1, 1)
    assert found.useless is not None and found.useless.estimate == 365
    assert found.useful_percents is not None and found.useful_percents[0] == 50
    assert found.a_week == 14
    assert {row.label for row in found.groups} == {"Rumore", "Rifiuti"}
    assert found.groups[0].delay == 6
    assert queries.quality(bruno).whole.found == 0
    assert queries.quality(bruno).useful_percents is None


def test_before_the_first_run_nothing_can_be_told(carla):
    found = queries.quality(carla)
    assert (found.runs, found.useless, found.share_useful, found.verdicts) == (0, None, None, [])


def test_where_nothing_has_come_in_for_longer_than_usual(cast, carla, anna):
    silent = {area.name: area for area in queries.silent_areas(carla)}
    assert silent["Crocetta"].days_without_reports is None and silent["Crocetta"].misses_rounds
    burst(cast.crocetta, clock.today(), number=9)
    here = next(area for area in queries.silent_areas(anna) if area.name == "Crocetta")
    assert not here.misses_reports and here.usual_gap == 1
    assert [area.name for area in queries.silent_areas(anna)] == ["Crocetta"], "of own areas only"


def test_closed_cases_do_not_follow(alert, carla, cast):
    case = case_of(carla, report_in(cast.crocetta))
    close_case(carla, case)
    with pytest.raises(Refused, match="chiuso"):
        actions.link_case(by=carla, alert=alert, case=case)


def test_weeks_and_years_add_up(alert, carla):
    today = clock.today()
    seen = queries.quality(carla)
    assert sum(week.found for week in seen.weeks.values()) == 1
    assert max(seen.weeks) <= today and all(monday.weekday() == 0 for monday in seen.weeks)
    assert seen.keeps_promise is None, "one alert that nobody has decided about tells nothing"
    year = queries.years_of_alerts()[0]
    assert (year.year, year.nights, year.tally) == (today.year, 1, queries.Tally(0, 1, 0))
    assert year.promised == pytest.approx(6 / 365)
    actions.dismiss(by=carla, alert=alert, reason="chance")
    assert queries.years_of_alerts()[0].tally == queries.Tally(0, 0, 1)


def test_a_place_problem_is_opened_on_a_whole_area(cast, carla):
    """No circle: the sheet says which area, without a radius."""
    group()
    burst(cast.crocetta, clock.today() - dt.timedelta(days=1))
    fields = {"method": "trend", "area_id": cast.crocetta.pk, "centre": None}
    [alert] = run_with(lambda counts: [signal(counts, [], **fields)]).alerts.all()
    case = actions.open_case(by=carla, alert=alert)
    assert Sheet.objects.get(case=case).where == "In tutta la zona Crocetta"
