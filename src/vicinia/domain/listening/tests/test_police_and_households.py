"""Who is known for police purposes only is shown to nobody through a household."""

import pytest

from vicinia.domain.listening.tests.factories import kind, police_kind, report_in
from vicinia.domain.people import actions as people
from vicinia.domain.people import queries as people_read
from vicinia.domain.people.details import PersonDetails
from vicinia.foundation.kernel.errors import Refused

pytestmark = pytest.mark.django_db
WHO = PersonDetails(name="Samira Benali", phone="0131 555666")


def test_who_is_known_for_police_purposes_only_enters_no_household(cast):
    by = cast.actor(cast.carla)
    household = people.make_household(by=by, area_id=cast.crocetta.pk)
    samira = report_in(cast.crocetta, category=police_kind(), reporter=WHO).reporter
    assert people_read.is_known_to_police_only(samira)
    with pytest.raises(Refused, match="finalità di polizia"):
        people.add_member(by=by, household=household, person=samira)
    assert people_read.members_of(household) == []
    # As soon as she speaks of something else, anywhere in town, she is known for that too.
    report_in(cast.stazione, category=kind(), reporter=WHO)
    people.add_member(by=by, household=household, person=samira)
    assert [row.person.name for row in people_read.members_of(household)] == ["Samira Benali"]


def test_who_is_known_by_nothing_yet_may_live_somewhere(cast):
    by = cast.actor(cast.lucia)
    household = people.make_household(by=by, area_id=cast.crocetta.pk)
    samira = people.meet(by=by, details=WHO)
    assert not people_read.is_known_to_police_only(samira)
    people.add_member(by=by, household=household, person=samira)
