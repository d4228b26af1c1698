"""Half a year of the laboratory in one town: what is walked chapter by chapter elsewhere, one after the other and all that it leaves behind.

Launch assembly, proposals, vote of the stair's representative, worksite, water cut, late answer, mediation, event,
self-management, and the report to the funder that counts it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cast import Cast
from tests.journeys import test_commons as commons
from tests.journeys import test_elections as elections
from tests.journeys import test_mediation as mediation
from tests.journeys import test_outreach as outreach
from tests.journeys import test_participation as participation
from tests.journeys import test_programme as programme
from tests.journeys import test_worksites as worksites
from tests.journeys.conftest import Opener, Travel
from vicinia.domain.casework import actions as casework
from vicinia.domain.casework.models import Case
from vicinia.domain.commons.models import TenantsBody
from vicinia.domain.elections.models import Poll
from vicinia.domain.people import actions as people
from vicinia.domain.people.details import PersonDetails
from vicinia.domain.programme.models import EditionFile
from vicinia.domain.territory.models import Building, Dwelling, Stair
from vicinia.domain.worksites.models import Complaint
from vicinia.foundation.kernel import clock

pytestmark = [
    pytest.mark.journey,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("without_second_factor"),
]
PHONE = "390"


def the_quarrel(place: Cast) -> Case:
    """The case that a worksite's complaint became, with both sides and with Anna, who follows it."""
    case = Complaint.objects.latest("pk").case
    assert case is not None
    anna = place.actor(place.anna)
    case = casework.take_charge(by=anna, case=case)
    for name, phone, role in (
        ("Maria Bassi", "059 123456", "reporter"),
        ("Youssef Benali", "059 654321", "neighbour"),
    ):
        person = people.meet(by=anna, details=PersonDetails(name=name, phone=phone))
        casework.add_person(by=anna, case=case, person=person, role=role, label="parte della lite")
    return case


def the_house(place: Cast) -> Building:
    """Four families who want to look after their courtyard."""
    building = Building.objects.create(code="corte-b", name="Corte B", area=place.crocetta)
    stair = Stair.objects.create(building=building, name="C")
    for number in range(1, 5):
        Dwelling.objects.create(
            building=building, stair=stair, code=f"{number}", floor=0, door=f"int. {number}"
        )
    return building


def test_half_a_year(place: Cast, open_page: Opener, travel: Travel, tmp_path: Path) -> None:
    begins = clock.today()
    contract = programme.begun(place, open_page, PHONE)
    participation.test_an_assembly_from_its_call_to_a_decision_carried_out(place, open_page, travel, PHONE)
    participation.test_a_proposal_from_the_portal_to_its_result(place, open_page, PHONE)
    vote = elections.a_vote(place)
    elections.test_a_stair_chooses_who_speaks_for_it(place, vote, open_page, travel, tmp_path, PHONE)

    travel.to(clock.add_working_days(clock.today(), 1))
    lot = worksites.a_lot(place)
    worksites.test_who_lives_there_is_told_before_the_water_is_cut(place, lot, open_page, PHONE)
    worksites.test_a_late_answer_goes_up_until_somebody_mends_it(place, lot, travel, open_page, PHONE)
    worksites.test_a_walk_has_minutes_and_those_nearby_say_how_it_is(place, lot, open_page, PHONE)
    quarrel = the_quarrel(place)
    mediation.test_from_asking_to_a_signed_agreement(place, quarrel, open_page, PHONE, True)

    outreach.test_an_event_from_its_announcement_to_its_report(place, open_page, travel, PHONE)
    commons.test_a_self_management_is_constituted(place, the_house(place), open_page, travel, PHONE)

    assert clock.today() < begins + programme.HALF_A_YEAR
    travel.to(begins + programme.HALF_A_YEAR)
    programme.reported(place, open_page, contract, begins, PHONE)
    assert (Poll.objects.get().state, TenantsBody.objects.get().state) == ("counted", "active")
    assert EditionFile.objects.filter(edition__number=1).count() == 3
