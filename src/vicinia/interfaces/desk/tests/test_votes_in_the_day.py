"""Votes to count and draws to draw in the day of who runs them."""

import datetime as dt

import pytest

from tests.contract.scenes import a_draw, a_vote
from vicinia.domain.elections import jobs
from vicinia.foundation.kernel import clock
from vicinia.interfaces.desk.day import day_of

pytestmark = pytest.mark.django_db


def words_of(by) -> list[str]:
    day = day_of(by)
    return [str(item.what) for item in (*day.late, *day.today, *day.soon)]


def test_what_waits_for_the_count_is_in_the_day_of_who_runs_votes(cast):
    a_vote(cast)
    a_draw(cast)
    lucia, anna = cast.actor(cast.lucia), cast.actor(cast.anna)
    expected = ["Da scrutinare: Il cortile", "Da estrarre: Due per il tavolo"]
    assert not set(words_of(lucia)) & set(expected)
    with clock.at(clock.now() + dt.timedelta(days=1)):
        jobs.close()
        assert set(expected) <= set(words_of(lucia))
        assert not set(words_of(anna)) & set(expected)
