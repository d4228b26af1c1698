"""Who may keep a programme and when; the timeline; figures computed from records."""

import datetime as dt
from decimal import Decimal

import pytest

from vicinia.domain.programme import actions, drawing, queries, rules
from vicinia.domain.programme.models import (
    ActionSheet,
    Activity,
    BudgetLine,
    Cost,
    Indicator,
    Member,
    Milestone,
)
from vicinia.domain.programme.states import (
    ActivityKind,
    AxisKind,
    Measure,
    MemberKind,
    ProgrammeState,
    ReportState,
    Scope,
    SheetState,
)
from vicinia.domain.programme.tests.conftest import ago, begin, log, seat
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, NotVisible, Refused
from vicinia.foundation.kernel.registries import Countable, CountedLink, CountedRow, countables

pytestmark = pytest.mark.django_db


def refused(act, match, status=409):
    with pytest.raises(Refused, match=match) as caught:
        act()
    assert caught.value.verdict.status == status


# The contract


def test_a_programme_is_begun_concluded_and_reopened_by_who_signs(lucia, carla, programme, cast):
    plan = actions.ProgrammePlan("Al contrario", "Regione", ago(1), ago(9))
    refused(lambda: actions.plan_programme(by=lucia, new=plan), "Finisce prima")
    marco = cast.actor(cast.marco)
    refused(lambda: actions.plan_programme(by=marco, new=plan), "laboratorio", 403)
    state = ProgrammeState.ACTIVE
    refused(lambda: actions.enter_programme(by=lucia, programme=programme, state=state), "coordinatore", 403)
    refused(lambda: actions.enter_programme(by=carla, programme=programme, state=state), "almeno una scheda")
    axis = actions.add_axis(by=lucia, programme=programme, kind=AxisKind.HOUSING, title="Abitare")
    outside = actions.SheetPlan("Case", ago(400), ago(-1))
    refused(lambda: actions.add_sheet(by=lucia, programme=programme, axis=axis, new=outside), "stanno dentro")
    actions.add_sheet(
        by=lucia, programme=programme, axis=axis, new=actions.SheetPlan("Case", ago(9), ago(-9))
    )
    actions.enter_programme(by=carla, programme=programme, state=state)
    actions.enter_programme(by=carla, programme=programme, state=ProgrammeState.CLOSED)
    refused(
        lambda: actions.add_axis(by=lucia, programme=programme, kind=AxisKind.OTHER, title="Altro"),
        "riaprilo",
    )
    refused(
        lambda: actions.add_axis(by=marco, programme=programme, kind=AxisKind.OTHER, title="x"), "labor", 403
    )
    row = actions.enter_programme(by=carla, programme=programme, state=state)
    row.axes.filter(pk=axis.pk).update(position=rules.MOST_AXES)
    refused(lambda: actions.add_axis(by=lucia, programme=row, kind=AxisKind.OTHER, title="Altro"), "troppi")


def test_an_axis_is_renamed_on_the_version_that_was_read(lucia, programme):
    axis = actions.add_axis(by=lucia, programme=programme, kind=AxisKind.OTHER, title="Altro")
    with pytest.raises(Conflict):
        actions.change_axis(by=lucia, axis=axis, kind=AxisKind.SOCIAL, title="Sociale", seen_version=9)
    row = actions.change_axis(by=lucia, axis=axis, kind=AxisKind.SOCIAL, title="Sociale", seen_version=1)
    assert (row.kind, row.title) == (AxisKind.SOCIAL, "Sociale")


def test_somebody_signs_and_it_ends_after_that(lucia, programme):
    def sign(**changes):
        values = {"title": "Accordo", "signed_on": ago(10), "others": "Ufficio casa"} | changes
        return actions.sign_convention(by=lucia, programme=programme, new=actions.NewConvention(**values))

    refused(lambda: sign(others=" "), "chi ha firmato")
    refused(lambda: sign(until=ago(20)), "Finisce prima")
    assert sign(until=ago(-20)).others == "Ufficio casa"


