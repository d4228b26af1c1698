"""What a programme counts of worksites, and which records it may show to whom."""

import datetime as dt

import pytest

from vicinia.domain.worksites import actions
from vicinia.domain.worksites.tests.conftest import new_disruption, send
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.registries import countables

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def counted(key, since=0, until=0):
    today = clock.today()
    return list(countables[key].rows(today + since * DAY, today + until * DAY))


def shown(key, by, rows):
    return [link.title for link in countables[key].links(by, [row.record_id for row in rows])]


def test_complaints_count_by_kind_with_who_is_known(lot, lucia, anna, paolo):
    known, unknown = send(lot).complaint, send(lot, details=None, kind="noise").complaint
    rows = counted("site_complaints")
    assert [(row.record_id, row.kind, row.person_id) for row in rows] == [
        (known.pk, "dust", known.person_id),
        (unknown.pk, "noise", None),
    ]
    assert counted("site_complaints", since=1, until=9) == []
    assert shown("site_complaints", lucia, rows) == [known.reference, unknown.reference]
    assert shown("site_complaints", anna, rows) == []
    assert {row.kind for row in rows} <= set(countables["site_complaints"].kinds())


def test_walks_count_once_they_were_held(lot, lucia):
    plan = actions.WalkPlan(clock.today(), dt.time(10), "Al cancello")
    held = actions.plan_walk(by=lucia, lot=lot, new=plan)
    actions.plan_walk(by=lucia, lot=lot, new=plan)
    assert counted("site_walks") == []
    actions.hold_walk(by=lucia, walk=held, minutes="Teli strappati.", participants="Noi")
    rows = counted("site_walks")
    assert [row.record_id for row in rows] == [held.pk]
    assert shown("site_walks", lucia, rows) == [held.reference]


def test_disruptions_count_on_the_day_they_begin_unless_called_off(lot, lucia, house):
    first, second = (
        actions.plan_disruption(by=lucia, lot=lot, new=new_disruption(house, ahead=days)) for days in (30, 31)
    )
    actions.cancel_disruption(by=lucia, disruption=second, reason="Rinviato")
    rows = counted("disruptions", since=20, until=40)
    assert [(row.record_id, row.kind) for row in rows] == [(first.pk, "water")]
    assert counted("disruptions", until=20) == []
    assert shown("disruptions", lucia, rows) == [first.reference]
