"""Whether it worked: what may be compared, what is counted, what is said, and who reads it."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.actors import COUNCILLOR, OPERATOR
from tests.cast import Cast
from vicinia.domain.casework.models import Case
from vicinia.domain.casework.tests.factories import case_of, close_case
from vicinia.domain.listening.models import Report
from vicinia.domain.listening.tests.factories import kind, report_in
from vicinia.domain.outcomes import actions, queries, rules
from vicinia.domain.outcomes.models import Measure
from vicinia.domain.territory.queries import Location
from vicinia.foundation.journal.models import Entry
from vicinia.foundation.kernel import clock
from vicinia.foundation.kernel.actor import Actor
from vicinia.foundation.kernel.errors import Conflict, Refused
from vicinia_analytics.outcome import Change, Comparison, conclusion, weighted_displacement

pytestmark = pytest.mark.django_db
# About 1.1 km north of the case.
FAR = 0.01


def new_measure(case: Case, **changes: object) -> actions.NewMeasure:
    assert case.lat is not None and case.lon is not None
    control = Location(lat=case.lat + FAR, lon=case.lon, address="Parco della Fontana")
    values: dict[str, object] = {
        "began_on": clock.today() - dt.timedelta(weeks=10),
        "radius": 150,
        "ring": 300,
        "control": control,
    }
    return actions.NewMeasure(**(values | changes))  # type: ignore[arg-type]


@pytest.fixture
def measure(case: Case, anna: Actor) -> Measure:
    return actions.set_measure(by=anna, case=case, new=new_measure(case))


def came_in(
    cast: Cast, case: Case, number: int, *, weeks_ago: int, north: float = 0.0, **fields: object
) -> None:
    """Reports of the kind of the case, some degrees north of it."""
    assert case.lat is not None
    for _number in range(number):
        row = report_in(cast.crocetta, reporter=None, **fields)
        at = clock.now() - dt.timedelta(weeks=weeks_ago)
        Report.objects.filter(pk=row.pk).update(lat=case.lat + north, lon=case.lon, received_at=at)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"began_on": dt.date(2999, 1, 1)}, "non è ancora cominciato"),
        ({"radius": 300}, "più largo"),
        ({"control": Location()}, "luogo di confronto"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    case: Case, anna: Actor, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        actions.set_measure(by=anna, case=case, new=new_measure(case, **changes))
    near = Location(lat=case.lat, lon=case.lon, address="Qui")
    with pytest.raises(Refused, match="si toccano"):
        actions.set_measure(by=anna, case=case, new=new_measure(case, control=near))
    assert not Measure.objects.exists()


def test_who_works_on_the_case_measures_also_after_closing(case: Case, anna: Actor) -> None:
    assert rules.may_measure(anna, case)
    closed = close_case(anna, case)
    assert rules.may_measure(OPERATOR, closed) and rules.may_measure(COUNCILLOR, closed).status == 403
    nowhere = Case(stage="scanning", lat=None)
    assert "punto sulla mappa" in str(rules.may_measure(anna, nowhere).sentence)


def test_the_counts_are_of_the_kind_the_place_and_the_same_weeks(
    cast: Cast, case: Case, measure: Measure
) -> None:
    came_in(cast, case, 2, weeks_ago=5)
    came_in(cast, case, 1, weeks_ago=57)
    came_in(cast, case, 1, weeks_ago=57, north=0.002)  # 222 m: in the ring
    came_in(cast, case, 3, weeks_ago=5, north=FAR)
    came_in(cast, case, 1, weeks_ago=57, north=FAR + 0.002)
    came_in(cast, case, 4, weeks_ago=5, category=kind("buche"))
    came_in(cast, case, 4, weeks_ago=30)  # neither season
    came_in(cast, case, 4, weeks_ago=5, north=0.005)  # between the two places
    Report.objects.filter(
        pk__in=list(Report.objects.order_by("-pk").values_list("pk", flat=True)[:2])
    ).update(state="set_aside", set_aside_reason="Prova", lat=case.lat)
    found = queries.outcome_of(case, measure)
    assert found is not None
    assert (found.comparison.treated, found.comparison.around) == (Change(1, 2), Change(1, 0))
    assert (found.comparison.control, found.comparison.around_control) == (Change(0, 3), Change(1, 0))
    assert (
        found.after.first - found.before.first
    ).days == 364 and found.after.days == found.before.days == 70
    assert any("Non si può dire" in str(sentence) for sentence in found.sentences)
    assert any("troppo poche" in str(sentence) for sentence in found.sentences)


def test_too_early_nothing_is_said(case: Case, anna: Actor) -> None:
    began_on = clock.today() - dt.timedelta(weeks=3)
    measure = actions.set_measure(by=anna, case=case, new=new_measure(case, began_on=began_on))
    assert queries.outcome_of(case, measure) is None
    with time_machine.travel(clock.now() + dt.timedelta(days=7)):
        assert queries.outcome_of(case, measure) is not None


def words(comparison: Comparison) -> str:
    told = rules.told(
        conclusion(comparison=comparison), weighted_displacement(comparison=comparison), comparison
    )
    return " ".join(str(sentence) for sentence in told)


def test_the_published_example_is_said_in_words() -> None:
    """Wheeler and Ratcliffe 2018: total -118, interval -196 to -40."""
    example = Comparison(Change(207, 110), Change(308, 318), Change(178, 157), Change(150, 140))
    assert "118 in meno (tra 40 e 196)" in words(example) and "da 178 a 157" in words(example)
    other_way = Comparison(Change(110, 207), Change(318, 308))
    assert "107 in più (tra 47 e 167)" in words(other_way) and "anello" not in words(other_way)


def test_what_may_be_chance_is_said_to_be() -> None:
    said = words(Comparison(Change(20, 14), Change(20, 19)))
    assert "può essere un caso" in said and "almeno 17 segnalazioni" in said


def test_it_is_changed_on_the_version_that_was_read(case: Case, anna: Actor, measure: Measure) -> None:
    changed = actions.set_measure(by=anna, case=case, new=new_measure(case, radius=100), seen_version=1)
    assert (changed.pk, changed.radius, changed.version) == (measure.pk, 100, 2)
    with pytest.raises(Conflict):
        actions.set_measure(by=anna, case=case, new=new_measure(case), seen_version=1)
    assert Entry.objects.filter(event="outcome.set").count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Measure.objects.filter(pk=measure.pk).update(ring=50)


def test_no_person_is_in_a_measure() -> None:
    assert {field.related_model for field in Measure._meta.get_fields() if field.is_relation} == {Case}


def test_the_pages_choose_tell_and_print(client: Client, cast: Cast, case: Case) -> None:
    client.force_login(cast.anna)
    panel = reverse("outcome_on_case", args=[case.reference])
    assert "Scegli come misurare" in client.get(panel).content.decode()
    assert client.get(reverse("outcome", args=[case.reference])).status_code == 404
    assert client.get(reverse("outcome_pdf", args=[case.reference])).status_code == 404
    address = reverse("outcome_choose", args=[case.reference])
    assert client.get(address).status_code == 200
    assert case.lat is not None
    sent = {
        "began_on": str(clock.today() - dt.timedelta(weeks=10)),
        "radius": "150",
        "ring": "300",
        "address": "Parco della Fontana",
        "lat": str(case.lat),
        "lon": str(case.lon),
        "why": "Un parco simile",
    }
    refused = client.post(address, sent)
    assert refused.status_code == 409 and "si toccano" in refused.content.decode()
    assert "Un parco simile" in refused.content.decode()
    assert client.post(address, sent | {"began_on": ""}).status_code == 422
    assert client.post(address, sent | {"lat": str(case.lat + FAR)}).status_code == 303
    page = client.get(reverse("outcome", args=[case.reference])).content.decode()
    assert "Non si può dire" in page and "data-circles" in page and "Un parco simile" in page
    assert "Parco della Fontana" in client.get(address).content.decode()
    assert "Apri la misura" in client.get(panel).content.decode()
    assert client.get(reverse("outcome_pdf", args=[case.reference])).content.startswith(b"%PDF")
    assert Entry.objects.filter(event="outcome.printed").count() == 1


def test_each_role_reads_what_it_reads_of_the_case(
    client: Client, cast: Cast, case: Case, measure: Measure
) -> None:
    for user in cast.everybody:
        client.force_login(user)
        sees = user in (cast.anna, cast.carla, cast.lucia)
        is_staff = sees or user == cast.bruno
        expected = 200 if sees else 404 if is_staff else 403
        for name in ("outcome", "outcome_on_case", "outcome_choose", "outcome_pdf"):
            if name == "outcome_pdf" and sees and user != cast.anna:
                continue  # a PDF takes its time: one is enough
            assert client.get(reverse(name, args=[case.reference])).status_code == expected, (user.name, name)


def test_counting_costs_the_same_with_many_reports(cast: Cast, case: Case, measure: Measure) -> None:
    costs = []
    for number in (1, 20):
        came_in(cast, case, number, weeks_ago=5)
        with CaptureQueriesContext(connection) as caught:
            queries.outcome_of(case, measure)
        costs.append(len(caught))
    assert costs == [2, 2]


def test_a_case_of_another_kind_is_not_mixed_in(cast: Cast, anna: Actor, measure: Measure) -> None:
    other = case_of(anna, report_in(cast.crocetta, category=kind("buche")))
    assert queries.measure_of(other) is None


def test_without_any_report_no_number_is_promised() -> None:
    said = words(Comparison(Change(0, 0), Change(0, 0)))
    assert "Non si può dire" in said and "si vedrebbe" not in said