def test_a_seat_is_of_one_and_its_mandate_ends_with_a_reason(lucia, carla, cast, programme):
    refused(lambda: seat(lucia, programme, words=" "), "Scegli un collega")
    refused(lambda: seat(lucia, programme, user=cast.lucia), "Scegli un collega")
    refused(lambda: seat(lucia, programme, to_day=ago(300)), "Finisce prima")
    refused(lambda: seat(cast.actor(cast.marco), programme), "laboratorio", 403)
    member = seat(lucia, programme)
    refused(lambda: actions.end_mandate(by=lucia, member=member, on=ago(1), reason=" "), "perché finisce")
    refused(lambda: actions.end_mandate(by=lucia, member=member, on=ago(281), reason="x"), "Finisce prima")
    actions.end_mandate(by=lucia, member=member, on=ago(1), reason="Si trasferisce.")
    assert rules.may_convene(lucia, programme, members=0).status == 409
    assert rules.may_convene(cast.actor(cast.marco), programme, members=0).status == 403
    assert rules.may_convene(carla, programme, members=1).allowed
    assert rules.may_seat(Member(kind=MemberKind.SIGNATORY, body_id=1, words="Anna", from_day=ago(1))).allowed


# Sheets


def test_a_sheet_that_stops_says_why(lucia, sheet, cast):
    enter = actions.enter_sheet
    refused(lambda: enter(by=lucia, sheet=sheet, state=SheetState.SUSPENDED), "Scrivi perché")
    refused(lambda: enter(by=lucia, sheet=sheet, state=SheetState.PLANNED), "")
    refused(
        lambda: enter(by=cast.actor(cast.marco), sheet=sheet, state=SheetState.SUSPENDED), "laboratorio", 403
    )
    assert enter(by=lucia, sheet=sheet, state=SheetState.DROPPED, reason="Senza fondi.").state == "dropped"


def test_a_milestone_slips_with_a_reason_and_is_reached_once(lucia, carla, sheet, cast):
    row = actions.add_milestone(by=lucia, sheet=sheet, title="Apertura", planned_on=ago(60))
    move = actions.move_milestone
    assert (row.is_late, row.slip_days) == (True, 0)
    refused(lambda: move(by=lucia, milestone=row, to_day=ago(60), reason="x"), "per quel giorno")
    refused(lambda: move(by=lucia, milestone=row, to_day=ago(-9), reason=" "), "perché la tappa")
    with pytest.raises(Conflict):
        move(by=lucia, milestone=row, to_day=ago(-9), reason="x", seen_version=9)
    row = move(by=lucia, milestone=row, to_day=ago(-9), reason="Mancano le chiavi.")
    assert (row.slip_days, row.is_late) == (69, False)
    reach = actions.reach_milestone
    marco = cast.actor(cast.marco)
    refused(lambda: reach(by=lucia, milestone=row, on=ago(-1)), "deve ancora venire")
    refused(lambda: reach(by=marco, milestone=row, on=None), "laboratorio", 403)
    row = reach(by=lucia, milestone=row, on=ago(1))
    refused(lambda: move(by=lucia, milestone=row, to_day=ago(-20), reason="x"), "già raggiunta")
    refused(lambda: move(by=marco, milestone=row, to_day=ago(-20), reason="x"), "laboratorio", 403)
    row = reach(by=lucia, milestone=row, on=None)
    assert row.done_on is None
    Milestone.objects.bulk_create(
        Milestone(sheet=sheet, title="x", planned_on=ago(1), expected_on=ago(1))
        for _n in range(rules.MOST_MILESTONES - 1)
    )
    refused(
        lambda: actions.add_milestone(by=lucia, sheet=sheet, title="Una di troppo", planned_on=ago(1)),
        "troppi",
    )


