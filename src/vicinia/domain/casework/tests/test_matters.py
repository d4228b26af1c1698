"""What higher subjects leave open on a case: it shows, falls due, rises, and holds the case back."""

import datetime as dt

import pytest
from django.urls import reverse

from vicinia.domain.casework import actions, matters, queries, rules
from vicinia.domain.casework.states import Outcome, Stage
from vicinia.domain.casework.tests.factories import close_case
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db
KIND = "test.waiting"
matters.SENTENCES.setdefault(KIND, "%(body)s non ha ancora risposto.")


def raised(by, case, **values):
    matter = actions.OpenMatter(key="test:1", kind=KIND, url="/x", facts={"body": "ACER"}, **values)
    return actions.raise_matter(by=by, case=case, matter=matter)


def test_a_matter_is_one_row_a_key_and_ends_once(anna, case):
    raised(anna, case)
    row = raised(anna, case, due_on=clock.today())
    assert [row.sentence] == ["ACER non ha ancora risposto."]
    assert [matter.pk for matter in queries.progress(case).matters] == [row.pk]
    actions.settle_matter(by=anna, key="test:1")
    actions.settle_matter(by=anna, key="test:1")
    assert not case.matters.exists()


@pytest.mark.parametrize(("blocks", "held"), [("", False), ("closed", True), ("response", True)])
def test_what_blocks_holds_closing_back(anna, case, blocks, held):
    raised(anna, case, blocks=blocks)
    verdict = rules.may_close(anna, case, queries.progress(case))
    assert verdict.allowed is not held
    if held:
        with pytest.raises(Refused, match="ACER"):
            close_case(anna, case, outcome=Outcome.SOLVED, note="Fatto.", consultation="Bene.")


def test_what_blocks_a_later_stage_lets_earlier_ones_be_entered(anna, case):
    raised(anna, case, blocks="assessment")
    facts = queries.progress(case)
    assert "ACER" not in str(rules.may_enter_stage(anna, case, Stage.ANALYSIS, facts).sentence)
    raised(anna, case, blocks="analysis")
    case.report_links.all().delete()
    facts = queries.progress(case)
    assert "ACER" in str(rules.may_enter_stage(anna, case, Stage.ANALYSIS, facts).sentence)


def test_it_falls_due_to_who_is_in_charge_and_rises_to_the_coordinator(anna, bruno, carla, case):
    today = clock.today()
    raised(anna, case, due_on=today, raised_on=today + dt.timedelta(days=2))
    assert [queries.matters_due(by, today).count() for by in (anna, bruno, carla)] == [1, 0, 0]
    raised(anna, case, due_on=today, raised_on=today)
    assert [queries.matters_due(by, today).count() for by in (anna, bruno, carla)] == [1, 0, 1]


def test_a_matter_of_somebody_is_theirs_alone(anna, carla, case):
    raised(anna, case, due_on=clock.today(), user_id=carla.user_id)
    due = [queries.matters_due(by, clock.today()).count() for by in (anna, carla)]
    assert due == [0, 1]


def test_a_rhythm_of_the_case_brings_the_next_contact_nearer(anna, case):
    changed = actions.set_rhythm(by=anna, case=case, days=3)
    assert changed.next_contact_on <= clock.add_working_days(clock.today(), 3)
    new = actions.NewContact(how="phone", direction="out", reached=True, summary="x")
    actions.contact_in_case(by=anna, case=case, new=new)
    case.refresh_from_db()
    assert case.next_contact_on == clock.add_working_days(clock.today(), 3)


def test_a_kind_is_declared_once():
    with pytest.raises(ValueError, match="twice"):
        matters.declare(KIND, "x")


def test_the_day_and_the_case_show_it(desk, settings, anna, case):
    settings.SECOND_FACTOR = False
    raised(anna, case, due_on=clock.today())
    for address in (reverse("day"), reverse("case", args=[case.reference])):
        assert "ACER non ha ancora risposto." in desk.get(address).content.decode()


@pytest.mark.parametrize(
    ("values", "shows"),
    [
        ({}, True),
        ({"blocks": "analysis"}, True),
        ({"blocks": "watching"}, False),
        ({"blocks": "watching", "due_on": clock.today()}, True),
    ],
)
def test_what_only_holds_later_stages_back_waits_its_turn(anna, case, values, shows):
    raised(anna, case, **values)
    assert bool(rules.open_now(case, queries.progress(case).matters)) is shows


def test_work_on_an_open_case_stands_no_more_when_it_is_closed_and_again_when_it_is_opened(
    anna, case, monkeypatch
):
    monkeypatch.setattr(matters, "WHILE_OPEN", {KIND})
    today = clock.today()
    raised(anna, case, due_on=today)
    actions.raise_matter(
        by=anna,
        case=case,
        matter=actions.OpenMatter(
            key="test:2", kind="closing.returned", url="/y", facts={"name": "x"}, due_on=today
        ),
    )

    def standing():
        due = queries.matters_due(anna, today).values_list("key", flat=True)
        return set(due), {matter.key for matter in queries.progress(case).matters}

    assert standing() == ({"test:1", "test:2"}, {"test:1", "test:2"})
    closed = close_case(anna, case, outcome=Outcome.WITHDRAWN, note="Fatto.", consultation="Bene.")
    assert "test:1" not in standing()[0] | standing()[1]
    actions.reopen(by=anna, case=closed, reason="Di nuovo.")
    assert "test:1" in standing()[0] & standing()[1]
