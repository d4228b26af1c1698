"""An activity noted by eight taps is one; a report is frozen once."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.cast import Cast
from tests.contract.scenes import a_programme
from tests.races.test_one_winner import EIGHT, WON, race
from vicinia.domain.programme import actions, queries
from vicinia.domain.programme.models import Activity, Edition
from vicinia.domain.programme.states import ActivityKind
from vicinia.foundation.kernel import clock

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_activity_sent_by_eight_taps_is_one(cast: Cast, shared_database: None) -> None:
    by, row = cast.actor(cast.lucia), a_programme(cast)
    done = actions.Done(queries.sheets_of(row)[0], clock.today(), ActivityKind.DESK, "Otto colpi")
    answers = race([lambda: actions.log_activity(by=by, new=done, once="tap") for _turn in range(EIGHT)])
    assert answers == [WON] * EIGHT and Activity.objects.filter(what="Otto colpi").count() == 1


def test_a_report_is_frozen_once(cast: Cast, shared_database: None) -> None:
    lucia, carla, row = cast.actor(cast.lucia), cast.actor(cast.carla), a_programme(cast)
    yesterday = clock.today() - dt.timedelta(days=1)
    text = queries.texts_to_choose(row)[0][1]
    report = actions.begin_report(by=lucia, programme=row, new=actions.Period(row.from_day, yesterday, text))
    actions.write_report(by=lucia, report=report, words="Ecco.", due_on=None, seen_version=None)
    actions.check(by=carla, report=report, note="Va bene.")
    answers = race([lambda: actions.freeze(by=carla, report=report) for _turn in range(EIGHT)])
    assert answers.count(WON) == 1 and Edition.objects.count() == 1