def test_what_was_done_lies_in_the_past_and_in_the_programme(lucia, carla, sheet, cast):
    assert rules.may_log(cast.actor(cast.marco), Activity(sheet=sheet), clock.today()).status == 403
    refused(lambda: log(lucia, sheet, day=ago(-1)), "deve ancora venire")
    refused(lambda: log(lucia, sheet, day=ago(400)), "fuori dal programma")
    refused(lambda: log(lucia, sheet, hours=Decimal(201)), "da 0 a 200")
    row = log(lucia, sheet)
    twice = actions.Done(sheet, ago(1), ActivityKind.DESK, "Due volte")
    first = actions.log_activity(by=lucia, new=twice, once="same")
    assert actions.log_activity(by=lucia, new=twice, once="same") == first
    changed = actions.Done(sheet, ago(2), ActivityKind.VISIT, "Visita", people=3)
    with pytest.raises(Conflict):
        actions.change_activity(by=lucia, activity=row, new=changed, seen_version=9)
    row = actions.change_activity(by=lucia, activity=row, new=changed, seen_version=None)
    assert (row.kind, row.people) == (ActivityKind.VISIT, 3)
    refused(lambda: actions.void_activity(by=lucia, activity=row, reason=" "), "perché si annulla")
    row = actions.void_activity(by=lucia, activity=row, reason="Errore.")
    refused(lambda: actions.void_activity(by=lucia, activity=row, reason="x"), "già annullata")
    refused(
        lambda: actions.change_activity(by=lucia, activity=row, new=changed, seen_version=None), "è annullata"
    )
    actions.enter_programme(by=carla, programme=sheet.programme, state=ProgrammeState.CLOSED)
    refused(lambda: log(lucia, ActionSheet.objects.get()), "in corso")


def test_money_is_of_a_line_of_the_same_sheet(lucia, programme, sheet, line, activity, cast):
    def pay(**changes):
        values = {"line": line, "day": ago(3), "amount": Decimal(10), "what": "Carta"} | changes
        return actions.record_cost(by=lucia, sheet=sheet, new=actions.NewCost(**values))

    refused(lambda: pay(amount=Decimal(0)), "quanto è stato speso")
    refused(lambda: pay(day=ago(-1)), "già stato speso")
    other = actions.add_sheet(
        by=lucia, programme=programme, axis=sheet.axis, new=actions.SheetPlan("Festa", ago(90), ago(-9))
    )
    theirs = actions.add_budget_line(by=lucia, sheet=other, title="Festa", source="Comune", amount=Decimal(1))
    refused(lambda: pay(line=theirs), "stessa scheda")
    refused(lambda: pay(activity=log(lucia, other)), "stessa scheda")
    cost = pay(activity=activity)
    marco = cast.actor(cast.marco)
    assert rules.may_spend(marco, Cost(sheet=sheet), clock.today()).status == 403
    actions.void_cost(by=lucia, cost=cost, reason="Doppia.")
    refused(lambda: actions.void_cost(by=lucia, cost=cost, reason="x"), "già annullata")
    refused(
        lambda: actions.add_budget_line(by=lucia, sheet=sheet, title="x", source="y", amount=Decimal(-1)),
        "non è negativo",
    )
    with pytest.raises(Conflict):
        actions.change_budget_line(
            by=lucia, line=line, title="x", source="y", amount=Decimal(1), seen_version=9
        )
    assert rules.may_budget(marco, BudgetLine(sheet=sheet, amount=Decimal(-1))).status == 403


# Indicators


@pytest.fixture
def known(monkeypatch):
    """A subject that counts people: two records of one person, one of nobody known."""
    rows = [
        CountedRow(1, ago(20), "a", 2, person_id=5),
        CountedRow(2, ago(19), "a", 3, person_id=5),
        CountedRow(3, ago(18), "b", 4),
    ]

    def links(by, ids):
        return [CountedLink(pk, f"Numero {pk}", f"/n/{pk}") for pk in (1, 2) if pk in ids]

    one = Countable(
        "trial",
        "Prova",
        "prove",
        lambda since, until: [row for row in rows if since <= row.on <= until],
        links,
        lambda: {"a": "A", "b": "B"},
    )
    monkeypatch.setitem(countables, "trial", one)
    return one


