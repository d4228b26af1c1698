"""Counting long lists."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model

from vicinia.foundation.kernel.paging import counts_up_to


@pytest.fixture
def people(cast):
    return get_user_model().objects.all()


def test_several_lists_are_counted_in_one_statement(people, django_assert_num_queries):
    with django_assert_num_queries(1):
        counts = counts_up_to(5, all=people, ada=people.filter(email="ada@prova.example"))
    assert counts == {"all": 5, "ada": 1}


def test_a_list_that_nobody_may_see_counts_zero_beside_the_others(people):
    assert counts_up_to(5, hidden=people.none(), all=people) == {"hidden": 0, "all": 5}


def test_lists_that_nobody_may_see_cost_no_statement(people, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert counts_up_to(5, hidden=people.none(), empty=people.filter(pk__in=[])) == {
            "hidden": 0,
            "empty": 0,
        }