def value(sheet, named=(), **changes):
    row = Indicator(sheet=sheet, title="x", source="trial", **changes)
    return queries.figure_of(row, queries.Counts(ago(30), ago(1)), set(named))


def test_an_indicator_counts_what_it_says(sheet, known):
    assert value(sheet).value == 3 and value(sheet).record_ids == (1, 2, 3)
    assert value(sheet, measure=Measure.AMOUNT).value == 9
    assert value(sheet, measure=Measure.PEOPLE).value == 1 + 4
    assert value(sheet, kinds=["b"]).record_ids == (3,)
    assert value(sheet, named={2}, scope=Scope.SHEET).record_ids == (2,)
    gone = queries.figure_of(Indicator(sheet=sheet, source="gone"), queries.Counts(ago(9), ago(1)), set())
    assert (gone.value, gone.is_known) == (0, False)


def test_an_indicator_is_of_the_registry(lucia, sheet, known, cast):
    def plan(**changes):
        return actions.IndicatorPlan(**{"title": "x", "source": "trial"} | changes)

    def add(**changes):
        return actions.add_indicator(by=lucia, sheet=sheet, new=plan(**changes))

    refused(lambda: add(source="boh"), "che cosa si conta")
    refused(lambda: add(kinds=["z"]), "Questi tipi")
    refused(lambda: add(measure="z"), "che numero")
    row = add(kinds=["a"])
    marco = cast.actor(cast.marco)
    refused(lambda: actions.add_indicator(by=marco, sheet=sheet, new=plan(source="boh")), "laboratorio", 403)
    with pytest.raises(Conflict):
        actions.change_indicator(by=lucia, indicator=row, new=plan(), seen_version=9)
    assert actions.change_indicator(by=lucia, indicator=row, new=plan(), seen_version=None).kinds == []
    Indicator.objects.bulk_create(
        Indicator(sheet=sheet, title="x", source="trial") for _n in range(rules.MOST_INDICATORS - 1)
    )
    refused(add, "troppi")
    actions.drop_indicator(by=lucia, indicator=row)
    add()


def test_who_is_known_is_reached_once(lucia, sheet, known):
    one, two = log(lucia, sheet, people=4), log(lucia, sheet, people=1)
    assert queries.PeopleReached([one, two]).of([one, two]).total == 5
    for row, pk in ((one, 1), (two, 2)):
        actions.link_records(by=lucia, activity=row, records=[("trial", pk), ("boh", 1), ("trial", 3)])
    reached = queries.PeopleReached([one, two]).of([one, two])
    assert (reached.known, reached.counted) == (1, 3)
    shown, hidden = queries.records_of(lucia, one)
    assert [link.title for group in shown for link in group.links] == ["Numero 1"] and hidden == 0
    near = {group.countable.key: group.links for group in queries.records_near(lucia, one)}
    assert [link.record_id for link in near["trial"]] == [1, 2]


def test_records_that_one_may_not_see_stay_linked(lucia, sheet, known, monkeypatch):
    row = log(lucia, sheet)
    row.links.create(source="trial", record_id=3)
    actions.link_records(by=lucia, activity=row, records=[("trial", 1)])
    actions.link_records(by=lucia, activity=row, records=[("trial", 2)])
    assert sorted(row.links.values_list("record_id", flat=True)) == [2, 3]
    assert queries.records_of(lucia, row)[1] == 1
    monkeypatch.setattr(rules, "MOST_LINKS", 1)
    refused(lambda: actions.link_records(by=lucia, activity=row, records=[("trial", 1)]), "troppi")


# Reports


def test_only_who_keeps_writes_and_answers(lucia, carla, cast, report, frozen, sheet):
    marco = cast.actor(cast.marco)
    actions.send(by=carla, report=frozen, protocol="1", on=clock.today())
    query = actions.ask(by=lucia, report=frozen, words="Quante?", asked_on=clock.today())
    assert rules.may_write(marco, frozen).status == 403
    assert rules.may_answer(marco, query, "x").status == 403
    assert rules.may_answer(lucia, query, "x").allowed
    frozen.refresh_from_db()
    assert frozen.state == ReportState.QUERIED and rules.may_write(lucia, frozen).allowed
    assert not rules.may_begin_report(marco, frozen)
    with pytest.raises(NotVisible):
        queries.report_named(marco, frozen.reference)
    assert begin(lucia, sheet.programme).reference != frozen.reference


# The timeline


def test_a_timeline_shows_days_in_proportion():
    day = dt.date(2026, 1, 1)
    at = dt.timedelta
    points = [
        drawing.Point("Promessa", day + at(50), day + at(75)),
        drawing.Point("Fatta", day + at(20), day + at(20), day + at(10)),
    ]
    rows = [
        drawing.Row("Uno", day, day + at(100), "in corso", points),
        drawing.Row("Due", day + at(60), day + at(60), "da avviare"),
    ]
    found = drawing.timeline(rows, day, day + at(100), day + at(80))
    one, two = found.stripes
    assert (one.at, one.width, one.done_width, found.today_at) == (0, 1000, 800, 800)
    assert (two.at, two.width, two.done_width) == (600, drawing.MARK, drawing.MARK)
    slipped, done = one.marks
    assert (slipped.slip_from, slipped.slip_width, slipped.is_late) == (500, 250, True)
    assert (done.slip_width, done.is_late) == (0, False)
    assert [tick.day.month for tick in found.ticks] == [1, 2, 3, 4]
    assert found.ticks[0].is_year and [tick.percent for tick in found.scale] == [
        "0.0%",
        "31.0%",
        "59.0%",
        "90.0%",
    ]
    early = drawing.timeline(rows, day, day + at(100), day - at(1))
    assert early.today_at is None and early.stripes[0].done_width == 0


@pytest.mark.parametrize(("years", "ticks"), [(2, 8), (4, 8), (9, 9)])
def test_a_longer_timeline_has_fewer_lines(years, ticks):
    first = dt.date(2026, 1, 2)
    found = drawing.timeline([], first, dt.date(2026 + years, 1, 1), first)
    assert len(found.ticks) == ticks


def test_a_timeline_reaches_as_far_as_its_milestones():
    day = dt.date(2026, 1, 1)
    late = [drawing.Point("Tardi", day, day + dt.timedelta(days=200))]
    found = drawing.timeline([drawing.Row("Uno", day, day, "", late)], day, day + dt.timedelta(days=9), day)
    assert found.to_day == day + dt.timedelta(days=200)


def test_actors_without_a_role_see_nothing(sheet, activity):
    nobody = Actor.visitor()
    assert not queries.activities(nobody).exists() and not queries.sheets(nobody).exists()
    assert queries.links_to(nobody, queries.ACTIVITIES, [activity.pk]) == []


def test_what_the_committee_still_owes_is_said(sheet):
    today = clock.today()
    facts = rules.ReportFacts(
        to_day=ago(1), today=today, has_words=True, sheets=[], sittings=1, open_minutes=2, residents=2,
        resident_seats=2, late_decisions=1,
    )  # fmt: skip
    said = " ".join(one.sentence for one in rules.missing(facts))
    assert "2 verbali" in said and "1 decisione del comitato in ritardo" in said
    assert "non si è riunito" not in said and "abitanti" not in said


def test_a_figure_of_money_leads_to_its_costs(lucia, sheet, line, cast):
    paid = actions.NewCost(line, ago(3), Decimal("10.60"), "Carta")
    cost = actions.record_cost(by=lucia, sheet=sheet, new=paid)
    (row,) = countables[queries.COSTS].rows(ago(9), ago(1))
    assert (row.record_id, row.amount) == (cost.pk, 11)
    (link,) = queries.links_to(lucia, queries.COSTS, [cost.pk])
    assert (link.title, link.url) == ("Carta", f"/laboratorio/spese/{cost.pk}")
    assert queries.links_to(cast.actor(cast.marco), queries.COSTS, [cost.pk]) == []
    assert queries.links_to(lucia, "gone", [cost.pk]) == [] and queries.kinds_of("gone") == {}
